"""What an answer of the next day calls for, cell by cell."""

from itertools import product

import pytest

from booking.rules.after_check import Outcome, graver, outcome_of

SORENESS = ["", "none", "mild", "strong", "severe"]


@pytest.mark.parametrize(("pain", "soreness"), list(product([None, 0, 7, 8, 10], SORENESS)))
@pytest.mark.parametrize(("breathless", "chest"), [(True, False), (False, True), (True, True)])
def test_breathless_or_chest_pain_is_an_emergency_whatever_else(
    breathless: bool, chest: bool, pain: int | None, soreness: str
) -> None:
    outcome = outcome_of(is_breathless=breathless, has_chest_pain=chest, pain=pain, soreness=soreness)
    assert outcome == Outcome.EMERGENCY


@pytest.mark.parametrize(("pain", "soreness"), list(product([None, *range(11)], SORENESS)))
def test_without_them_strong_pain_or_severe_soreness_is_for_a_call(pain: int | None, soreness: str) -> None:
    wants_call = pain in (8, 9, 10) or soreness == "severe"
    outcome = outcome_of(is_breathless=False, has_chest_pain=False, pain=pain, soreness=soreness)
    assert outcome == (Outcome.CALL_BACK if wants_call else Outcome.WELL)


@pytest.mark.parametrize(("one", "other"), list(product(Outcome, Outcome)))
def test_the_graver_of_two_is_the_same_in_either_order(one: Outcome, other: Outcome) -> None:
    assert graver(one, other) == graver(other, one)
    assert graver(one, Outcome.EMERGENCY) == Outcome.EMERGENCY
    assert graver(one, Outcome.WELL) == one
