"""Money given back from the desk, in part or whole. The visit stays as it is: a refund cancels nothing."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.actions.messages.planning import plan_another
from booking.actions.payments.refunds import request_refunds
from booking.models import Appointment, Message, Payment, Receipt, Refund
from booking.rules.lifecycle import Status


class Source(StrEnum):
    """The way in which money came, and by which it goes back."""

    ONLINE = "online"
    TERMINAL = Receipt.Method.TERMINAL
    CASH = Receipt.Method.CASH


Reason = Refund.Reason
REASONS = (Reason.GOODWILL, Reason.TOO_MUCH, Reason.OTHER_WAY)
REASONS_WHEN_CANCELLED = (Reason.CANCELLED, Reason.GOODWILL)


class MoreThanLeft(Exception):
    """Nothing, less than nothing, or more than is left of what came in that way."""


class MoneyMoved(Exception):
    """Money came or went since the clerk looked, so what they decided may not be what they want now."""


def reasons_for(appointment: Appointment) -> tuple[Refund.Reason, ...]:
    return REASONS_WHEN_CANCELLED if appointment.status == Status.CANCELLED else REASONS


def left_to_give_back(appointment: Appointment) -> dict[Source, int]:
    """What is left of what came in, by the way it came, in minor units. Only sure under the visit's lock."""
    receipts = Receipt.objects.filter(appointment=appointment)
    at_desk = {
        source: sum(row.amount_minor for row in receipts if row.method == source)
        for source in (Source.TERMINAL, Source.CASH)
    }
    found = {Source.ONLINE: appointment.paid_online_minor(), **at_desk}
    return {source: left for source, left in found.items() if left > 0}


def give_money_back(
    *,
    appointment_id: UUID,
    amounts: Mapping[Source, int],
    reason: str,
    seen_left_minor: int,
    by: User,
    now: datetime,
) -> int:
    """Give back so much by each way, and say how much that is together.

    To cards it goes by itself, oldest payment first. At the desk a reversing row is written, and the clerk
    hands it over. The patient is written to. `seen_left_minor` is what the clerk was shown as left: raises
    MoneyMoved when it is not that any more, so a form sent twice gives back once. Raises MoreThanLeft, and
    then nothing is given.
    """
    with transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment_id)
        _lock_the_money_of(row)
        left = left_to_give_back(row)
        if sum(left.values()) != seen_left_minor:
            raise MoneyMoved
        together = sum(amounts.values())
        if together <= 0 or any(not 0 <= amount <= left.get(way, 0) for way, amount in amounts.items()):
            raise MoreThanLeft
        for way, amount in amounts.items():
            if way == Source.ONLINE:
                request_refunds(appointment=row, amount_minor=amount, reason=reason, now=now)
            else:
                _hand_back(row, method=way, amount_minor=amount, reason=reason, by=by, now=now)
        plan_another(appointment=row, occasion=Message.Occasion.MONEY_BACK, now=now)
        record(
            verb="gave money back",
            by=Actor.staff(by),
            at=now,
            appointment=row,
            detail={
                "reason": reason,
                **{f"{way}_minor": amount for way, amount in amounts.items() if amount},
            },
        )
    return together


def _lock_the_money_of(row: Appointment) -> None:
    """In the order in which everybody takes them: the visit, its payments, its receipts."""
    list(Payment.objects.select_for_update().filter(appointment=row).order_by("created_at", "pk"))
    list(Receipt.objects.select_for_update().filter(appointment=row).order_by("taken_at", "pk"))


def _hand_back(
    row: Appointment, *, method: str, amount_minor: int, reason: str, by: User, now: datetime
) -> None:
    taken = Receipt.objects.filter(appointment=row, method=method, reverses=None)
    left = amount_minor
    for receipt in taken.prefetch_related("reversals").order_by("taken_at", "pk"):
        share = min(left, receipt.left_minor())
        if share > 0:
            Receipt.objects.create(
                appointment=row,
                method=method,
                amount_minor=-share,
                currency=receipt.currency,
                reverses=receipt,
                refund_reason=reason,
                taken_by=by,
                taken_at=now,
            )
            left -= share
