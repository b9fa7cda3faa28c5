"""What wants somebody's hand, list by list, each with whatever clears it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from booking.models import (
    AfterCheck,
    Appointment,
    AuditEntry,
    LeaveRequest,
    Message,
    Payment,
    Receipt,
    Refund,
    SafetyAlert,
)
from booking.models.appointment import AppointmentQuerySet
from booking.models.message import MessageQuerySet
from booking.queries.clinical.after_check import to_ring_and_ask
from booking.queries.clinical.alerts import open_rows
from booking.queries.clinical.screening import screenings_to_check
from booking.queries.credentials import not_covered
from booking.queries.displaced import displaced_now
from booking.queries.leave_requests import open_requests
from booking.queries.waitlist import WaitlistMatch, waitlist_matches
from booking.rules.lifecycle import PAYABLE, Status

LOOK_BACK = timedelta(days=30)
MOST_OF_EACH = 50
BOOKED_ONLINE = (Appointment.Source.ONLINE, Appointment.Source.API)  # nobody of the clinic spoke to them
CONFIRMED_BY_TELEPHONE = "confirmed by telephone"
"""What the audit log says of a visit whose patient was rung: it takes the visit off the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsAHand:
    """At most MOST_OF_EACH of each, the most pressing first."""

    alerts: Sequence[SafetyAlert]
    to_ask: Sequence[AfterCheck]  # how they are, a day after: no mail reached them
    displaced: Sequence[Appointment]
    not_covered: Sequence[Appointment]  # their physio’s credential is not valid on that day
    unconfirmed: Sequence[Appointment]  # booked by somebody whose address was never proved
    undelivered: Sequence[Message]
    unpaid: Sequence[Appointment]
    payments: Sequence[Payment]  # amounts that differ, paid twice, disputed
    refunds: Sequence[Refund]
    screenings: Sequence[Appointment]  # at amber or red, or near and unanswered
    leave_requests: Sequence[LeaveRequest]
    waitlist: Sequence[WaitlistMatch]  # a time is free that they wait for


def needs_a_hand(*, now: datetime) -> NeedsAHand:
    """Sixteen queries, however much there is; twelve while nobody waits for a time."""
    return NeedsAHand(
        alerts=list(open_rows()[:MOST_OF_EACH]),
        to_ask=list(to_ring_and_ask(now=now)[:MOST_OF_EACH]),
        displaced=list(displaced_now(now=now)[:MOST_OF_EACH]),
        not_covered=list(not_covered(now=now)[:MOST_OF_EACH]),
        unconfirmed=list(_unconfirmed(now)[:MOST_OF_EACH]),
        undelivered=list(_undelivered(now)[:MOST_OF_EACH]),
        unpaid=list(_unpaid(now)[:MOST_OF_EACH]),
        payments=list(_payments()[:MOST_OF_EACH]),
        refunds=list(_refunds()[:MOST_OF_EACH]),
        screenings=list(screenings_to_check(now=now)[:MOST_OF_EACH]),
        leave_requests=list(open_requests(now=now)[:MOST_OF_EACH]),
        waitlist=waitlist_matches(now=now)[:MOST_OF_EACH],
    )


def hands_wanted(*, now: datetime) -> int:
    """How many things wait on all the lists together.

    Two queries, and four more while somebody waits for a time.
    """
    to_ask = to_ring_and_ask(now=now).order_by().values_list("appointment_id")
    others = (
        rows.order_by().values_list("pk")
        for rows in (
            open_rows(), displaced_now(now=now), not_covered(now=now), _unconfirmed(now), _undelivered(now),
            _unpaid(now), _payments(), _refunds(), screenings_to_check(now=now), open_requests(now=now),
        )
    )  # fmt: skip
    return to_ask.union(*others, all=True).count() + len(waitlist_matches(now=now))


