"""Open times as plain rows for programs: strings in dictionaries, ready to be written as JSON.

A month of a large clinic is a thousand times and more. Making a datetime of each and formatting that takes
longer than finding them, so the clock readings of an ordinary day are written once and looked up.
"""

from bisect import bisect_left
from collections.abc import Callable
from typing import TypedDict

from booking.queries.open_times import OpenTimes
from booking.rules.cells import CELL
from booking.rules.spans import Minute, instant_of
from booking.rules.wall_clock import MINUTES_A_DAY, LocalDay


class OpenTimeRow(TypedDict):
    """`start` and `end` on the location's clock with its offset from UTC (RFC 3339), `location` its slug."""

    start: str
    end: str
    location: str


READINGS = [f"{minute // 60:02}:{minute % 60:02}:00" for minute in range(0, MINUTES_A_DAY, CELL)]


def open_time_rows(times: OpenTimes) -> list[OpenTimeRow]:
    """One row for each moment and location, the earliest first."""
    horizon, duration = times.offer.horizon, times.service.duration_minutes
    found: list[tuple[Minute, OpenTimeRow]] = []
    for location, starts in times.starts_by_location().items():
        slug, minutes = times.clinic.where(location).slug, horizon.minutes(starts)
        for day in times.days_at(location):
            written = clock_of(day)
            found.extend(
                (minute, {"start": written(minute), "end": written(minute + duration), "location": slug})
                for minute in minutes[bisect_left(minutes, day.start) : bisect_left(minutes, day.end)]
            )
    found.sort(key=lambda row: row[0])
    return [row for _, row in found]


def clock_of(day: LocalDay) -> Callable[[Minute], str]:
    """How a minute of this day is written."""

    def spelled_out(minute: Minute) -> str:
        return instant_of(minute).astimezone(day.zone).isoformat()

    if not day.is_ordinary:
        return spelled_out
    date, offset = f"{day.date}T", spelled_out(day.start)[-len("+00:00") :]

    def looked_up(minute: Minute) -> str:
        if minute >= day.end:
            return spelled_out(minute)
        return date + READINGS[(minute - day.start) // CELL] + offset

    return looked_up
