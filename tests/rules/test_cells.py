"""Drawing on a row of cells. In these tests a mask is written the way time runs: '··11' is taken late."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.rules.cells import ALWAYS, NEVER, Horizon, cells_for, earliest, reaching, unbroken, widened

HORIZON = Horizon(first=600, length=12)  # 10:00 to 11:00


def mask(drawn: str) -> int:
    return sum(1 << cell for cell, mark in enumerate(drawn) if mark == "1")


def drawing(bits: int, length: int = 12) -> str:
    return "".join("1" if bits >> cell & 1 else "·" for cell in range(length))


@pytest.mark.parametrize(("minutes", "cells"), [(0, 0), (1, 1), (5, 1), (6, 2), (45, 9)])
def test_a_begun_cell_counts_as_whole(minutes: int, cells: int) -> None:
    assert cells_for(minutes) == cells


def test_a_horizon_begins_with_a_whole_cell() -> None:
    assert Horizon.covering(603, 658) == HORIZON


def test_a_span_is_drawn_from_its_start_up_to_its_end() -> None:
    assert drawing(HORIZON.inside([(610, 625)])) == "··111·······"


def test_overlapping_spans_are_drawn_once() -> None:
    assert drawing(HORIZON.inside([(610, 625), (615, 630)])) == "··1111······"


def test_what_is_open_only_in_part_is_not_open() -> None:
    assert drawing(HORIZON.inside([(611, 624)])) == "···1········"


def test_what_is_taken_only_in_part_is_taken() -> None:
    assert drawing(HORIZON.touched([(611, 621)])) == "··111·······"


def test_a_span_that_began_before_the_horizon_is_cut() -> None:
    assert drawing(HORIZON.inside([(0, 610)])) == "11··········"


def test_a_span_that_ends_after_the_horizon_is_cut() -> None:
    assert HORIZON.inside([(650, 9999)]) == mask("··········11")


@pytest.mark.parametrize("span", [(0, 600), (660, 700), (620, 620), (630, 620)])
def test_a_span_outside_the_horizon_or_empty_draws_nothing(span: tuple[int, int]) -> None:
    assert HORIZON.touched([span]) == NEVER


def test_cells_are_read_as_the_minutes_at_which_they_begin() -> None:
    assert HORIZON.minutes(mask("1··1·······1")) == [600, 615, 655]


def test_what_lies_beyond_the_horizon_is_not_read() -> None:
    assert HORIZON.minutes(ALWAYS) == list(range(600, 660, 5))


def test_nothing_is_read_from_an_empty_mask() -> None:
    assert HORIZON.minutes(NEVER) == []


@pytest.mark.parametrize(
    ("minute", "expected"), [(610, True), (605, False), (611, False), (595, False), (660, False)]
)
def test_a_cell_is_asked_for_by_the_very_minute_it_begins(minute: int, expected: bool) -> None:
    assert HORIZON.has(mask("··1"), minute) is expected


@pytest.mark.parametrize(("drawn", "first"), [("··1·11", "··1"), ("1", "1"), ("", "")])
def test_the_earliest_cell_stands_alone(drawn: str, first: str) -> None:
    assert earliest(mask(drawn)) == mask(first)


@pytest.mark.parametrize(
    ("length", "expected"),
    [(1, "1111·11·····"), (2, "111··1······"), (3, "11··········"), (4, "1···········"), (5, "············")],
)
def test_unbroken_finds_where_a_run_can_begin(length: int, expected: str) -> None:
    assert drawing(unbroken(mask("1111·11"), length)) == expected


def test_reaching_finds_where_a_stretch_would_run_into_something() -> None:
    assert drawing(reaching(mask("····11"), 3)) == "··1111······"


def test_a_stretch_may_run_past_the_horizon_into_nothing() -> None:
    assert drawing(~reaching(NEVER, 5)) == "1" * 12


def test_widened_adds_cells_before_and_after() -> None:
    assert drawing(widened(mask("···11"), before=2, after=1)) == "·11111······"


def test_widened_loses_what_would_lie_before_the_first_cell() -> None:
    assert drawing(widened(mask("1"), before=2, after=1)) == "11··········"


@settings(deadline=None)
@given(bits=st.integers(0, 2**40 - 1), length=st.integers(1, 40))
def test_unbroken_is_the_same_as_looking_at_every_cell(bits: int, length: int) -> None:
    by_hand = {start for start in range(40) if all(bits >> start + step & 1 for step in range(length))}
    assert {cell for cell in range(40) if unbroken(bits, length) >> cell & 1} == by_hand


@settings(deadline=None)
@given(bits=st.integers(0, 2**40 - 1), before=st.integers(0, 9), after=st.integers(0, 9))
def test_widened_is_the_same_as_looking_at_every_cell(bits: int, before: int, after: int) -> None:
    by_hand = {
        cell
        for cell in range(50)
        if any(bits >> other & 1 for other in range(max(0, cell - after), cell + before + 1))
    }
    assert {cell for cell in range(50) if widened(bits, before=before, after=after) >> cell & 1} == by_hand
