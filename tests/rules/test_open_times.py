"""What a service asks for, one condition at a time. It is June in London, an hour ahead of UTC."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from booking.rules.availability import Visit
from booking.rules.clinic import Busy, Calendar, DrawnClinic, Person, Room, draw
from booking.rules.day_masks import Period
from booking.rules.open_times import Terms, open_times
from booking.rules.spans import Span, instant_of, minute_of
from booking.rules.working_hours import WeeklyHours

AOIFE, BEN = 1, 2
MILL_LANE, HARBOUR = 10, 20

LONDON = ZoneInfo("Europe/London")
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 6, day) for day in (15, 16, 17))
SUNDAY_NOON = datetime(2026, 6, 14, 11, tzinfo=UTC)
EVERY_HOUR = Terms(visit=Visit(60), practitioners={AOIFE, BEN}, start_every=60, notice=0, horizon_days=90)


def moment(day: date, clock: str) -> int:
    return minute_of(datetime.combine(day, time.fromisoformat(clock), LONDON))


def span(day: date, opens: str, closes: str) -> Span:
    return moment(day, opens), moment(day, closes)


def mornings(at: int = MILL_LANE) -> list[WeeklyHours]:
    """09:00 to 12:00 on Monday, Tuesday and Wednesday."""
    return [WeeklyHours(at, weekday, time(9), time(12)) for weekday in (0, 1, 2)]


def clinic(
    *people: Person,
    closed: Mapping[int, Sequence[Period]] | None = None,
    rooms: Sequence[Room] = (),
    busy: Sequence[Busy] = (),
    travel: Mapping[tuple[int, int], int] | None = None,
) -> DrawnClinic:
    calendar = Calendar.covering(MONDAY, WEDNESDAY, zones={MILL_LANE: LONDON, HARBOUR: LONDON})
    return draw(
        calendar,
        closed=closed or {},
        people=people or [Person(key=AOIFE, weekly=mornings())],
        rooms=rooms,
        busy=busy,
        travel=travel or {},
    )


def visit(
    day: date, opens: str, closes: str, *, who: int = AOIFE, at: int = MILL_LANE, room: int | None = None
) -> Busy:
    return Busy(practitioner=who, location=at, room=room, spans=[span(day, opens, closes)])


def times(
    drawn: DrawnClinic,
    *,
    first_day: date = MONDAY,
    last_day: date = MONDAY,
    now: datetime = SUNDAY_NOON,
    **conditions: Any,
) -> list[str]:
    """When a visit may start with anyone, as the clock in London shows it."""
    terms = replace(EVERY_HOUR, **conditions)
    offer = open_times(drawn, terms, first_day=first_day, last_day=last_day, now=minute_of(now))
    found = drawn.calendar.horizon.minutes(offer.with_anyone())
    pattern = "%H:%M" if first_day == last_day else "%a %H:%M"
    return [f"{instant_of(minute).astimezone(LONDON):{pattern}}" for minute in found]


def test_an_empty_morning_is_open_on_every_step_of_the_grid() -> None:
    assert times(clinic(), start_every=30) == ["09:00", "09:30", "10:00", "10:30", "11:00"]


def test_only_the_days_asked_for_are_answered() -> None:
    assert times(clinic(), first_day=TUESDAY, last_day=WEDNESDAY, visit=Visit(180)) == [
        "Tue 09:00",
        "Wed 09:00",
    ]


def test_a_visit_takes_its_time_away() -> None:
    assert times(clinic(busy=[visit(MONDAY, "10:00", "11:00")])) == ["09:00", "11:00"]


def test_leave_takes_its_time_away() -> None:
    aoife = Person(key=AOIFE, weekly=mornings(), away=[span(MONDAY, "08:00", "10:00")])
    assert times(clinic(aoife)) == ["10:00", "11:00"]


def test_turnaround_may_run_into_leave() -> None:
    aoife = Person(key=AOIFE, weekly=mornings(), away=[span(MONDAY, "10:00", "12:00")])
    assert times(clinic(aoife), visit=Visit(60, turnaround=15)) == ["09:00"]


def test_a_closed_place_offers_nothing_that_day() -> None:
    closed = {MILL_LANE: [Period(MONDAY, TUESDAY)]}
    drawn = clinic(closed=closed)
    assert times(drawn, last_day=WEDNESDAY, visit=Visit(180)) == ["Wed 09:00"]


def test_another_place_stays_open() -> None:
    ben = Person(key=BEN, weekly=mornings(HARBOUR))
    assert times(clinic(ben, closed={MILL_LANE: [Period(MONDAY, MONDAY)]})) == ["09:00", "10:00", "11:00"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("08:00", ["09:00", "10:00", "11:00"], id="just-early-enough"),
        pytest.param("08:01", ["10:00", "11:00"], id="a-minute-too-late"),
        pytest.param("10:30", [], id="too-late-for-the-day"),
    ],
)
def test_nothing_is_offered_at_shorter_notice(now: str, expected: list[str]) -> None:
    assert times(clinic(), now=instant_of(moment(MONDAY, now)), notice=60) == expected


def test_the_last_bookable_day_is_counted_from_today() -> None:
    """It is Sunday, and two days ahead are offered."""
    assert times(clinic(), last_day=WEDNESDAY, visit=Visit(180), horizon_days=2) == ["Mon 09:00", "Tue 09:00"]


def test_today_is_the_date_at_the_place() -> None:
    """At half past eleven in the evening UTC it is Monday in London already, so Tuesday is one day ahead."""
    now = datetime(2026, 6, 14, 23, 30, tzinfo=UTC)
    assert times(clinic(), last_day=WEDNESDAY, visit=Visit(180), horizon_days=1, now=now) == [
        "Mon 09:00",
        "Tue 09:00",
    ]


def test_a_credential_counts_through_its_last_day() -> None:
    credentials = {AOIFE: [Period(date(2024, 1, 1), TUESDAY)]}
    found = times(clinic(), last_day=WEDNESDAY, visit=Visit(180), credentials=credentials)
    assert found == ["Mon 09:00", "Tue 09:00"]


def test_a_credential_counts_from_its_first_day() -> None:
    credentials = {AOIFE: [Period(TUESDAY, None)]}
    found = times(clinic(), last_day=WEDNESDAY, visit=Visit(180), credentials=credentials)
    assert found == ["Tue 09:00", "Wed 09:00"]


def test_without_the_credential_a_practitioner_is_not_offered() -> None:
    assert times(clinic(), credentials={}) == []


def test_a_full_day_is_not_offered() -> None:
    found = times(clinic(), last_day=WEDNESDAY, visit=Visit(180), full_days={AOIFE: [TUESDAY]})
    assert found == ["Mon 09:00", "Wed 09:00"]


def test_the_full_day_of_one_leaves_the_other_free() -> None:
    people = [Person(key=key, weekly=mornings()) for key in (AOIFE, BEN)]
    assert times(clinic(*people), full_days={AOIFE: [MONDAY]}) == ["09:00", "10:00", "11:00"]


def test_whoever_does_not_give_the_service_is_not_offered() -> None:
    assert times(clinic(), practitioners={BEN}) == []


def test_a_visit_needs_a_room_of_its_kind() -> None:
    rooms = [Room(key=1, location=MILL_LANE, kind="gym")]
    assert times(clinic(rooms=rooms), room_kind="treatment") == []


def test_a_room_elsewhere_is_of_no_use() -> None:
    rooms = [Room(key=1, location=HARBOUR, kind="treatment")]
    assert times(clinic(rooms=rooms), room_kind="treatment") == []


def test_the_last_room_is_not_promised_twice() -> None:
    rooms = [Room(key=1, location=MILL_LANE, kind="treatment")]
    busy = [visit(MONDAY, "09:00", "10:00", who=BEN, room=1)]
    assert times(clinic(rooms=rooms, busy=busy), room_kind="treatment") == ["10:00", "11:00"]


def test_travel_from_another_place_is_allowed_for() -> None:
    drawn = clinic(busy=[visit(MONDAY, "08:00", "09:00", at=HARBOUR)], travel={(HARBOUR, MILL_LANE): 30})
    assert times(drawn, start_every=15)[0] == "09:30"


def test_travel_to_another_place_is_allowed_for() -> None:
    drawn = clinic(busy=[visit(MONDAY, "12:00", "13:00", at=HARBOUR)], travel={(MILL_LANE, HARBOUR): 30})
    assert times(drawn, start_every=15)[-1] == "10:30"


def test_a_visit_late_in_the_evening_before_reaches_across_midnight() -> None:
    night = [WeeklyHours(MILL_LANE, 0, time(0), time(3))]
    sunday = MONDAY - timedelta(days=1)
    late = (moment(sunday, "23:30"), moment(MONDAY, "00:45"))
    busy = [Busy(practitioner=AOIFE, location=MILL_LANE, room=None, spans=[late])]
    assert times(clinic(Person(key=AOIFE, weekly=night), busy=busy)) == ["01:00", "02:00"]


def test_the_way_from_a_visit_before_midnight_reaches_across_it() -> None:
    night = [WeeklyHours(MILL_LANE, 0, time(0), time(3))]
    sunday = MONDAY - timedelta(days=1)
    aoife = Person(key=AOIFE, weekly=night)
    busy = [visit(sunday, "22:00", "23:30", at=HARBOUR)]
    drawn = clinic(aoife, busy=busy, travel={(HARBOUR, MILL_LANE): 60})
    assert times(drawn, start_every=15)[0] == "00:30"
