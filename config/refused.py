"""Whose page it is that somebody may not open, and where theirs is."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User
from booking.queries.clinical.treating import practitioner_of
from config.first_page import FirstPage, first_page_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """`way`: the page they begin at, where they have one that would let them in."""

    title: str
    what: str
    todo: str
    way: FirstPage | None


def refusal_of(request: HttpRequest) -> Refusal | None:
    """For the pages of those who work here; of any other page nothing is known that would help."""
    area = request.path.split("/")[1]
    if area not in ("reception", "physio") or not isinstance(request.user, User):
        return None
    if not roles.is_staff(request.user):
        return _patient(request.user)
    return _reception(request.user) if area == "reception" else _physio(request.user)


def _patient(user: User) -> Refusal:
    return Refusal(
        title=_("This page is for the people who work here"),
        what=_signed_in_as(user),
        todo=_("Your own visits are under My appointments. Nothing you booked has changed."),
        way=FirstPage(url=reverse("booking:appointments"), text=_("My appointments")),
    )


def _reception(user: User) -> Refusal:
    return Refusal(
        title=_("This page is reception’s"),
        what=_signed_in_as(user),
        todo=_("Reception and managers open it. Ask them for what you need there. Nothing was changed."),
        way=_way_of(user),
    )


def _physio(user: User) -> Refusal:
    if roles.may_manage_the_diary(user):
        return Refusal(
            title=_("This page is a physio’s"),
            what=_signed_in_as(user),
            todo=_(
                "Answers, notes and consent are read by the physio who treats the patient. What you may know "
                "of them stands on the visit in the diary. Nothing was changed."
            ),
            way=first_page_of(user),
        )
    if practitioner_of(user) is None:
        return Refusal(
            title=_("Your sign-in has no day here"),
            what=_signed_in_as(user),
            todo=_(
                "No physio who works here now belongs to it. Ask a manager to connect the two in the back "
                "office. Nothing was changed."
            ),
            way=None,
        )
    return Refusal(
        title=_("This is not a patient of yours"),
        what=_signed_in_as(user),
        todo=_(
            "A card opens for the physio who has a visit with the patient. Do you cover for somebody? Once "
            "reception has moved the visit to you, it opens. Nothing was changed."
        ),
        way=_way_of(user),
    )


def _way_of(user: User) -> FirstPage | None:
    """A physio without a day would be refused there as well."""
    if not roles.may_manage_the_diary(user) and practitioner_of(user) is None:
        return None
    return first_page_of(user)


def _signed_in_as(user: User) -> str:
    return _("You are signed in as %(who)s.") % {"who": user.name or user.email}
