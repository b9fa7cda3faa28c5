"""The lists that want a hand, as the page prints them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from booking.actions.messages.preview import letters_as_of
from booking.models import Appointment, LeaveRequest, Message, Payment, Refund
from booking.queries.needs_a_hand import NeedsAHand
from booking.web.reception.absence_lines import say_span
from booking.web.reception.after_lines import after_lists
from booking.web.reception.hand_line import HandLine, HandList, Press, line, say_visit, see_to
from booking.web.reception.list_titles import hand_list
from booking.web.reception.record.when import say_when
from booking.web.reception.waiting_line import waiting_line
from booking.web.screening_marks import ScreeningMark, screening_marks
from booking.words import say_money


def hand_lists(found: NeedsAHand, *, now: datetime) -> Sequence[HandList]:
    """Four more queries for the letters that did not arrive, one for how screenings stand."""
    marks = screening_marks(found.screenings) if found.screenings else {}
    letters = (
        letters_as_of([message.pk for message in found.undelivered], now=now) if found.undelivered else {}
    )
    return [
        *after_lists(found, now=now),
        hand_list("displaced", [_displaced(row, now=now) for row in found.displaced]),
        hand_list("not_covered", [_displaced(row, now=now) for row in found.not_covered]),
        hand_list("undelivered", [_undelivered(row, letters[row.pk], now=now) for row in found.undelivered]),
        hand_list("unconfirmed", [_unconfirmed(row, now=now) for row in found.unconfirmed]),
        hand_list("waitlist", [waiting_line(match, now=now) for match in found.waitlist]),
        hand_list("screenings", [_screening(row, marks.get(row.pk), now=now) for row in found.screenings]),
        hand_list("payments", [_payment(row, now=now) for row in found.payments]),
        hand_list("refunds", [_refund(row, now=now) for row in found.refunds]),
        hand_list("leave_requests", [_leave_request(row) for row in found.leave_requests]),
        hand_list("unpaid", [_unpaid(row, now=now) for row in found.unpaid]),
    ]


def _displaced(row: Appointment, *, now: datetime) -> HandLine:
    links = (
        (reverse("reception:move", args=[row.pk]), _("Move")),
        (reverse("reception:cancel", args=[row.pk]), _("Cancel the visit")),
    )
    return line(row.patient, say_visit(row, now=now), links=links)


def _screening(row: Appointment, mark: ScreeningMark | None, *, now: datetime) -> HandLine:
    """The colour and never an answer: those are for the people who treat."""
    asks = _("What was done, without anything medical")
    press = Press(url=see_to("screening-seen", row.pk), text=_("Seen to"), asks=asks)
    links = ((reverse("reception:visit", args=[row.pk]), _("Open the visit")),)
    return replace(line(row.patient, say_visit(row, now=now), links=links, presses=(press,)), mark=mark)


def _unconfirmed(row: Appointment, *, now: datetime) -> HandLine:
    press = Press(url=see_to("rung", row.pk), text=_("Rung and confirmed"))
    links = ((reverse("reception:cancel", args=[row.pk]), _("Cancel the visit")),)
    return line(row.patient, say_visit(row, now=now), links=links, presses=(press,))


def _undelivered(row: Message, letter: str, *, now: datetime) -> HandLine:
    words = {"occasion": row.get_occasion_display(), "visit": say_visit(row.appointment, now=now)}
    return line(
        row.patient,
        _("%(occasion)s: %(visit)s") % words,
        problem=row.problem,
        text=letter,
        links=(
            (
                reverse("reception:contact", args=[row.patient_id]),
                _("Correct %(email)s") % {"email": row.patient.email}
                if row.patient.email
                else _("Write the address down"),
            ),
        ),
        presses=(
            Press(url=see_to("send-again", row.pk), text=_("Send again")),
            Press(url=see_to("told", row.pk), text=_("Told by telephone")),
        ),
    )


def _unpaid(row: Appointment, *, now: datetime) -> HandLine:
    due = say_money(row.price_minor - row.covered)  # type: ignore[attr-defined]
    link = (reverse("reception:visit", args=[row.pk]), _("Take %(due)s") % {"due": due})
    return line(row.patient, say_visit(row, now=now), links=(link,))


def _payment(row: Payment, *, now: datetime) -> HandLine:
    words = {"sum": say_money(row.amount_minor), "when": say_when(row.paid_at or row.created_at, now=now)}
    press = Press(url=see_to("payment-seen", row.pk), text=_("Seen to"), asks=_("What was done"))
    return line(
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
    return line(
        row.payment.appointment.patient,
        _("%(sum)s back to the card, %(why)s, %(when)s") % words,
        problem=row.problem,
        presses=(
            Press(url=see_to("refund-again", row.pk), text=_("Ask for it again")),
            Press(url=see_to("refund-seen", row.pk), text=_("Given back another way"), asks=_("How")),
        ),
    )


def _leave_request(row: LeaveRequest) -> HandLine:
    link = (f"{reverse('reception:absences')}#leave-requests", _("Answer it"))
    about = say_span(row.starts_at, row.ends_at)
    return HandLine(name=row.practitioner.name, record_url="", about=about, links=(link,))
