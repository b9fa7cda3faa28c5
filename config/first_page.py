"""Where somebody who signs in begins: reception at the diary, a physio at today, a patient at home."""

from dataclasses import dataclass

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import roles


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    url: str
    text: str


def first_page_of(user: object) -> FirstPage | None:
    """The page of those who work here; nothing for patients and strangers. Asks the database nothing more."""
    if roles.may_manage_the_diary(user):
        return FirstPage(url=reverse("reception:diary"), text=_("Reception"))
    if roles.may_treat(user):
        return FirstPage(url=reverse("physio:today"), text=_("My day"))
    return None


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Unless a page was asked for first: that one is shown instead, and allauth sees to it."""
        page = first_page_of(request.user)
        return page.url if page else str(super().get_login_redirect_url(request))