def lists_of(appointment_id: UUID, *, now: datetime) -> list[str]:
    """Why this visit itself is on reception's lists, by the names above, most pressing first. One query."""
    rows: dict[str, QuerySet[Any]] = {
        "displaced": displaced_now(now=now).filter(pk=OuterRef("pk")),
        "not_covered": not_covered(now=now).filter(pk=OuterRef("pk")),
        "undelivered": _undelivered(now).filter(appointment=OuterRef("pk")),
        "unconfirmed": _unconfirmed(now).filter(pk=OuterRef("pk")),
        "payments": _payments().filter(appointment=OuterRef("pk")),
        "refunds": _refunds().filter(payment__appointment=OuterRef("pk")),
    }
    is_on = {f"is_{name}": Exists(found.order_by()) for name, found in rows.items()}
    stands = Appointment.objects.filter(pk=appointment_id).annotate(**is_on).values(*is_on).get()
    return [name for name in rows if stands[f"is_{name}"]]


def _payments() -> QuerySet[Payment]:
    rows = Payment.objects.exclude(problem="").select_related("appointment__patient", "appointment__service")
    return rows.order_by("created_at")


def _refunds() -> QuerySet[Refund]:
    """A refund that did not go through says why, until somebody has seen to it."""
    rows = Refund.objects.exclude(problem="").select_related("payment__appointment__patient")
    return rows.order_by("created_at")


def _unconfirmed(now: datetime) -> AppointmentQuerySet:
    rung = AuditEntry.objects.filter(appointment_id=OuterRef("pk"), verb=CONFIRMED_BY_TELEPHONE)
    return (
        Appointment.objects.filter(
            status=Status.CONFIRMED,
            source__in=BOOKED_ONLINE,
            starts_at__gt=now,
            pays_at_clinic=True,
            patient__email_proved_at=None,
        )
        .exclude(Exists(rung))
        .with_names()
        .order_by("starts_at")
    )


def _undelivered(now: datetime) -> MessageQuerySet:
    """Still worth saying: how a visit to come stands now; how to pay, while something is due; that money
    went back.
    """
    is_pay_link = Q(occasion=Message.Occasion.PAY_LINK)
    is_so_now = Q(appointment__starts_at__gt=now, sequence=F("appointment__sequence")) & (
        Q(occasion=Message.Occasion.CANCELLED) | ~Q(appointment__status=Status.CANCELLED)
    )
    is_owing = Exists(_owing(PAYABLE).filter(pk=OuterRef("appointment_id")))
    return (
        Message.objects.filter(
            (is_so_now & ~is_pay_link) | (is_pay_link & is_owing) | Q(occasion=Message.Occasion.MONEY_BACK),
            state=Message.State.FAILED,
            due_at__gt=now - LOOK_BACK,
            practitioner=None,  # a physio who was not reached sees it on the page of their day
        )
        .select_related("appointment__service", "appointment__practitioner", "patient")
        .order_by("appointment__starts_at")
    )


def _unpaid(now: datetime) -> AppointmentQuerySet:
    """Visits of the last weeks that took place and are not paid in full."""
    took_place = {Status.ARRIVED, Status.IN_ROOM, Status.COMPLETED}
    rows = _owing(took_place).filter(starts_at__gt=now - LOOK_BACK)
    return rows.with_names().order_by("-starts_at")


def _owing(statuses: Collection[Status]) -> AppointmentQuerySet:
    """Visits that stand so and are not paid in full; `covered` is what of the price is."""
    covered = (
        _total(Payment.objects.filter(appointment=OuterRef("pk"), state=Payment.State.PAID), "appointment")
        + _total(
            Receipt.objects.filter(appointment=OuterRef("pk")).exclude(
                refund_reason__in=Refund.LOWERS_THE_PRICE
            ),
            "appointment",
        )
        - _total(
            Refund.objects.filter(payment__appointment=OuterRef("pk"), state__in=Refund.COUNTS).exclude(
                reason__in=Refund.LOWERS_THE_PRICE
            ),
            "payment__appointment",
        )
    )
    rows = Appointment.objects.filter(status__in=statuses).annotate(covered=covered)
    return rows.filter(covered__lt=F("price_minor"))


def _total(rows: QuerySet[Any], of: str) -> Coalesce:
    """The sum of the amounts of these rows, nought if there are none, as part of a larger query."""
    summed = rows.order_by().values(of).annotate(total=Sum("amount_minor")).values("total")
    return Coalesce(Subquery(summed), Value(0))
