"""The life of an appointment, step by step."""

import itertools

import pytest

from booking.rules.lifecycle import (
    CORRECTION,
    FORWARD,
    MADE,
    OCCUPIES_TIME,
    NotAllowed,
    Status,
    require_correction,
    require_move,
)


@pytest.mark.parametrize(
    ("current", "wanted"), [(a, b) for a, steps in FORWARD.items() for b in sorted(steps)]
)
def test_every_step_of_the_table_is_taken(current: Status, wanted: Status) -> None:
    require_move(current=current, wanted=wanted)


@pytest.mark.parametrize(
    ("current", "wanted"),
    [(a, b) for a, b in itertools.product(Status, Status) if b not in FORWARD[a]],
)
def test_every_other_step_is_refused(current: Status, wanted: Status) -> None:
    with pytest.raises(NotAllowed):
        require_move(current=current, wanted=wanted)


def test_what_is_cancelled_stays_cancelled() -> None:
    assert not FORWARD[Status.CANCELLED]


def test_a_correction_goes_back_just_one_step() -> None:
    require_correction(current=Status.COMPLETED, wanted=Status.IN_ROOM)
    with pytest.raises(NotAllowed):
        require_correction(current=Status.COMPLETED, wanted=Status.CONFIRMED)


def test_a_correction_undoes_a_step_that_the_table_knows() -> None:
    assert all(later in FORWARD[earlier] for later, earlier in CORRECTION.items())


def test_a_refusal_names_both_statuses() -> None:
    with pytest.raises(NotAllowed, match="cancelled cannot become confirmed"):
        require_move(current=Status.CANCELLED, wanted=Status.CONFIRMED)


def test_a_lapsed_hold_and_a_cancelled_visit_leave_their_time_free() -> None:
    assert set(Status) - OCCUPIES_TIME == {Status.CANCELLED, Status.LAPSED}


def test_a_hold_that_came_to_nothing_is_not_among_a_persons_visits() -> None:
    assert Status.LAPSED not in MADE
    assert Status.HELD not in MADE
