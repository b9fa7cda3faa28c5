"""Money taken at the desk: a row for what came in, a row for what was a mistake."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.models import Appointment, Receipt
from booking.queries.visits import money_now
from booking.rules.lifecycle import MADE, Status


class MoreThanDue(Exception):
    """Only what is left to pay can be taken."""

    def __init__(self, *, due_minor: int) -> None:
        super().__init__(f"{due_minor} is due")
        self.due_minor = due_minor


class DueChanged(Exception):
    """Something was paid or given back since the form was shown: perhaps by this very form, sent twice."""

    def __init__(self, *, due_minor: int) -> None:
        super().__init__(f"{due_minor} is due by now")
        self.due_minor = due_minor


class NothingOwed(Exception):
    """The visit was cancelled or never made, so nothing is owed for it."""


class AlreadyReversed(Exception):
    """Nothing is left of the receipt to reverse; of a reversing row there never is."""


def take_payment(
    *,
    appointment_id: UUID,
    amount_minor: int,
    method: str,
    by: User,
    now: datetime,
    seen_due_minor: int | None = None,
) -> Receipt:
    """Write down cash or a card at the terminal.

    Raises MoreThanDue and, if it is known what the clerk saw to be due, DueChanged: nobody pays twice, nor
    twice a part. NothingOwed of a visit that is not to be paid.
    """
    with transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment_id)
        if row.status not in MADE or row.status == Status.CANCELLED:
            raise NothingOwed
        due = money_now(row).due
        if seen_due_minor not in (None, due):
            raise DueChanged(due_minor=due)
        if not 0 < amount_minor <= due:
            raise MoreThanDue(due_minor=due)
        receipt = Receipt.objects.create(
            appointment=row,
            method=method,
            amount_minor=amount_minor,
            currency=settings.CLINIC_CURRENCY,
            taken_by=by,
            taken_at=now,
        )
        record(
            verb="took payment",
            by=Actor.staff(by),
            at=now,
            appointment=row,
            detail={"amount_minor": amount_minor, "method": method},
        )
    return receipt


def void_receipt(*, receipt_id: UUID, reason: str, by: User, now: datetime) -> Receipt:
    """Reverse what is left of a receipt by a second row, because it was a mistake.

    Raises AlreadyReversed, also to the second of two clerks.
    """
    with transaction.atomic():
        # The visit first, as whoever gives money back does, so that the two never wait in a circle.
        visit_id = Receipt.objects.values_list("appointment_id", flat=True).get(pk=receipt_id)
        Appointment.objects.locked().get(pk=visit_id)
        receipt = Receipt.objects.select_for_update().get(pk=receipt_id)
        left = receipt.left_minor()
        if left == 0:
            raise AlreadyReversed
        reversing = Receipt.objects.create(
            appointment=receipt.appointment,
            method=receipt.method,
            amount_minor=-left,
            currency=receipt.currency,
            reverses=receipt,
            reason=reason,
            taken_by=by,
            taken_at=now,
        )
        record(
            verb="reversed payment",
            by=Actor.staff(by),
            at=now,
            appointment=receipt.appointment,
            detail={"amount_minor": left},
        )
    return reversing
