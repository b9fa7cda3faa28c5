"""When somebody works. The week under test begins on Monday 15 June 2026, in London, an hour ahead of UTC."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.rules.working_hours import ChangedHours, WeeklyHours, working_windows

MILL_LANE, HARBOUR = 10, 20

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 6, day) for day in (15, 16, 17))
NOBODY_CHANGES: dict[date, Sequence[ChangedHours]] = {}


def weekly(weekday: int, opens: str, closes: str, *, at: int = MILL_LANE, **valid: date) -> WeeklyHours:
    return WeeklyHours(at, weekday, time.fromisoformat(opens), time.fromisoformat(closes), **valid)


def changed(opens: str, closes: str, *, at: int = MILL_LANE) -> ChangedHours:
    return ChangedHours(at, time.fromisoformat(opens), time.fromisoformat(closes))


def windows(
    *hours: WeeklyHours,
    changes: Mapping[date, Sequence[ChangedHours]] = NOBODY_CHANGES,
    locations: Sequence[int] = (MILL_LANE,),
) -> dict[int, list[str]]:
    """The windows of the week at each location, as a person would write them."""
    london = ZoneInfo("Europe/London")
    days = dict.fromkeys(locations, local_days(london, MONDAY, 7))
    found = working_windows(weekly=hours, changes=changes, days=days)
    return {
        location: [
            f"{instant_of(start).astimezone(london):%a %H:%M}–{instant_of(end).astimezone(london):%H:%M}"
            for start, end in sorted(spans)
        ]
        for location, spans in found.items()
    }


def test_weekly_hours_come_on_their_weekday() -> None:
    assert windows(weekly(0, "09:00", "17:00"), weekly(2, "12:00", "19:00")) == {
        MILL_LANE: ["Mon 09:00–17:00", "Wed 12:00–19:00"]
    }


def test_a_day_may_have_several_spans() -> None:
    assert windows(weekly(0, "14:00", "17:00"), weekly(0, "09:00", "12:00")) == {
        MILL_LANE: ["Mon 09:00–12:00", "Mon 14:00–17:00"]
    }


def test_hours_hold_from_their_first_day() -> None:
    hours = [weekly(day, "09:00", "17:00", valid_from=TUESDAY) for day in (0, 1, 2)]
    assert windows(*hours) == {MILL_LANE: ["Tue 09:00–17:00", "Wed 09:00–17:00"]}


def test_hours_hold_through_their_last_day() -> None:
    hours = [weekly(day, "09:00", "17:00", valid_until=TUESDAY) for day in (0, 1, 2)]
    assert windows(*hours) == {MILL_LANE: ["Mon 09:00–17:00", "Tue 09:00–17:00"]}


def test_a_single_day_change_replaces_the_weekly_hours_of_that_date() -> None:
    hours = [weekly(day, "09:00", "17:00") for day in (0, 1)]
    assert windows(*hours, changes={MONDAY: [changed("10:00", "11:00"), changed("13:00", "14:00")]}) == {
        MILL_LANE: ["Mon 10:00–11:00", "Mon 13:00–14:00", "Tue 09:00–17:00"]
    }


def test_a_change_without_hours_is_a_day_off() -> None:
    assert windows(weekly(0, "09:00", "17:00"), changes={MONDAY: []}) == {MILL_LANE: []}


def test_a_change_may_add_a_day() -> None:
    assert windows(changes={WEDNESDAY: [changed("09:00", "12:00")]}) == {MILL_LANE: ["Wed 09:00–12:00"]}


def test_each_location_has_its_own_hours() -> None:
    assert windows(
        weekly(0, "09:00", "12:00"),
        weekly(0, "14:00", "17:00", at=HARBOUR),
        locations=(MILL_LANE, HARBOUR),
    ) == {MILL_LANE: ["Mon 09:00–12:00"], HARBOUR: ["Mon 14:00–17:00"]}


def test_a_change_at_one_location_replaces_the_hours_at_every_other() -> None:
    assert windows(
        weekly(0, "09:00", "17:00"),
        changes={MONDAY: [changed("10:00", "14:00", at=HARBOUR)]},
        locations=(MILL_LANE, HARBOUR),
    ) == {MILL_LANE: [], HARBOUR: ["Mon 10:00–14:00"]}


def test_hours_at_a_place_that_was_not_asked_about_are_passed_over() -> None:
    assert windows(weekly(0, "09:00", "17:00", at=HARBOUR)) == {MILL_LANE: []}
