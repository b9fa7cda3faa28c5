"""Who asks for leave, whom it would displace, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Practitioner
from booking.models import Appointment, Leave, LeaveRequest
from booking.rules.lifecycle import STILL_TO_COME

State = LeaveRequest.State
MOST_LISTED = 50
STAYS_IN_SIGHT = timedelta(days=7)
"""How long an answer stands on the page of the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MyLeave:
    """What is asked and answered, the latest first; and the leave that stands, the next first."""

    requests: Sequence[LeaveRequest]
    leave: Sequence[Leave]


def my_leave(*, me: Practitioner, now: datetime) -> MyLeave:
    """Two queries."""
    return MyLeave(
        requests=list(
            LeaveRequest.objects.filter(practitioner=me)
            .exclude(state=State.TAKEN_BACK)
            .order_by("-asked_at")[:MOST_LISTED]
        ),
        leave=list(
            Leave.objects.filter(practitioner=me, ends_at__gt=now).order_by("starts_at")[:MOST_LISTED]
        ),
    )


def answered_lately(*, me: Practitioner, now: datetime) -> list[LeaveRequest]:
    """Answers of the last days, the latest first. One query."""
    rows = LeaveRequest.objects.filter(
        practitioner=me, state__in=[State.GRANTED, State.REFUSED], answered_at__gt=now - STAYS_IN_SIGHT
    )
    return list(rows.order_by("-answered_at")[:MOST_LISTED])


def open_requests(*, now: datetime) -> QuerySet[LeaveRequest]:
    """Those that wait for an answer, each with how many visits it `displaces`; the next first. One query."""
    missed = (
        Appointment.objects.filter(
            practitioner=OuterRef("practitioner"),
            status__in=STILL_TO_COME,
            starts_at__gt=now,
            starts_at__lt=OuterRef("ends_at"),
            ends_at__gt=OuterRef("starts_at"),
        )
        .order_by()
        .values("practitioner")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        LeaveRequest.objects.filter(state=State.ASKED, ends_at__gt=now)
        .annotate(displaces=Coalesce(Subquery(missed, output_field=IntegerField()), 0))
        .select_related("practitioner")
        .order_by(F("starts_at"))
    )
