"""Masks that follow the calendar of a place: at which times a visit may start, and on which days."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from booking.rules.cells import CELL, NEVER, Horizon, Mask
from booking.rules.spans import instant_of
from booking.rules.wall_clock import MINUTES_A_DAY, LocalDay, minute_of_day


@dataclass(frozen=True, slots=True)
class Period:
    """From one date to another, both included; None is open-ended."""

    first: date | None = None
    last: date | None = None

    def includes(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def start_grid(horizon: Horizon, days: Iterable[LocalDay], every: int) -> Mask:
    """The cells at which the clock on the wall shows a multiple of `every` minutes since midnight.

    People are offered 09:00, 09:15, 09:30 by their own clock, on every day of the year. So on the day on
    which a clock is moved, each cell is asked what the clock shows; if an hour happens twice, both count.
    """
    if every <= 0 or every % CELL:
        raise ValueError(
            f"Visits can start every {CELL}, {2 * CELL}, {3 * CELL} … minutes, not every {every}."
        )
    ordinary = sum(1 << minute // CELL for minute in range(0, MINUTES_A_DAY, every))
    mask = NEVER
    for day in days:
        pattern = ordinary if day.is_ordinary else _pattern_on_day_of_change(day, every)
        cell = (day.start - horizon.first) // CELL
        mask |= pattern << cell if cell >= 0 else pattern >> -cell
    return mask & horizon.whole


def _pattern_on_day_of_change(day: LocalDay, every: int) -> Mask:
    mask = NEVER
    for minute in range(day.start, day.end, CELL):
        shown = instant_of(minute).astimezone(day.zone)
        if minute_of_day(shown.time()) % every == 0:
            mask |= 1 << (minute - day.start) // CELL
    return mask


def on_dates(horizon: Horizon, days: Sequence[LocalDay], dates: Collection[date]) -> Mask:
    """Every cell of those of the days whose date is among `dates`."""
    return horizon.inside((day.start, day.end) for day in days if day.date in dates)


def within(horizon: Horizon, days: Sequence[LocalDay], periods: Iterable[Period]) -> Mask:
    """Every cell of the days within one of the periods.

    So a credential is valid through the whole of its last day, by the calendar of the place where it is used.
    """
    periods = list(periods)
    return horizon.inside(
        (day.start, day.end) for day in days if any(period.includes(day.date) for period in periods)
    )
