"""How many visits of a plan may be booked, and when somebody has to look again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from booking.rules.care_plan import PlanVisit, Progress, progress_of

DONE, COMING = PlanVisit(is_done=True), PlanVisit(is_done=False)
REASSESSED = replace(DONE, is_reassessment=True)


def plan(*made: PlanVisit, visits: int = 6, reassess_after: int = 3) -> Progress:
    return progress_of(visits=visits, reassess_after=reassess_after, made=made)


def test_a_new_plan_opens_its_first_stretch() -> None:
    assert plan().may_be_booked == 3


def test_what_is_booked_counts() -> None:
    assert plan(DONE, COMING).may_be_booked == 1


def test_nothing_can_be_booked_beyond_the_gate() -> None:
    assert plan(COMING, COMING, COMING).may_be_booked == 0


def test_a_reassessment_is_not_due_before_the_visits_took_place() -> None:
    assert not plan(DONE, DONE, COMING).reassessment_is_due


def test_a_reassessment_is_due_when_they_have() -> None:
    assert plan(DONE, DONE, DONE).reassessment_is_due


def test_a_reassessment_opens_the_next_stretch() -> None:
    after = plan(DONE, DONE, REASSESSED)
    assert (after.may_be_booked, after.reassessment_is_due) == (3, False)


def test_an_early_one_counts_from_the_visit_at_which_it_was_made() -> None:
    assert plan(DONE, REASSESSED, visits=9).gate == 5


def test_only_the_latest_counts() -> None:
    assert plan(REASSESSED, DONE, REASSESSED, visits=9).gate == 6


def test_a_reassessment_that_has_not_taken_place_opens_nothing() -> None:
    assert plan(DONE, DONE, replace(COMING, is_reassessment=True)).gate == 3


def test_the_last_stretch_ends_with_the_plan() -> None:
    assert plan(DONE, DONE, REASSESSED, visits=5).may_be_booked == 2


def test_after_the_last_visit_no_reassessment_is_due() -> None:
    assert not plan(*[DONE] * 3, visits=3).reassessment_is_due


def test_a_plan_without_a_gate_can_be_booked_at_once() -> None:
    whole = plan(visits=4, reassess_after=4)
    assert (whole.may_be_booked, whole.has_gate) == (4, False)


VISITS = st.builds(PlanVisit, is_done=st.booleans(), is_reassessment=st.booleans())
SIZES = st.integers(1, 20).flatmap(lambda visits: st.tuples(st.just(visits), st.integers(1, visits)))


@given(sizes=SIZES, made=st.lists(VISITS, max_size=25))
def test_never_more_than_the_plan(sizes: tuple[int, int], made: list[PlanVisit]) -> None:
    visits, reassess_after = sizes
    found = progress_of(visits=visits, reassess_after=reassess_after, made=made)
    assert 0 <= found.may_be_booked <= max(0, visits - len(made))
    assert found.may_be_booked <= reassess_after


@given(sizes=SIZES, made=st.lists(VISITS, max_size=25))
def test_every_visit_is_done_booked_to_book_or_behind_the_gate(
    sizes: tuple[int, int], made: list[PlanVisit]
) -> None:
    visits, reassess_after = sizes
    found = progress_of(visits=visits, reassess_after=reassess_after, made=made)
    counted = found.done + found.booked + found.may_be_booked + found.to_book_later
    assert counted == max(visits, len(made))


@given(sizes=SIZES)
def test_whoever_books_and_reassesses_whenever_it_is_due_comes_to_the_end(sizes: tuple[int, int]) -> None:
    visits, reassess_after = sizes
    made: list[PlanVisit] = []
    for _ in range(visits * 2):
        found = progress_of(visits=visits, reassess_after=reassess_after, made=made)
        if found.may_be_booked:
            made += [DONE] * found.may_be_booked
        elif found.reassessment_is_due:
            made[-1] = REASSESSED
    assert len(made) == visits


@given(sizes=SIZES, made=st.lists(VISITS, max_size=25))
def test_booking_one_leaves_one_less(sizes: tuple[int, int], made: list[PlanVisit]) -> None:
    visits, reassess_after = sizes
    before = progress_of(visits=visits, reassess_after=reassess_after, made=made)
    after = progress_of(visits=visits, reassess_after=reassess_after, made=[*made, COMING])
    assert after.may_be_booked == max(0, before.may_be_booked - 1)
