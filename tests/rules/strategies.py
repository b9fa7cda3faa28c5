"""Clinics made up by Hypothesis: small, crowded, and awake on the nights when clocks are moved."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from booking.rules.availability import Visit
from booking.rules.clinic import Busy, Person, Room
from booking.rules.day_masks import Period
from booking.rules.open_times import Terms
from booking.rules.wall_clock import local_days
from booking.rules.working_hours import ChangedHours, WeeklyHours
from tests.rules.oracle import Question

LONDON = ZoneInfo("Europe/London")
ST_JOHNS = ZoneInfo("America/St_Johns")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")

# The date on which each clock is moved, and an ordinary one.
CLOCK_CHANGES = {
    LONDON: [date(2026, 3, 29), date(2026, 10, 25)],
    ST_JOHNS: [date(2026, 3, 8), date(2026, 11, 1)],
    LORD_HOWE: [date(2026, 4, 5), date(2026, 10, 4)],
}
ORDINARY_DAY = date(2026, 6, 17)

LOCATIONS = [MILL_LANE, HARBOUR] = [10, 20]
PEOPLE = [AOIFE, BEN] = [1, 2]

clock_minutes = st.integers(0, 287).map(lambda cell: time(cell * 5 // 60, cell * 5 % 60))
night_minutes = st.integers(0, 47).map(lambda cell: time(cell * 5 // 60, cell * 5 % 60))


@st.composite
def opening_hours(draw: st.DrawFn) -> tuple[time, time]:
    """Often in the small hours, where clocks are moved; otherwise anywhere in the day."""
    if draw(st.integers(0, 3)) == 0:
        return time(0, 0), time(23, 55)
    moments = draw(st.sampled_from([night_minutes, clock_minutes]))
    opens, closes = sorted(draw(st.lists(moments, min_size=2, max_size=2, unique=True)))
    return opens, closes


@st.composite
def spans_around(draw: st.DrawFn, first: int, last: int) -> list[tuple[int, int]]:
    starts = draw(st.lists(st.integers(first // 5, last // 5), max_size=6))
    return [(start * 5, start * 5 + draw(st.integers(1, 30)) * 5) for start in starts]


def some_dates(first_day: date, last_day: date) -> st.SearchStrategy[date]:
    return st.dates(first_day - timedelta(days=1), last_day + timedelta(days=1))


@st.composite
def periods(draw: st.DrawFn, first_day: date, last_day: date) -> list[Period]:
    ends = st.one_of(st.none(), some_dates(first_day, last_day))
    return [Period(*pair) for pair in draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=2))]


def closures(first_day: date, last_day: date) -> st.SearchStrategy[list[Period]]:
    return st.one_of(
        st.just([]), st.just([]), some_dates(first_day, last_day).map(lambda day: [Period(day, day)])
    )


@st.composite
def questions(draw: st.DrawFn) -> Question:
    zone = draw(st.sampled_from(list(CLOCK_CHANGES)))
    first_day = draw(st.sampled_from([*CLOCK_CHANGES[zone], ORDINARY_DAY]))
    last_day = first_day + timedelta(days=draw(st.integers(0, 1)))
    other_zone = draw(st.sampled_from([zone, zone, LONDON]))
    zones = dict(zip(LOCATIONS[: draw(st.integers(1, 2))], [zone, other_zone], strict=False))
    days = local_days(zone, first_day, 2)
    first_minute, last_minute = days[0].start - 600, days[1].end + 600
    return Question(
        zones=zones,
        closed={place: draw(closures(first_day, last_day)) for place in zones},
        people=[
            draw(people(key, list(zones), first_day, last_day, first_minute, last_minute)) for key in PEOPLE
        ],
        rooms=[
            Room(
                key=number,
                location=draw(st.sampled_from(LOCATIONS)),
                kind=draw(st.sampled_from(["treatment", "treatment", "gym"])),
            )
            for number in range(draw(st.integers(1, 3)))
        ],
        busy=draw(st.lists(busy(first_minute, last_minute), max_size=4)),
        travel=draw(
            st.dictionaries(
                st.sampled_from([tuple(LOCATIONS), tuple(reversed(LOCATIONS))]),
                st.integers(0, 90),
                max_size=2,
            )
        ),
        terms=draw(terms(first_day, last_day)),
        first_day=first_day,
        last_day=last_day,
        now=draw(st.one_of(st.just(first_minute - 3_000), st.integers(first_minute, last_minute))),
    )


@st.composite
def people(
    draw: st.DrawFn, key: int, locations: list[int], first_day: date, last_day: date, first: int, last: int
) -> Person:
    dates = some_dates(first_day, last_day)
    weekly = [
        WeeklyHours(
            draw(st.sampled_from(locations)),
            (first_day + timedelta(days=draw(st.integers(0, 1)))).weekday(),
            *draw(opening_hours()),
            draw(st.one_of(st.none(), st.none(), dates)),
            draw(st.one_of(st.none(), st.none(), dates)),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    changes = {
        day: [
            ChangedHours(draw(st.sampled_from(locations)), *draw(opening_hours()))
            for _ in range(draw(st.integers(0, 2)))
        ]
        for day in draw(st.lists(dates, max_size=1))
    }
    return Person(
        key=key,
        weekly=weekly,
        changes=changes,
        away=draw(spans_around(first, last)) if draw(st.booleans()) else (),
    )


@st.composite
def busy(draw: st.DrawFn, first: int, last: int) -> Busy:
    """Visits of one of the two, or of somebody else who needs a room."""
    return Busy(
        practitioner=draw(st.sampled_from([*PEOPLE, 3])),
        location=draw(st.sampled_from(LOCATIONS)),
        room=draw(st.sampled_from([0, 0, 1, 2, None])),
        spans=draw(spans_around(first, last)),
    )


@st.composite
def terms(draw: st.DrawFn, first_day: date, last_day: date) -> Terms:
    dates = some_dates(first_day, last_day)
    return Terms(
        visit=Visit(draw(st.integers(1, 18)) * 5, draw(st.sampled_from([0, 0, 5, 10, 35]))),
        practitioners=draw(st.sampled_from([PEOPLE, PEOPLE[:1]])),
        start_every=draw(st.sampled_from([5, 10, 15, 15, 20, 25, 30, 60])),
        notice=draw(st.sampled_from([0, 0, 60, 1440])),
        horizon_days=draw(st.sampled_from([90, 90, 1, 0])),
        room_kind=draw(st.sampled_from([None, None, "treatment"])),
        credentials=draw(
            st.one_of(
                st.none(), st.none(), st.dictionaries(st.sampled_from(PEOPLE), periods(first_day, last_day))
            )
        ),
        full_days=draw(st.dictionaries(st.sampled_from(PEOPLE), st.sets(dates, max_size=1), max_size=1)),
    )
