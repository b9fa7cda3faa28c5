"""One person's visits, and how each stands in money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Patient, User
from booking.models import Appointment, Message, Payment, Refund
from booking.models.appointment import AppointmentQuerySet
from booking.rules.lifecycle import PAYABLE, STILL_TO_COME, Status
from catalogue.models import Service

HERE_NOW = frozenset({Status.ARRIVED, Status.IN_ROOM})
OWES_NOTHING = frozenset({Status.CANCELLED, Status.NO_SHOW})
MOST_BEFORE = 50
"""How many past visits one page lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What came in online and at the desk, what of it went back or is on its way back, what is left to pay.

    `returnable` is the part that can go back by itself, to the card it came from. `covered` is how much of
    the price is settled: what went back to lower the price, as goodwill, is not owed again. All in minor
    units.
    """

    paid: int
    returned: int
    returnable: int
    covered: int
    due: int

    @property
    def kept(self) -> int:
        return self.paid - self.returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Coming: the next one first. Before: the last one first, cancelled ones among them."""

    coming: Sequence[Appointment]
    before: Sequence[Appointment]


def with_money(rows: AppointmentQuerySet) -> AppointmentQuerySet:
    """Three more queries, however many rows; afterwards `money_of` asks nothing."""
    return rows.annotate(was_asked_to_pay=asked_to_pay()).prefetch_related(*money_behind())


def asked_to_pay(visit: str = "pk") -> Exists:
    """Whether reception has sent the link to pay by card. `visit` leads to it from the rows of the query."""
    return Exists(
        Message.objects.filter(
            appointment=OuterRef(visit),
            occasion=Message.Occasion.PAY_LINK,
            state__in=[Message.State.DUE, Message.State.SENT],
        )
    )


def money_behind(visit: str = "") -> "list[Prefetch[str, QuerySet[Any], str]]":
    """What `money_of` reads. `visit` leads to it from the rows that prefetch this, as in "appointment__"."""
    settled = Payment.objects.filter(state=Payment.State.PAID).prefetch_related("refunds")
    return [
        Prefetch(f"{visit}payments", queryset=settled, to_attr="settled_payments"),
        Prefetch(f"{visit}receipts"),
    ]


def money_of(appointment: Appointment) -> Money:
    """How a visit read by `with_money` stands."""
    payments: list[Payment] = appointment.settled_payments  # type: ignore[attr-defined]
    receipts = appointment.receipts.all()
    online = sum(payment.amount_minor for payment in payments)
    at_desk = sum(row.amount_minor for row in receipts if not row.refund_reason)
    to_cards = [
        (refund.reason, refund.amount_minor)
        for payment in payments
        for refund in payment.refunds.all()
        if refund.state in Refund.COUNTS
    ]
    back = [*to_cards, *((row.refund_reason, -row.amount_minor) for row in receipts if row.refund_reason)]
    owed_again = sum(amount for reason, amount in back if reason not in Refund.LOWERS_THE_PRICE)
    covered = online + at_desk - owed_again
    owed = 0 if appointment.status in OWES_NOTHING else appointment.price_minor
    return Money(
        paid=online + at_desk,
        returned=sum(amount for _reason, amount in back),
        returnable=online - sum(amount for _reason, amount in to_cards),
        covered=covered,
        due=max(0, owed - covered),
    )


def money_now(appointment: Appointment) -> Money:
    """How the visit stands at this moment, read anew: for whoever holds its lock and decides about money."""
    return money_of(with_money(Appointment.objects.filter(pk=appointment.pk)).get())


def is_paid_online(appointment: Appointment) -> bool:
    """Whether the patient may pay by card, on the site, what is left of a visit read by `with_money`.

    Where the service is paid at the clinic, only once reception has sent them the link to do so.
    """
    if appointment.status not in PAYABLE or not money_of(appointment).due:
        return False
    asked: bool = appointment.was_asked_to_pay  # type: ignore[attr-defined]
    return asked or appointment.service.pays != Service.Pays.AT_CLINIC


def is_to_be_paid_online(appointment: Appointment) -> bool:
    """Whether the patient is sent to pay by card, on the site, what is left of a visit read by `with_money`.

    Not who chose to pay at the clinic, until reception has sent them the link: they may, and need not.
    """
    asked: bool = appointment.was_asked_to_pay  # type: ignore[attr-defined]
    return is_paid_online(appointment) and (asked or not appointment.pays_at_clinic)


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
