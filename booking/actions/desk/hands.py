"""What takes a thing off the lists that want a hand. Each is written down, with who saw to it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.actions.messages.planning import plan_again
from booking.actions.payments.refunds import ask_again
from booking.models import Appointment, Message, Payment, Refund
from booking.queries.needs_a_hand import CONFIRMED_BY_TELEPHONE
from booking.rules.lifecycle import STILL_TO_COME

TOLD_BY_TELEPHONE = "Told by telephone."


class SeenToAlready(Exception):
    """Somebody else was quicker, or it has settled by itself. Nothing was changed."""


class NoAddress(Exception):
    """There is nowhere to send it: the record has no e-mail address."""


class NothingLeft(Exception):
    """The money has gone back in another way, so it is not sent a second time."""


def confirm_by_telephone(*, appointment_id: UUID, by: User, now: datetime) -> None:
    """The patient was rung and will come. Their address stays unproved: a voice proves none."""
    with transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment_id)
        if row.status not in STILL_TO_COME:
            raise SeenToAlready
        record(verb=CONFIRMED_BY_TELEPHONE, by=Actor.staff(by), at=now, appointment=row)


def send_again(*, message_id: UUID, by: User, now: datetime) -> Message:
    """To the address that is on the record now. Raises SeenToAlready or NoAddress."""
    with transaction.atomic():
        message = _undelivered(message_id)
        if not message.patient.email:
            raise NoAddress
        plan_again(message=message, now=now)
        record(verb="sent message again", by=Actor.staff(by), at=now, appointment=message.appointment)
    return message


def told_by_telephone(*, message_id: UUID, by: User, now: datetime) -> Message:
    """The patient has heard it, so it need not go any more. Raises SeenToAlready."""
    with transaction.atomic():
        message = _undelivered(message_id)
        message.state, message.problem = Message.State.SKIPPED, TOLD_BY_TELEPHONE
        message.save(update_fields=["state", "problem"])
        record(
            verb="told by telephone",
            by=Actor.staff(by),
            at=now,
            appointment=message.appointment,
            detail={"occasion": message.occasion},
        )
    return message


def acknowledge_payment(*, payment_id: UUID, note: str, by: User, now: datetime) -> Payment:
    """What was wrong with a payment has been seen to. The log keeps what it was, and what was done."""
    with transaction.atomic():
        payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
        if not payment.problem:
            raise SeenToAlready
        _acknowledge(payment, payment.appointment, note=note, by=by, now=now)
    return payment


def acknowledge_refund(*, refund_id: UUID, note: str, by: User, now: datetime) -> Refund:
    """The money has gone back in another way, or stays here."""
    with transaction.atomic():
        refund = _failed(refund_id)
        _acknowledge(refund, refund.payment.appointment, note=note, by=by, now=now)
    return refund


def refund_again(*, refund_id: UUID, by: User, now: datetime) -> Refund:
    """Ask for it once more. Raises SeenToAlready, or NothingLeft when the payment no longer holds as much."""
    with transaction.atomic():
        refund = _failed(refund_id)
        if not ask_again(refund=refund, now=now):
            raise NothingLeft
        record(
            verb="asked for refund again",
            by=Actor.staff(by),
            at=now,
            appointment=refund.payment.appointment,
            detail={"refund": str(refund.pk), "amount_minor": refund.amount_minor},
        )
        refund.problem = ""
        refund.save(update_fields=["problem"])
    return refund


def _undelivered(message_id: UUID) -> Message:
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != Message.State.FAILED:
        raise SeenToAlready
    return message


def _failed(refund_id: UUID) -> Refund:
    """Locked after its visit and its payment, as everybody does who moves money."""
    of = Refund.objects.values_list("payment__appointment_id", "payment_id").get(pk=refund_id)
    appointment = Appointment.objects.locked().get(pk=of[0])
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=of[1])
    refund = Refund.objects.select_for_update(of=("self",)).get(pk=refund_id)
    payment.appointment, refund.payment = appointment, payment
    if not refund.problem:
        raise SeenToAlready
    return refund


def _acknowledge(
    row: Payment | Refund, appointment: Appointment, *, note: str, by: User, now: datetime
) -> None:
    kind = "payment" if isinstance(row, Payment) else "refund"
    record(
        verb=f"saw to {kind}",
        by=Actor.staff(by),
        at=now,
        appointment=appointment,
        detail={kind: str(row.pk), "problem": row.problem, "note": note},
    )
    row.problem = ""
    row.save(update_fields=["problem"])
