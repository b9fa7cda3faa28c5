"""The way to reception's pages, and how many things wait to be seen to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles
from booking.queries.needs_a_hand import hands_wanted

LISTS = "reception:lists"
PAGES: Sequence[tuple[str, str | Promise]] = (
    ("reception:diary", _("Diary")),
    ("reception:patients", _("Patients")),
    (LISTS, _("Needs a hand")),
    ("reception:absences", _("Leave and closures")),
    ("reception:day-sheet", _("Day sheet")),
    ("reception:takings", _("Takings")),
)
FOR_MANAGERS: Sequence[tuple[str, str | Promise]] = (("reception:credentials", _("Credentials")),)


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    """`count` is nought where there is nothing to count."""

    url: str
    text: str
    count: int = 0
    is_counted: bool = False


def nav_links(user: object = None, *, is_counted_later: bool = False) -> list[NavLink]:
    """What this person may open. One query, and no light one: a page that asks again can wait."""
    pages = (*PAGES, *(FOR_MANAGERS if roles.may_manage_credentials(user) else ()))
    waiting = 0 if is_counted_later else hands_wanted(now=timezone.now())
    return [
        NavLink(
            url=reverse(name),
            text=str(text),
            count=waiting if name == LISTS else 0,
            is_counted=name == LISTS,
        )
        for name, text in pages
    ]
