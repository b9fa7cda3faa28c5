"""When somebody on the waiting list can come."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from booking.rules.cells import CELL, Horizon
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.rules.wanted_times import WantedTimes, fits_between

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 11, 30)
clocks = st.integers(0, 287).map(lambda cell: time(cell // 12, cell % 12 * CELL))


def starts(
    wanted: WantedTimes, *, first: date = MONDAY, count: int = 7, duration: int = 45
) -> list[datetime]:
    """Every start on the clinic's clock, found the slow way from the mask."""
    days = local_days(LONDON, first, count)
    horizon = Horizon.covering(days[0].start, days[-1].end)
    mask = horizon.inside(wanted.starts(days, duration=duration))
    return [instant_of(minute).astimezone(LONDON) for minute in horizon.minutes(mask)]


def wanted(**fields: object) -> WantedTimes:
    defaults = {"weekdays": frozenset(range(7)), "last_day": date(2026, 12, 31)}
    return WantedTimes(**defaults | fields)  # type: ignore[arg-type]


def test_a_visit_is_over_by_the_time_they_have_to_leave() -> None:
    found = starts(wanted(from_time=time(9), until_time=time(10)), count=1)
    assert (found[0].time(), found[-1].time()) == (time(9), time(9, 15))


def test_an_hour_that_is_too_short_has_no_start() -> None:
    assert starts(wanted(from_time=time(9), until_time=time(9, 40))) == []


def test_without_times_a_visit_may_end_at_midnight() -> None:
    assert starts(wanted(), count=1)[-1].time() == time(23, 15)


def test_only_the_wanted_days_of_the_week_count() -> None:
    found = starts(wanted(weekdays=frozenset({2}), from_time=time(9), until_time=time(9, 45)))
    assert [moment.date() for moment in found] == [date(2026, 12, 2)]


def test_nothing_after_the_last_day_counts() -> None:
    assert {moment.date() for moment in starts(wanted(last_day=date(2026, 12, 1)))} == {
        MONDAY,
        date(2026, 12, 1),
    }


@given(
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    from_time=st.none() | clocks,
    until_time=st.none() | clocks,
    first=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    duration=st.sampled_from([15, 45, 90]),
)
def test_every_start_is_one_that_a_person_would_read_off_the_clock(
    weekdays: frozenset[int], from_time: time | None, until_time: time | None, first: date, duration: int
) -> None:
    """On days on which no clock is moved: what the clock shows then is in test_wall_clock."""
    days = [day for day in local_days(LONDON, first, 7) if day.is_ordinary]
    asked = wanted(weekdays=weekdays, from_time=from_time, until_time=until_time)
    horizon = Horizon.covering(days[0].start, days[-1].end)
    found = set(horizon.minutes(horizon.inside(asked.starts(days, duration=duration))))
    for day in days:
        for minute in range(day.start, day.end, CELL):
            clock = datetime.combine(day.date, time.min) + timedelta(minutes=minute - day.start)
            ends = clock + timedelta(minutes=duration)
            fits = (
                day.date.weekday() in weekdays
                and clock.time() >= (from_time or time.min)
                and ends <= datetime.combine(day.date, time.min) + timedelta(days=1)
                and (until_time is None or ends <= datetime.combine(day.date, until_time))
            )
            assert (minute in found) == fits


@given(
    from_time=st.none() | clocks, until_time=st.none() | clocks, duration=st.integers(1, 20).map(CELL.__mul__)
)
def test_what_fits_between_two_times_is_what_has_a_start_there(
    from_time: time | None, until_time: time | None, duration: int
) -> None:
    begins_first = not (from_time and until_time) or from_time < until_time
    assert fits_between(from_time, until_time, duration=duration) <= begins_first
    if begins_first and until_time:
        found = starts(wanted(from_time=from_time, until_time=until_time), count=1, duration=duration)
        assert fits_between(from_time, until_time, duration=duration) == bool(found)
