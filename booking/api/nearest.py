"""What to offer instead of a time that is not free."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Practitioner
from booking.actions.conflicts import TimeTaken
from booking.api import kinds
from booking.api.problems import Problem, kind_of
from booking.api.serializers.visits import OpenTimeSerializer
from booking.models import Appointment, Location
from booking.queries.open_times import open_times
from booking.words import clinic_day
from catalogue.models import Service

HOW_MANY = 3
DAYS_EITHER_SIDE = 7


def time_taken(
    refusal: TimeTaken,
    *,
    service: Service,
    starts_at: datetime,
    now: datetime,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
    moving: Appointment | None = None,
) -> Problem:
    """The refusal, with the free times nearest to the one that was wanted, a week before to a week after."""
    first_day = max(clinic_day(now), clinic_day(starts_at) - timedelta(days=DAYS_EITHER_SIDE))
    found = open_times(
        service=service,
        from_day=first_day,
        days=2 * DAYS_EITHER_SIDE + 1,
        now=now,
        practitioner=practitioner,
        location=location,
        mine=moving,
    ).nearest_to(starts_at, count=HOW_MANY)
    rows: list[dict[str, Any]] = [
        {
            "starts_at": time.start,
            "ends_at": time.end,
            "practitioner": who.slug,
            "location": time.location.slug,
        }
        for time in found
        for who in time.practitioners
    ]
    return Problem(kind_of(refusal) or kinds.TIME_TAKEN, nearest=OpenTimeSerializer(rows, many=True).data)
