"""How a visit stands in money, for the panel: what is left, what was asked for, what came, what went back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from booking.actions.desk.refunds import left_to_give_back
from booking.gateways.stripe import is_configured
from booking.models import Appointment, Message, Payment, Receipt, Refund
from booking.queries.visits import Money, money_of
from booking.rules.lifecycle import PAYABLE
from booking.rules.payment_states import UNSETTLED
from booking.web.reception.record.lines import STATE_ICONS
from booking.web.reception.record.when import say_when
from booking.web.refunded import say_refunded
from booking.words import say_money, say_time
from catalogue.money import decimal_amount


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """One thing that happened. With a `receipt_id` it can still be reversed."""

    icon: str
    text: str
    problem: str = ""
    is_void: bool = False
    receipt_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMoney:
    """`link_to_send`: what the button says that mails a link; empty where none can be sent."""

    title: str
    due: str
    due_amount: str
    due_minor: int
    link_to_send: str
    email: str
    lacks_address: bool
    is_being_paid: bool
    may_give_back: bool
    lines: Sequence[MoneyLine]


def shown_money(appointment: Appointment, *, now: datetime) -> ShownMoney:
    """The visit must come with its money."""
    money, patient = money_of(appointment), appointment.patient
    due = money.due if appointment.status in PAYABLE else 0
    links = _links(appointment, now=now)
    email = patient.email if patient else ""
    return ShownMoney(
        title=_title(money, due),
        due=say_money(due) if due else "",
        due_amount=decimal_amount(due) if due else "",
        due_minor=due,
        link_to_send=_link_to_send(appointment, links) if due and email and is_configured() else "",
        email=email,
        lacks_address=bool(due and not email and is_configured()),
        is_being_paid=bool(due) and _is_being_paid(appointment, now=now),
        may_give_back=bool(left_to_give_back(appointment)),
        lines=[
            *(_link_line(row, now=now) for row in links),
            *_online(appointment, now=now),
            *_at_desk(appointment),
        ],
    )


def _title(money: Money, due: int) -> str:
    words = {
        "due": say_money(due),
        "kept": say_money(money.kept),
    }
    if due:
        return _("%(due)s to pay") % words
    if money.returned:
        return say_refunded(money)
    return _("Paid, %(kept)s") % words if money.kept else _("Nothing to pay")


def _links(appointment: Appointment, *, now: datetime) -> list[Message]:
    return list(appointment.messages.filter(occasion=Message.Occasion.PAY_LINK).order_by("repeat"))


def _link_to_send(appointment: Appointment, links: Sequence[Message]) -> str:
    if any(row.state == Message.State.DUE for row in links):
        return ""
    return _("Send the payment link again") if links else _("Send a payment link")


def _link_line(row: Message, *, now: datetime) -> MoneyLine:
    words = {"when": say_when(row.sent_at or row.due_at, now=now), "to": row.recipient}
    said = {
        Message.State.DUE: _("Payment link on its way"),
        Message.State.SENT: _("Payment link sent %(when)s to %(to)s"),
        Message.State.SKIPPED: _("Payment link not sent"),
        Message.State.FAILED: _("Payment link not delivered"),
    }
    state = Message.State(row.state)
    return MoneyLine(icon=STATE_ICONS[state], text=said[state] % words, problem=row.problem)


def _is_being_paid(appointment: Appointment, *, now: datetime) -> bool:
    """Somebody has opened the card page: they may be typing their card number just now."""
    return Payment.objects.filter(appointment=appointment, state__in=UNSETTLED, expires_at__gt=now).exists()


def _online(appointment: Appointment, *, now: datetime) -> list[MoneyLine]:
    payments: list[Payment] = appointment.settled_payments  # type: ignore[attr-defined]
    lines = []
    for payment in payments:
        when = say_when(payment.paid_at or payment.created_at, now=now)
        words = {"sum": say_money(payment.amount_minor), "when": when}
        lines.append(MoneyLine(icon="coin", text=_("%(sum)s by card, online, %(when)s") % words))
        lines += [_refund(row, now=now) for row in payment.refunds.all()]
    return lines


def _refund(row: Refund, *, now: datetime) -> MoneyLine:
    words = {
        "sum": say_money(row.amount_minor),
        "why": str(row.get_reason_display()).lower(),
        "when": say_when(row.settled_at or row.created_at, now=now),
    }
    if row.state == Refund.State.SUCCEEDED:
        return MoneyLine(icon="undo", text=_("%(sum)s refunded to the card, %(why)s, %(when)s") % words)
    if row.state in Refund.COUNTS:
        text = _("%(sum)s on its way back to the card, %(why)s, since %(when)s") % words
        return MoneyLine(icon="clock", text=text)
    text = _("%(sum)s did not go back to the card, %(why)s, %(when)s") % words
    return MoneyLine(icon="warn", text=text, problem=row.problem)


def _at_desk(appointment: Appointment) -> list[MoneyLine]:
    rows = Receipt.objects.filter(appointment=appointment).select_related("taken_by")
    return [
        MoneyLine(
            icon="undo" if row.refund_reason else "coin",
            text=_say_receipt(row),
            is_void=row.reverses_id is None and row.is_void(),
            receipt_id=str(row.pk) if row.left_minor() else "",
        )
        for row in rows.prefetch_related("reversals").order_by("taken_at")
    ]


def _say_receipt(row: Receipt) -> str:
    words = {
        "sum": say_money(abs(row.amount_minor)),
        "method": row.get_method_display().lower(),
        "time": say_time(row.taken_at),
        "who": row.taken_by.get_short_name() or row.taken_by.email,
        "reason": row.reason,
        "why": row.get_refund_reason_display().lower(),
    }
    if row.refund_reason:
        return _("%(sum)s given back by %(method)s at %(time)s by %(who)s, %(why)s") % words
    if row.reverses_id is not None:
        return _("%(sum)s reversed at %(time)s by %(who)s: %(reason)s") % words
    return _("%(sum)s by %(method)s at %(time)s, taken by %(who)s") % words
