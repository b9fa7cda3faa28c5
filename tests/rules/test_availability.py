"""Where a visit fits between others. Bars are read from 09:00 on, five minutes to a mark."""

import pytest

from booking.rules.availability import (
    Offer,
    Presence,
    Visit,
    nearest,
    possible_starts,
    starts_with_a_free_one,
    taken_as_seen_from,
)
from booking.rules.cells import ALWAYS, NEVER, Horizon

AOIFE, BEN = 1, 2
MILL_LANE, HARBOUR = 10, 20

NINE = 9 * 60
HORIZON = Horizon(first=NINE, length=24)  # 09:00 to 11:00
HALF_AN_HOUR = Visit(duration=30)


def bar(drawn: str) -> int:
    return sum(1 << cell for cell, mark in enumerate(drawn) if mark == "█")


def assert_picture(visit: Visit, picture: str) -> None:
    """The last line shows from which cells the visit may start."""
    rows = dict(line.split() for line in picture.strip().splitlines())
    found = possible_starts(Presence(AOIFE, MILL_LANE, bar(rows["open"]), bar(rows["taken"])), visit)
    assert "".join("█" if found >> cell & 1 else "·" for cell in range(16)) == rows["starts"]


def test_a_visit_fits_from_opening_until_it_would_pass_closing() -> None:
    assert_picture(
        HALF_AN_HOUR,
        """
        open    ··████████████··
        taken   ················
        starts  ··███████·······
        """,
    )


def test_a_visit_may_follow_another_without_a_gap() -> None:
    assert_picture(
        HALF_AN_HOUR,
        """
        open    ████████████████
        taken   ██████··········
        starts  ······█████·····
        """,
    )


def test_a_visit_may_end_as_another_begins() -> None:
    assert_picture(
        HALF_AN_HOUR,
        """
        open    ████████████████
        taken   ········████████
        starts  ███·············
        """,
    )


def test_turnaround_must_be_over_before_the_next_visit() -> None:
    assert_picture(
        Visit(duration=30, turnaround=10),
        """
        open    ████████████████
        taken   ········████████
        starts  █···············
        """,
    )


def test_turnaround_may_run_past_closing() -> None:
    assert_picture(
        Visit(duration=40, turnaround=30),
        """
        open    ████████········
        taken   ················
        starts  █···············
        """,
    )


def test_a_visit_that_is_longer_than_any_gap_fits_nowhere() -> None:
    assert_picture(
        HALF_AN_HOUR,
        """
        open    ████████████████
        taken   ····█·····█·····
        starts  ················
        """,
    )


def test_a_visit_cannot_bridge_a_break() -> None:
    assert_picture(
        Visit(duration=35),
        """
        open    ██████··████████
        taken   ················
        starts  ········██······
        """,
    )


@pytest.mark.parametrize(("duration", "turnaround"), [(0, 0), (-5, 0), (30, -5)])
def test_a_visit_of_no_length_is_refused(duration: int, turnaround: int) -> None:
    with pytest.raises(ValueError, match="visit"):
        Visit(duration, turnaround)


def test_a_visit_elsewhere_is_widened_by_the_way_there_and_the_way_back() -> None:
    busy = {MILL_LANE: bar("█"), HARBOUR: bar("········██")}
    travel = {(MILL_LANE, HARBOUR): 15, (HARBOUR, MILL_LANE): 10}
    assert taken_as_seen_from(MILL_LANE, busy=busy, travel=travel) == bar("█····███████")


def test_at_the_place_of_the_visit_no_travel_is_needed() -> None:
    busy = {HARBOUR: bar("········██")}
    assert taken_as_seen_from(HARBOUR, busy=busy, travel={(MILL_LANE, HARBOUR): 15}) == busy[HARBOUR]


def test_where_only_one_way_is_known_the_other_takes_as_long() -> None:
    busy = {HARBOUR: bar("········██")}
    travel = {(MILL_LANE, HARBOUR): 15}
    assert taken_as_seen_from(MILL_LANE, busy=busy, travel=travel) == bar("·····████████")


def test_nobody_is_in_two_places_at_once_even_where_no_way_is_known() -> None:
    busy = {HARBOUR: bar("········██")}
    assert taken_as_seen_from(MILL_LANE, busy=busy, travel={}) == busy[HARBOUR]


def test_any_free_room_will_do() -> None:
    rooms = [bar("████████████"), bar("······██████")]
    assert HORIZON.minutes(starts_with_a_free_one(rooms, HALF_AN_HOUR))[0] == NINE


def test_nobody_is_moved_to_another_room_half_way() -> None:
    """One of the two is free at any moment, but neither for long enough."""
    rooms = [bar("███···███···" + "█" * 12), bar("···███···███" + "█" * 12)]
    assert HORIZON.minutes(starts_with_a_free_one(rooms, HALF_AN_HOUR)) == []


def test_a_room_must_be_free_for_the_turnaround_too() -> None:
    room = bar("██████······" + "█" * 12)
    assert starts_with_a_free_one([room], Visit(30, turnaround=5)) & HORIZON.whole == NEVER


def test_without_rooms_there_is_never_a_free_one() -> None:
    assert starts_with_a_free_one([], HALF_AN_HOUR) == NEVER


def test_a_room_nobody_has_booked_is_always_free() -> None:
    assert starts_with_a_free_one([NEVER], HALF_AN_HOUR) == ALWAYS


OFFER = Offer(
    HORIZON,
    {
        (AOIFE, MILL_LANE): bar("█··█"),
        (BEN, MILL_LANE): bar("···█··█"),
        (BEN, HARBOUR): bar("█"),
    },
)


def test_with_anyone_is_open_whenever_somebody_is_free() -> None:
    assert HORIZON.minutes(OFFER.with_anyone()) == [NINE, NINE + 15, NINE + 30]


def test_an_offer_knows_who_is_free_and_where() -> None:
    assert OFFER.free_at(NINE) == [(AOIFE, MILL_LANE), (BEN, HARBOUR)]


def test_an_offer_of_nobody_is_empty() -> None:
    assert Offer(HORIZON, {}).with_anyone() == NEVER


def test_the_nearest_times_come_in_the_order_of_the_day() -> None:
    free = [NINE, NINE + 90, NINE + 120, NINE + 195, NINE + 300]
    assert nearest(free, NINE + 150, count=2) == [NINE + 120, NINE + 195]


def test_of_two_times_as_near_the_earlier_is_offered() -> None:
    assert nearest([NINE + 60, NINE], NINE + 30, count=1) == [NINE]


def test_fewer_times_are_offered_when_there_are_no_more() -> None:
    assert nearest([NINE], NINE + 30, count=3) == [NINE]
