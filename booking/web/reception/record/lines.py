"""The lists of a record, line by line: visits, money, messages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from booking.models import Appointment, Message, Payment, Receipt, Refund
from booking.queries.record import Record
from booking.queries.visits import money_of
from booking.web.reception.record.when import say_when
from booking.web.reception.visit.marks import Mark, mark_of
from booking.web.screening_marks import ScreeningMark
from booking.words import say_money

STATE_ICONS = {
    Message.State.DUE: "clock",
    Message.State.SENT: "check",
    Message.State.SKIPPED: "cross",
    Message.State.FAILED: "warn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    url: str
    when: str
    what: str
    mark: Mark
    screening: ScreeningMark | None
    money: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    at: datetime
    when: str
    what: str
    amount: str
    is_void: bool
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """`text` is what was sent, word for word; empty for what has not gone."""

    subject: str
    when: str
    icon: str
    state: str
    to: str
    text: str
    problem: str
    is_open: bool


def visit_line(visit: Appointment, *, screening: ScreeningMark | None, now: datetime) -> VisitLine:
    money = money_of(visit)
    kept = money.paid - money.returned
    why = visit.get_cancel_code_display() if visit.cancel_code else ""
    return VisitLine(
        url=reverse("reception:visit", args=[visit.pk]),
        when=say_when(visit.starts_at, now=now),
        what=_("%(service)s with %(physio)s")
        % {"service": visit.service.name, "physio": visit.practitioner.name},
        mark=mark_of(visit, now=now),
        screening=screening,
        money=_("%(due)s to pay") % {"due": say_money(money.due)}
        if money.due
        else (_("%(kept)s paid") % {"kept": say_money(kept)} if kept else ""),
        why=": ".join(part for part in (str(why), visit.cancel_reason) if part),
    )


def money_lines(record: Record, *, now: datetime) -> Sequence[MoneyLine]:
    """Payments, receipts and refunds as they happened, the latest first."""
    lines = [
        *(_payment(row, now=now) for row in record.payments),
        *(_receipt(row, now=now) for row in record.receipts),
        *(_refund(row, now=now) for row in record.refunds),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def message_lines(messages: Sequence[Message], *, now: datetime) -> Iterator[MessageLine]:
    for message in messages:
        yield MessageLine(
            subject=message.subject
            or f"{message.get_occasion_display()}, {say_when(message.appointment.starts_at, now=now)}",
            when=say_when(message.sent_at or message.due_at, now=now),
            icon=STATE_ICONS[Message.State(message.state)],
            state=str(message.get_state_display()),
            to=message.recipient,
            text=message.text,
            problem=message.problem,
            is_open=message.state == Message.State.FAILED,
        )


def _payment(row: Payment, *, now: datetime) -> MoneyLine:
    at = row.paid_at or row.created_at
    words = {"how": _("Card, online"), "what": row.appointment.service.name}
    return MoneyLine(
        at=at,
        when=say_when(at, now=now),
        what=_("%(how)s: %(what)s") % words,
        amount=say_money(row.amount_minor, currency=row.currency.upper()),
        is_void=row.state != Payment.State.PAID,
        problem=row.problem,
    )


def _receipt(row: Receipt, *, now: datetime) -> MoneyLine:
    words = {
        "how": row.get_method_display(),
        "who": row.taken_by.name or row.taken_by.email,
        "why": row.reason,
        "what": row.appointment.service.name,
    }
    said = _("%(how)s, taken by %(who)s: %(what)s")
    if row.reverses_id is not None:
        said = _("%(how)s reversed by %(who)s: %(why)s")
    if row.refund_reason:
        said = _("%(how)s given back by %(who)s: %(why)s")
        words["why"] = row.get_refund_reason_display()
    return MoneyLine(
        at=row.taken_at,
        when=say_when(row.taken_at, now=now),
        what=said % words,
        amount=say_signed(row.amount_minor, currency=row.currency),
        is_void=row.is_void(),
        problem="",
    )


def _refund(row: Refund, *, now: datetime) -> MoneyLine:
    words = {"state": row.get_state_display(), "why": row.get_reason_display()}
    return MoneyLine(
        at=row.settled_at or row.created_at,
        when=say_when(row.settled_at or row.created_at, now=now),
        what=_("Refund to the card, %(state)s: %(why)s") % {**words, "state": str(words["state"]).lower()},
        amount=say_signed(-row.amount_minor, currency=row.currency),
        is_void=row.state not in Refund.COUNTS,
        problem=row.problem,
    )


def say_signed(minor: int, *, currency: str | None = None) -> str:
    """£64 or −£64, with the sign where people write it."""
    text = say_money(abs(minor), currency=currency.upper() if currency else None)
    return f"−{text}" if minor < 0 else text
