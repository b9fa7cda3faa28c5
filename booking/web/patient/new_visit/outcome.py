"""The truth about a payment, in one of five sentences: booked, not charged, given back, waiting, or odd."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.models import Appointment, Payment, Refund
from booking.rules.lifecycle import MADE, Status
from booking.rules.payment_states import UNSETTLED, PaymentState
from booking.words import say_moment, say_money, say_telephone, say_time

LOOK_AGAIN_SECONDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    title: str
    text: str
    kind: str
    is_booked: bool = False
    waits: bool = False
    may_try_again: bool = False
    times_url: str = ""

    @property
    def icon(self) -> str:
        return "clock" if self.waits else "check" if self.is_booked else "warn"

    @property
    def look_again_seconds(self) -> int:
        return LOOK_AGAIN_SECONDS if self.waits else 0


def outcome_of(
    *, appointment: Appointment, payments: Sequence[Payment], reached: bool, now: datetime
) -> Outcome:
    """`payments` newest first, their refunds with them; `reached` says whether the supplier answered now."""
    if appointment.status == Status.CANCELLED:
        return _cancelled(appointment, payments)
    if appointment.status in MADE:
        return _booked(appointment, payments)
    # Held once more after the money for it went back, it is the newest attempt that counts.
    tried = payments[:1] if appointment.status == Status.HELD else payments
    states = {PaymentState(payment.state) for payment in tried}
    if not reached or PaymentState.PROCESSING in states:
        return _waiting(reached=reached)
    if PaymentState.PAID in states:
        return _given_back(appointment, tried)
    if any(payment.problem and payment.stripe_session_id for payment in payments):
        return _odd()
    return _not_charged(appointment, now=now)


def _booked(appointment: Appointment, payments: Sequence[Payment]) -> Outcome:
    booked_at = appointment.confirmed_at
    if payments and (booked_at is None or payments[0].created_at > booked_at):
        return _paid_later(appointment, payments[0])
    paid = [payment for payment in payments if payment.state == PaymentState.PAID]
    money = (
        _("%(sum)s is paid.") % {"sum": say_money(paid[0].amount_minor)}
        if paid
        else _("Nothing was charged.")
    )
    return Outcome(
        title=_("Booked: %(when)s") % {"when": say_moment(appointment.starts_at)},
        text=_("%(money)s The confirmation is on its way to your e-mail address.") % {"money": money},
        kind="ok",
        is_booked=True,
    )


def _paid_later(appointment: Appointment, payment: Payment) -> Outcome:
    """The visit was booked before; this was about what is left of its price."""
    twice = [row for row in payment.refunds.all() if row.reason == Refund.Reason.TWICE]
    words = {
        "sum": say_money(payment.amount_minor),
        "back": say_money(sum(row.amount_minor for row in twice if row.state in Refund.COUNTS)),
        "when": say_moment(appointment.starts_at),
    }
    if payment.state == PaymentState.PROCESSING:
        return Outcome(
            title=_("Waiting for the bank"),
            text=_("The bank has not said yes or no yet. Your visit stays booked whatever it says."),
            kind="note",
            waits=True,
        )
    if payment.state != PaymentState.PAID:
        title, text, kind = (
            _("Nothing was charged"),
            _("Nothing was charged. Your visit stays booked."),
            "warn",
        )
    elif twice:
        title, kind = _("Paid twice, and given back"), "ok"
        text = _("It was paid at the clinic meanwhile, so %(back)s is on its way back to your card.")
    else:
        title, text, kind = _("Paid: %(sum)s"), _("%(sum)s is paid for your visit on %(when)s."), "ok"
    return Outcome(title=title % words, text=text % words, kind=kind, is_booked=True)


def _cancelled(appointment: Appointment, payments: Sequence[Payment]) -> Outcome:
    """Money that came for it afterwards goes back whole, whatever the policy says of what came before."""
    late = [
        payment
        for payment in payments
        if any(row.reason == Refund.Reason.TOO_LATE for row in payment.refunds.all())
    ]
    if late:
        text = _("Your payment came after that. %(back)s") % {"back": _all_goes_back(late)}
    elif any(payment.state == PaymentState.PAID for payment in payments):
        text = _("What goes back by the policy is on its way to your card.")
    elif any(payment.state in UNSETTLED for payment in payments):
        text = _("Whatever is still paid for it goes back to your card by itself, all of it.")
    else:
        text = _("Nothing was charged.")
    return Outcome(
        title=_("This visit was cancelled"),
        text=text,
        kind="warn",
        times_url=reverse("booking:times", args=[appointment.service.slug]),
    )


def _waiting(*, reached: bool) -> Outcome:
    why = (
        _("The bank has not said yes or no yet.")
        if reached
        else _("We cannot reach the payment supplier at this moment.")
    )
    return Outcome(
        title=_("Waiting for the bank"),
        text=_(
            "%(why)s Your time stays held meanwhile. This page looks again every few seconds. "
            "You may also close it: we write to you as soon as we know."
        )
        % {"why": why},
        kind="note",
        waits=True,
    )


def _given_back(appointment: Appointment, payments: Sequence[Payment]) -> Outcome:
    paid = [payment for payment in payments if payment.state == PaymentState.PAID]
    begun = any(payment.paid_at and payment.paid_at >= appointment.starts_at for payment in paid)
    title = (
        _("Not booked: %(time)s had begun when the money came")
        if begun
        else _("Not booked: %(time)s was gone when the money came")
    )
    return Outcome(
        title=title % {"time": say_time(appointment.starts_at)},
        text=_("We are sorry. %(back)s") % {"back": _all_goes_back(paid)},
        kind="warn",
        times_url=reverse("booking:times", args=[appointment.service.slug]),
    )


def _all_goes_back(payments: Sequence[Payment]) -> str:
    """A bank may not take the money: then reception has it on its list, and nothing is on its way."""
    paid = sum(payment.amount_minor for payment in payments)
    back = sum(
        refund.amount_minor
        for payment in payments
        for refund in payment.refunds.all()
        if refund.state in Refund.COUNTS
    )
    words = {"sum": say_money(paid), "telephone": say_telephone(settings.CLINIC_PHONE)}
    if back < paid:
        return (
            _(
                "Not all of the %(sum)s reached your card. We give it back another way, and ring you. "
                "Our number is %(telephone)s."
            )
            % words
        )
    return _("All %(sum)s is on its way back to your card, and we have written to you.") % words


def _odd() -> Outcome:
    return Outcome(
        title=_("Not booked yet: we have to look at this payment"),
        text=_(
            "What arrived is not what we asked for. Reception looks at it and rings you. Or ring %(phone)s."
        )
        % {"phone": say_telephone(settings.CLINIC_PHONE)},
        kind="warn",
    )


def _not_charged(appointment: Appointment, *, now: datetime) -> Outcome:
    ends = appointment.hold_expires_at
    if appointment.status == Status.HELD and ends is not None and ends > now:
        return Outcome(
            title=_("Not booked yet, and nothing was charged"),
            text=_("Nothing was charged. We still hold %(time)s for you until %(until)s.")
            % {"time": say_time(appointment.starts_at), "until": say_time(ends)},
            kind="warn",
            may_try_again=True,
        )
    return Outcome(
        title=_("Not booked, and nothing was charged"),
        text=_("The time we held for you is over. Choose one again: what is free now is in the calendar."),
        kind="warn",
        times_url=reverse("booking:times", args=[appointment.service.slug]),
    )
