"""When somebody on the waiting list can come: on some days of the week, between two times of the clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time

from booking.rules.cells import CELL
from booking.rules.spans import Span
from booking.rules.wall_clock import LocalDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTimes:
    """Weekdays count from Monday, which is 0. Without a time the day is open at that end."""

    weekdays: frozenset[int]
    last_day: date
    from_time: time | None = None
    until_time: time | None = None

    def starts(self, days: Iterable[LocalDay], *, duration: int) -> Iterator[Span]:
        """The stretches in which a visit of so many minutes may start if it is to end in time as well."""
        for day in days:
            if day.date <= self.last_day and day.date.weekday() in self.weekdays:
                start, end = day.span(self.from_time or time.min, self.until_time or time.max)
                last_start = (end if self.until_time else day.end) - duration
                if start <= last_start:
                    yield start, last_start + CELL  # a start counts whose cell lies wholly inside


def fits_between(from_time: time | None, until_time: time | None, *, duration: int) -> bool:
    """Whether there is room for so many minutes between two times of an ordinary day."""
    if until_time is None:
        return True
    start = from_time or time.min
    return (until_time.hour - start.hour) * 60 + until_time.minute - start.minute >= duration
