"""Hours by the clock on the wall, on ordinary days and in the nights when clocks are moved."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.rules.spans import instant_of, minute_of
from booking.rules.wall_clock import local_date, local_days, wall_span
from tests.rules.oracle import clock_around

LONDON = ZoneInfo("Europe/London")
ST_JOHNS = ZoneInfo("America/St_Johns")  # half an hour off the hour
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # moves its clocks by half an hour
CAIRO = ZoneInfo("Africa/Cairo")  # moves them at midnight
APIA = ZoneInfo("Pacific/Apia")  # once left out a whole day

# Clocks jump from 01:00 to 02:00, and go back from 02:00 to 01:00.
LONDON_SPRING, LONDON_AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
# From 02:00 to 02:30, and back from 02:00 to 01:30.
LORD_HOWE_SPRING, LORD_HOWE_AUTUMN = date(2026, 10, 4), date(2026, 4, 5)


def hours(day: date, opens: str, closes: str, zone: ZoneInfo) -> tuple[str, str]:
    """The instants in UTC between which the hours last."""
    readings = [datetime.combine(day, time.fromisoformat(shown)) for shown in (opens, closes)]
    start, end = wall_span(readings[0], readings[1], zone)
    return f"{instant_of(start):%H:%M}", f"{instant_of(end):%H:%M}"


def test_in_winter_london_hours_are_utc_hours() -> None:
    assert hours(date(2026, 1, 15), "09:00", "17:00", LONDON) == ("09:00", "17:00")


def test_in_summer_london_hours_are_an_hour_earlier_in_utc() -> None:
    assert hours(date(2026, 7, 15), "09:00", "17:00", LONDON) == ("08:00", "16:00")


def test_zones_may_be_half_an_hour_off_the_hour() -> None:
    assert hours(date(2026, 1, 15), "09:00", "17:00", ST_JOHNS) == ("12:30", "20:30")


@pytest.mark.parametrize(
    ("day", "opens", "closes", "in_utc"),
    [
        pytest.param(
            LONDON_SPRING, "09:00", "17:00", ("08:00", "16:00"), id="the-working-day-is-as-long-as-ever"
        ),
        pytest.param(
            LONDON_SPRING, "00:30", "03:00", ("00:30", "02:00"), id="hours-across-the-gap-are-shorter"
        ),
        pytest.param(
            LONDON_SPRING, "01:30", "03:00", ("01:00", "02:00"), id="opening-in-the-gap-opens-at-the-jump"
        ),
        pytest.param(
            LONDON_SPRING, "00:00", "01:30", ("00:00", "01:00"), id="closing-in-the-gap-closes-at-the-jump"
        ),
        pytest.param(LONDON_SPRING, "01:00", "03:00", ("01:00", "02:00"), id="opening-as-the-gap-begins"),
        pytest.param(LONDON_SPRING, "00:00", "02:00", ("00:00", "01:00"), id="closing-as-the-gap-ends"),
        pytest.param(
            LONDON_SPRING, "01:10", "01:50", ("01:00", "01:00"), id="hours-wholly-in-the-gap-are-empty"
        ),
        pytest.param(LONDON_AUTUMN, "09:00", "17:00", ("09:00", "17:00"), id="and-so-it-is-in-autumn"),
        pytest.param(LONDON_AUTUMN, "00:30", "03:00", ("23:30", "03:00"), id="hours-across-both-are-longer"),
        pytest.param(
            LONDON_AUTUMN, "01:30", "03:00", ("00:30", "03:00"), id="opening-takes-the-first-of-two"
        ),
        pytest.param(
            LONDON_AUTUMN, "00:00", "01:30", ("23:00", "01:30"), id="closing-takes-the-second-of-two"
        ),
        pytest.param(
            LONDON_AUTUMN, "01:15", "01:45", ("00:15", "01:45"), id="within-the-hour-nobody-goes-home"
        ),
        pytest.param(LONDON_AUTUMN, "00:00", "01:00", ("23:00", "00:00"), id="closing-sharp-before-the-two"),
        pytest.param(LONDON_AUTUMN, "02:00", "03:00", ("02:00", "03:00"), id="opening-sharp-after-the-two"),
    ],
)
def test_hours_in_london_on_the_night_of_a_change(
    day: date, opens: str, closes: str, in_utc: tuple[str, str]
) -> None:
    assert hours(day, opens, closes, LONDON) == in_utc


@pytest.mark.parametrize(
    ("day", "opens", "closes", "in_utc"),
    [
        pytest.param(LORD_HOWE_SPRING, "02:10", "03:00", ("15:30", "16:00"), id="opening-in-the-gap"),
        pytest.param(LORD_HOWE_SPRING, "01:00", "02:10", ("14:30", "15:30"), id="closing-in-the-gap"),
        pytest.param(LORD_HOWE_AUTUMN, "01:45", "03:00", ("14:45", "16:30"), id="opening-takes-the-first"),
        pytest.param(LORD_HOWE_AUTUMN, "01:00", "01:45", ("14:00", "15:15"), id="closing-takes-the-second"),
    ],
)
def test_hours_in_lord_howe_where_clocks_are_moved_by_half_an_hour(
    day: date, opens: str, closes: str, in_utc: tuple[str, str]
) -> None:
    assert hours(day, opens, closes, LORD_HOWE) == in_utc


@pytest.mark.parametrize(
    ("zone", "day", "hours_long"),
    [
        pytest.param(LONDON, date(2026, 6, 17), 24, id="ordinary"),
        pytest.param(LONDON, LONDON_SPRING, 23, id="london-spring"),
        pytest.param(LONDON, LONDON_AUTUMN, 25, id="london-autumn"),
        pytest.param(LORD_HOWE, LORD_HOWE_SPRING, 23.5, id="lord-howe-spring"),
        pytest.param(LORD_HOWE, LORD_HOWE_AUTUMN, 24.5, id="lord-howe-autumn"),
        pytest.param(CAIRO, date(2026, 4, 24), 23, id="midnight-does-not-exist"),
        pytest.param(CAIRO, date(2026, 10, 29), 25, id="the-hour-before-midnight-happens-twice"),
        pytest.param(APIA, date(2011, 12, 30), 0, id="the-day-that-never-was"),
    ],
)
def test_a_day_lasts_as_long_as_its_clock_says(zone: ZoneInfo, day: date, hours_long: float) -> None:
    [local_day] = local_days(zone, day, 1)
    assert local_day.end - local_day.start == hours_long * 60


def test_each_day_begins_when_the_one_before_ends() -> None:
    days = local_days(CAIRO, date(2026, 1, 1), 365)
    assert [day.end for day in days[:-1]] == [day.start for day in days[1:]]


def test_hours_of_an_ordinary_day_are_counted_from_midnight() -> None:
    [day] = local_days(LONDON, date(2026, 7, 15), 1)
    assert day.span(time(9), time(17)) == (day.start + 540, day.start + 1020)


def test_hours_on_the_day_of_a_change_are_by_the_clock() -> None:
    [day] = local_days(LONDON, LONDON_SPRING, 1)
    assert day.span(time(9), time(17)) == (day.start + 480, day.start + 960)


def test_a_minute_belongs_to_the_date_the_clock_shows() -> None:
    late = minute_of(datetime(2026, 7, 15, 23, 30, tzinfo=UTC))
    assert (local_date(late, LONDON), local_date(late, ZoneInfo("UTC"))) == (
        date(2026, 7, 16),
        date(2026, 7, 15),
    )


nights = st.sampled_from(
    [
        *((LONDON, day) for day in (LONDON_SPRING, LONDON_AUTUMN)),
        *((ST_JOHNS, day) for day in (date(2026, 3, 8), date(2026, 11, 1))),
        *((LORD_HOWE, day) for day in (LORD_HOWE_SPRING, LORD_HOWE_AUTUMN)),
        *((CAIRO, day) for day in (date(2026, 4, 24), date(2026, 10, 29))),
    ]
)
moments = st.lists(st.integers(0, 1439), min_size=2, max_size=2, unique=True).map(sorted)


@settings(deadline=None)
@given(night=nights, moments=moments)
def test_hours_run_from_the_first_to_the_last_minute_the_clock_shows_them(
    night: tuple[ZoneInfo, date], moments: list[int]
) -> None:
    zone, day = night
    midnight = datetime.combine(day, time.min)
    opens, closes = (midnight + timedelta(minutes=moment) for moment in moments)
    shown = [minute for minute, reading in clock_around(day, zone) if opens <= reading < closes]
    start, end = wall_span(opens, closes, zone)
    assert (start, end) == (shown[0], shown[-1] + 1) if shown else start >= end
