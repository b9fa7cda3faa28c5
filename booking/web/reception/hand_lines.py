"""The lists that want a hand, as the page prints them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.actions.messages.preview import letters_as_of
from booking.models import Appointment, LeaveRequest, Message, Payment, Refund
from booking.queries.needs_a_hand import NeedsAHand
from booking.web.reception.absence_lines import say_span
from booking.web.reception.record.when import say_when
from booking.words import say_money, say_telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button of a line. With `asks` it takes a note along."""

    url: str
    text: str
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandLine:
    """What it is about, what is the matter, and what can be done: links first, then buttons."""

    name: str
    record_url: str
    about: str
    problem: str = ""
    text: str = ""
    tel: str = ""
    phone: str = ""
    links: Sequence[tuple[str, str]] = ()
    presses: Sequence[Press] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandList:
    key: str
    title: str
    hint: str
    lines: Sequence[HandLine] = field(default_factory=tuple)


def hand_lists(found: NeedsAHand, *, now: datetime) -> Sequence[HandList]:
    """Four more queries, for the letters that did not arrive."""
    letters = (
        letters_as_of([message.pk for message in found.undelivered], now=now) if found.undelivered else {}
    )
    return [
        HandList(
            key="displaced",
            title=_("Nobody is there for them"),
            hint=_("Booked in somebody’s leave or on a closed day. Move them, or cancel and say why."),
            lines=[_displaced(row, now=now) for row in found.displaced],
        ),
        HandList(
            key="undelivered",
            title=_("Messages that did not arrive"),
            hint=_("Correct the address on the record and send it again, or read it out on the telephone."),
            lines=[_undelivered(row, letters[row.pk], now=now) for row in found.undelivered],
        ),
        HandList(
            key="unconfirmed",
            title=_("Not confirmed"),
            hint=_("Booked online, paid at the clinic, and the e-mail address was never proved. Ring them."),
            lines=[_unconfirmed(row, now=now) for row in found.unconfirmed],
        ),
        HandList(
            key="payments",
            title=_("Payments to look at"),
            hint=_("Put it right at Stripe or with the patient, then note what was done."),
            lines=[_payment(row, now=now) for row in found.payments],
        ),
        HandList(
            key="refunds",
            title=_("Refunds that failed"),
            hint=_("Ask for it again, or give the money back in another way and note how."),
            lines=[_refund(row, now=now) for row in found.refunds],
        ),
        HandList(
            key="leave-requests",
            title=_("Asked for leave"),
            hint=_("See whom it displaces, and grant or refuse it."),
            lines=[_leave_request(row) for row in found.leave_requests],
        ),
        HandList(
            key="unpaid",
            title=_("Not paid"),
            hint=_("The visit took place. Take the payment when they are here next, or ring."),
            lines=[_unpaid(row, now=now) for row in found.unpaid],
        ),
    ]


def _displaced(row: Appointment, *, now: datetime) -> HandLine:
    links = (
        (reverse("reception:move", args=[row.pk]), _("Move")),
        (reverse("reception:cancel", args=[row.pk]), _("Cancel the visit")),
    )
    return _line(row.patient, _say_visit(row, now=now), links=links)


def _unconfirmed(row: Appointment, *, now: datetime) -> HandLine:
    press = Press(url=_see_to("rung", row.pk), text=_("Rung and confirmed"))
    links = ((reverse("reception:cancel", args=[row.pk]), _("Cancel the visit")),)
    return _line(row.patient, _say_visit(row, now=now), links=links, presses=(press,))


def _undelivered(row: Message, letter: str, *, now: datetime) -> HandLine:
    words = {"occasion": row.get_occasion_display(), "visit": _say_visit(row.appointment, now=now)}
    return _line(
        row.patient,
        _("%(occasion)s: %(visit)s") % words,
        problem=row.problem,
        text=letter,
        links=(
            (
                reverse("reception:contact", args=[row.patient_id]),
                row.patient.email or _("Write the address down"),
            ),
        ),
        presses=(
            Press(url=_see_to("send-again", row.pk), text=_("Send again")),
            Press(url=_see_to("told", row.pk), text=_("Told by telephone")),
        ),
    )


def _unpaid(row: Appointment, *, now: datetime) -> HandLine:
    due = say_money(row.price_minor - row.paid_so_far)  # type: ignore[attr-defined]
    link = (reverse("reception:visit", args=[row.pk]), _("Take %(due)s") % {"due": due})
    return _line(row.patient, _say_visit(row, now=now), links=(link,))


def _payment(row: Payment, *, now: datetime) -> HandLine:
    words = {"sum": say_money(row.amount_minor), "when": say_when(row.paid_at or row.created_at, now=now)}
    press = Press(url=_see_to("payment-seen", row.pk), text=_("Seen to"), asks=_("What was done"))
    return _line(
        row.appointment.patient,
        _("%(sum)s by card, %(when)s") % words,
        problem=row.problem,
        links=((reverse("reception:visit", args=[row.appointment_id]), _("Open the visit")),),
        presses=(press,),
    )


def _refund(row: Refund, *, now: datetime) -> HandLine:
    words = {
        "sum": say_money(row.amount_minor),
        "why": str(row.get_reason_display()).lower(),
        "when": say_when(row.created_at, now=now),
    }
    return _line(
        row.payment.appointment.patient,
        _("%(sum)s back to the card, %(why)s, %(when)s") % words,
        problem=row.problem,
        presses=(
            Press(url=_see_to("refund-again", row.pk), text=_("Ask for it again")),
            Press(url=_see_to("refund-seen", row.pk), text=_("Given back another way"), asks=_("How")),
        ),
    )


def _leave_request(row: LeaveRequest) -> HandLine:
    link = (f"{reverse('reception:absences')}#leave-requests", _("Answer it"))
    about = say_span(row.starts_at, row.ends_at)
    return HandLine(name=row.practitioner.name, record_url="", about=about, links=(link,))


def _line(
    patient: Patient | None,
    about: str,
    *,
    problem: str = "",
    text: str = "",
    links: Sequence[tuple[str, str]] = (),
    presses: Sequence[Press] = (),
) -> HandLine:
    return HandLine(
        name=patient.name if patient else _("Nobody yet"),
        record_url=reverse("reception:record", args=[patient.pk]) if patient else "",
        about=about,
        problem=problem,
        text=text,
        tel=patient.phone.replace(" ", "") if patient else "",
        phone=say_telephone(patient.phone) if patient and patient.phone else "",
        links=links,
        presses=presses,
    )


def _say_visit(row: Appointment, *, now: datetime) -> str:
    words = {
        "when": say_when(row.starts_at, now=now),
        "service": row.service.name,
        "physio": row.practitioner.name,
    }
    return _("%(when)s, %(service)s with %(physio)s") % words


def _see_to(what: str, key: object) -> str:
    return reverse("reception:see-to", args=[what, key])
