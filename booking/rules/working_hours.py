"""When somebody works: weekly hours and single-day changes, by the clock on the wall, as spans of minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias

from booking.rules.spans import Span
from booking.rules.wall_clock import LocalDay

Key: TypeAlias = int  # the primary key of a practitioner, a location or a room


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Hours that come back every week, as the clock at that location shows them.

    `valid_from` and `valid_until` are the first and the last date on which they hold; None is open-ended.
    """

    location: Key
    weekday: int  # Monday is 0
    opens: time
    closes: time
    valid_from: date | None = None
    valid_until: date | None = None

    def days(self, days: Sequence[LocalDay]) -> list[LocalDay]:
        """Those of some consecutive days on which these hours hold."""
        if not days:
            return []
        first, last = self.valid_from or date.min, self.valid_until or date.max
        every_week = days[(self.weekday - days[0].date.weekday()) % 7 :: 7]
        return [day for day in every_week if first <= day.date <= last]


@dataclass(frozen=True, slots=True)
class ChangedHours:
    """Hours on one date instead of the weekly ones."""

    location: Key
    opens: time
    closes: time


Changes: TypeAlias = Mapping[date, Sequence[ChangedHours]]


def working_windows(
    *, weekly: Iterable[WeeklyHours], changes: Changes, days: Mapping[Key, Sequence[LocalDay]]
) -> dict[Key, list[Span]]:
    """When one practitioner works at each location, over the consecutive days given for it.

    A date in `changes` replaces everything the week says about that date, at every location; with no hours
    in it, it is a day off. Windows may come in any order, touch and overlap. Leave and closures are not
    hours: whoever draws the windows takes them away. A location without days is passed over.
    """
    windows: dict[Key, list[Span]] = {location: [] for location in days}
    for hours in weekly:
        if hours.location in days:
            windows[hours.location].extend(
                day.span(hours.opens, hours.closes)
                for day in hours.days(days[hours.location])
                if day.date not in changes
            )
    for location, local_days in days.items():
        windows[location].extend(
            day.span(hours.opens, hours.closes)
            for day in local_days
            for hours in changes.get(day.date, ())
            if hours.location == location
        )
    return windows
