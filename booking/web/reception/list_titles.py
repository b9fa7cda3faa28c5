"""What reception's lists are called, and what clears them: said on their page, and beside a visit on one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.web.reception.hand_line import HandLine, HandList


@dataclass(frozen=True, slots=True)
class Title:
    key: str
    title: str | Promise
    hint: str | Promise


TITLES: Mapping[str, Title] = {
    "displaced": Title(
        "displaced",
        _("Nobody is there for them"),
        _(
            "Booked in somebody’s leave, on a closed day, or with somebody who has left. Move them, or "
            "cancel and say why."
        ),
    ),
    "not_covered": Title(
        "credentials",
        _("Credential not valid"),
        _("Their physio may not do this on that day. Move them to somebody who may, or cancel."),
    ),
    "undelivered": Title(
        "undelivered",
        _("Messages that did not arrive"),
        _("Correct the address on the record and send it again, or read it out on the telephone."),
    ),
    "unconfirmed": Title(
        "unconfirmed",
        _("Not confirmed"),
        _("Booked online, paid at the clinic, and the e-mail address was never proved. Ring them."),
    ),
    "waitlist": Title(
        "waitlist",
        _("A time they wait for"),
        _("Free now. Ring in this order: whoever says yes first has it. Once booked, they are off the list."),
    ),
    "screenings": Title(
        "screenings",
        _("Screenings to check"),
        _(
            "Ask the physio whether the visit still fits; ring and move it if not. Not asked: ring, or "
            "ask on the day."
        ),
    ),
    "payments": Title(
        "payments",
        _("Payments to look at"),
        _("Put it right at Stripe or with the patient, then note what was done."),
    ),
    "refunds": Title(
        "refunds",
        _("Refunds that failed"),
        _("Ask for it again, or give the money back in another way and note how."),
    ),
    "leave_requests": Title(
        "leave-requests", _("Asked for leave"), _("See whom it displaces, and grant or refuse it.")
    ),
    "unpaid": Title(
        "unpaid",
        _("Not paid"),
        _("The visit took place. Take the payment when they are here next, or ring."),
    ),
}
"""By the names of booking.queries.needs_a_hand.NeedsAHand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """One reason why a visit wants a hand, and where that is seen to."""

    title: str
    hint: str
    url: str


def hand_list(name: str, lines: Sequence[HandLine]) -> HandList:
    title = TITLES[name]
    return HandList(key=title.key, title=str(title.title), hint=str(title.hint), lines=lines)


def wanting(names: Sequence[str]) -> list[Wanting]:
    page = reverse("reception:lists")
    return [
        Wanting(title=str(one.title), hint=str(one.hint), url=f"{page}#{one.key}")
        for one in (TITLES[name] for name in names)
    ]
