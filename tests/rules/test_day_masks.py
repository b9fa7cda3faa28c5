"""Masks that follow the calendar of a place."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from booking.rules.cells import Horizon
from booking.rules.day_masks import Period, on_dates, start_grid, within
from booking.rules.spans import instant_of
from booking.rules.wall_clock import LocalDay, local_days

LONDON = ZoneInfo("Europe/London")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
ST_JOHNS = ZoneInfo("America/St_Johns")


def horizon_of(days: list[LocalDay]) -> Horizon:
    return Horizon.covering(days[0].start, days[-1].end)


def clock_at_starts(zone: ZoneInfo, day: date, *, every: int) -> list[str]:
    days = local_days(zone, day, 1)
    horizon = horizon_of(days)
    minutes = horizon.minutes(start_grid(horizon, days, every))
    return [f"{instant_of(minute).astimezone(zone):%H:%M}" for minute in minutes]


def test_starts_are_counted_from_local_midnight() -> None:
    assert clock_at_starts(LONDON, date(2026, 7, 15), every=360) == ["00:00", "06:00", "12:00", "18:00"]


def test_a_grid_that_does_not_fill_the_day_begins_anew_at_midnight() -> None:
    assert clock_at_starts(ST_JOHNS, date(2026, 7, 15), every=1000) == ["00:00", "16:40"]


def test_starts_that_the_clock_leaves_out_are_left_out() -> None:
    assert clock_at_starts(LONDON, date(2026, 3, 29), every=30)[:4] == ["00:00", "00:30", "02:00", "02:30"]


def test_starts_that_the_clock_shows_twice_are_offered_twice() -> None:
    assert clock_at_starts(LONDON, date(2026, 10, 25), every=30)[1:7] == [
        *("00:30", "01:00", "01:30"),
        *("01:00", "01:30", "02:00"),
    ]


def test_starts_stay_on_the_hour_after_a_change_of_half_an_hour() -> None:
    assert clock_at_starts(LORD_HOWE, date(2026, 10, 4), every=60)[:4] == ["00:00", "01:00", "03:00", "04:00"]


def test_a_day_that_began_before_the_horizon_keeps_its_grid() -> None:
    [day] = local_days(LONDON, date(2026, 1, 15), 1)
    horizon = Horizon(day.start + 10, 12)
    assert horizon.minutes(start_grid(horizon, [day], 30)) == [day.start + 30, day.start + 60]


@pytest.mark.parametrize("every", [0, -15, 7])
def test_a_grid_between_the_cells_is_refused(every: int) -> None:
    with pytest.raises(ValueError, match="every"):
        start_grid(Horizon(0, 12), [], every)


@pytest.mark.parametrize(
    ("period", "included"),
    [
        (Period(date(2026, 5, 2), date(2026, 5, 3)), [2, 3]),
        (Period(None, date(2026, 5, 2)), [1, 2]),
        (Period(date(2026, 5, 4), None), [4]),
        (Period(), [1, 2, 3, 4]),
        (Period(date(2026, 5, 3), date(2026, 5, 2)), []),
    ],
)
def test_a_period_holds_from_its_first_day_through_its_last(period: Period, included: list[int]) -> None:
    days = local_days(LONDON, date(2026, 5, 1), 4)
    horizon = horizon_of(days)
    expected = [day for day in days if day.date.day in included]
    assert within(horizon, days, [period]) == horizon.inside((day.start, day.end) for day in expected)


def test_several_periods_add_up() -> None:
    days = local_days(LONDON, date(2026, 5, 1), 4)
    horizon = horizon_of(days)
    periods = [Period(None, date(2026, 5, 1)), Period(date(2026, 5, 3), None)]
    assert within(horizon, days, periods) == horizon.whole & ~on_dates(horizon, days, {date(2026, 5, 2)})


def test_days_are_those_of_the_place() -> None:
    """When it is already the 2nd in Lord Howe, it is still the 1st in St John's."""
    horizon = Horizon.covering(*(local_days(LONDON, date(2026, 5, 1), 3)[edge].start for edge in (0, 2)))
    second = {date(2026, 5, 2)}
    east = on_dates(horizon, local_days(LORD_HOWE, date(2026, 5, 1), 3), second)
    west = on_dates(horizon, local_days(ST_JOHNS, date(2026, 5, 1), 3), second)
    assert horizon.minutes(west)[0] - horizon.minutes(east)[0] == 13 * 60
