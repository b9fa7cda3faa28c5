"""One person's visits, and how each stands in money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q

from accounts.models import Patient, User
from booking.models import Appointment, Payment, Refund
from booking.models.appointment import AppointmentQuerySet
from booking.rules.lifecycle import STILL_TO_COME, Status

HERE_NOW = frozenset({Status.ARRIVED, Status.IN_ROOM})
OWES_NOTHING = frozenset({Status.CANCELLED, Status.NO_SHOW})
MOST_BEFORE = 50
"""How many past visits one page lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What came in online and at the desk, what of it went back or is on its way back, what is left to pay.

    `returnable` is the part that can go back by itself, to the card it came from. All in minor units.
    """

    paid: int
    returned: int
    returnable: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Coming: the next one first. Before: the last one first, cancelled ones among them."""

    coming: Sequence[Appointment]
    before: Sequence[Appointment]


def with_money(rows: AppointmentQuerySet) -> AppointmentQuerySet:
    """Three more queries, however many rows; afterwards `money_of` asks nothing."""
    settled = Payment.objects.filter(state=Payment.State.PAID).prefetch_related("refunds")
    return rows.prefetch_related(
        Prefetch("payments", queryset=settled, to_attr="settled_payments"), "receipts"
    )


def money_of(appointment: Appointment) -> Money:
    """How a visit read by `with_money` stands."""
    payments: list[Payment] = appointment.settled_payments  # type: ignore[attr-defined]
    online = sum(payment.amount_minor for payment in payments)
    returned = sum(
        refund.amount_minor
        for payment in payments
        for refund in payment.refunds.all()
        if refund.state in Refund.COUNTS
    )
    paid = online + sum(receipt.amount_minor for receipt in appointment.receipts.all())
    owed = 0 if appointment.status in OWES_NOTHING else appointment.price_minor
    return Money(
        paid=paid, returned=returned, returnable=online - returned, due=max(0, owed - (paid - returned))
    )


def visit_with_money(appointment_id: UUID) -> Appointment | None:
    """One visit that was made, with all that its page says."""
    return with_money(Appointment.objects.made().with_names().filter(pk=appointment_id)).first()


def my_visits(*, user: User, now: datetime) -> Visits:
    """The visits of everybody under this sign-in. Staff find their own here, like anybody else."""
    mine = with_money(Appointment.objects.filter(patient__holder=user).made().with_names())
    is_coming = Q(status__in=STILL_TO_COME, ends_at__gt=now) | Q(status__in=HERE_NOW)
    return Visits(
        coming=list(mine.filter(is_coming).order_by("starts_at")),
        before=list(mine.exclude(is_coming).order_by("-starts_at")[:MOST_BEFORE]),
    )


def my_people(user: object) -> list[Patient]:
    """Whom somebody signed in books for: themselves first, by the address they sign in with."""
    if not isinstance(user, User):
        return []
    people = Patient.objects.filter(holder=user, merged_into__isnull=True).order_by("created_at", "pk")
    return sorted(people, key=lambda person: person.email.lower() != user.email)
