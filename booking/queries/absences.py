"""Who is away and what is shut, from now on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.models import Closure, Leave
from booking.words import clinic_day

MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Absences:
    """The next one first."""

    leave: Sequence[Leave]
    closures: Sequence[Closure]


def coming_absences(*, now: datetime) -> Absences:
    """Two queries. What is over is left out."""
    return Absences(
        leave=list(
            Leave.objects.filter(ends_at__gt=now)
            .select_related("practitioner")
            .order_by("starts_at")[:MOST_LISTED]
        ),
        closures=list(
            Closure.objects.filter(last_day__gte=clinic_day(now))
            .select_related("location")
            .order_by("first_day")[:MOST_LISTED]
        ),
    )
