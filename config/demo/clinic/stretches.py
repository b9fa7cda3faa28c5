"""When a physio is at work, as unbroken stretches of one day at one location."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Practitioner
from booking.models import Location
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days

GRID = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    physio: Practitioner
    location: Location
    opens: datetime
    closes: datetime

    def starts(self) -> Iterator[datetime]:
        """Every moment at which a visit might begin, without asking whether it is free."""
        start = self.opens
        while start < self.closes:
            yield start
            start += GRID


def stretches(*, physio: Practitioner, first: date, days: int) -> list[Stretch]:
    """From the weekly hours alone: leave, closures and visits are for the booking itself to refuse."""
    found = []
    for hours in physio.working_hours.select_related("location"):
        for day in local_days(ZoneInfo(hours.location.time_zone), first, days):
            if day.date.weekday() == hours.weekday:
                opens, closes = day.span(hours.opens, hours.closes)
                found.append(
                    Stretch(
                        physio=physio,
                        location=hours.location,
                        opens=instant_of(opens),
                        closes=instant_of(closes),
                    )
                )
    return sorted(found, key=lambda stretch: stretch.opens)
