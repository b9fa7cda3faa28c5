"""What answers add up to."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.screening import GRAVITY, IS_RED, Advice, Answer, Question, Visit, outcome, permits

QUESTIONS = st.lists(
    st.builds(Question, code=st.uuids().map(str), advice=st.sampled_from(list(Advice))),
    min_size=1,
    max_size=12,
    unique_by=lambda question: question.code,
)
ANSWERED = QUESTIONS.flatmap(
    lambda questions: st.tuples(
        st.just(questions),
        st.fixed_dictionaries({question.code: st.sampled_from(list(Answer)) for question in questions}),
    )
)


def gravity(advice: str) -> int:
    return GRAVITY[advice] if advice else 0


@given(QUESTIONS)
def test_no_to_everything_is_clear(questions: list[Question]) -> None:
    found = outcome(questions, {question.code: "no" for question in questions})
    assert (found.colour, found.advice, list(found.counted)) == ("green", "", [])


@pytest.mark.parametrize("said", ["yes", "unsure"])
@given(answered=ANSWERED, which=st.integers(0, 99))
def test_turning_a_no_into_something_else_never_makes_it_milder(
    said: str, answered: tuple[list[Question], dict[str, str]], which: int
) -> None:
    questions, answers = answered
    changed = questions[which % len(questions)].code
    before = outcome(questions, {**answers, changed: "no"})
    after = outcome(questions, {**answers, changed: said})
    assert gravity(after.advice) >= gravity(before.advice)


@given(ANSWERED, st.randoms())
def test_the_order_of_the_questions_changes_nothing(
    answered: tuple[list[Question], dict[str, str]], randomness: object
) -> None:
    questions, answers = answered
    shuffled = questions[:]
    randomness.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = outcome(questions, answers), outcome(shuffled, answers)
    assert (one.colour, one.advice, set(one.counted)) == (other.colour, other.advice, set(other.counted))


@given(ANSWERED)
def test_the_colour_follows_from_the_advice(answered: tuple[list[Question], dict[str, str]]) -> None:
    found = outcome(*answered)
    expected = "green" if not found.advice else "red" if found.advice in IS_RED else "amber"
    assert found.colour == expected


@given(ANSWERED)
def test_what_counted_is_what_was_not_a_no(answered: tuple[list[Question], dict[str, str]]) -> None:
    questions, answers = answered
    assert set(outcome(questions, answers).counted) == {
        code for code, answer in answers.items() if answer != "no"
    }


@pytest.mark.parametrize("advice", list(Advice))
def test_not_being_sure_is_at_least_a_reason_to_examine_first(advice: str) -> None:
    found = outcome([Question(code="q", advice=advice)], {"q": "unsure"})
    assert gravity(found.advice) >= gravity(Advice.ASSESSMENT_FIRST)


def test_not_being_sure_of_something_urgent_counts_like_a_yes() -> None:
    found = outcome([Question(code="q", advice="urgent_care")], {"q": "unsure"})
    assert (found.colour, found.advice) == ("red", "urgent_care")


def test_urgent_care_outweighs_everything() -> None:
    questions = [Question(code=advice, advice=advice) for advice in Advice]
    assert outcome(questions, dict.fromkeys(Advice, "yes")).advice == "urgent_care"


def test_a_question_without_an_answer_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        outcome([Question(code="q", advice="call_us")], {})


def test_an_answer_that_is_none_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="maybe"):
        outcome([Question(code="q", advice="call_us")], {"q": "maybe"})


THE_VISIT = Visit(asks=True)
LONGER = Visit(asks=True, is_longer_visit=True)
ASSESSMENT = Visit(asks=True, is_assessment=True)
FIRST = Visit(asks=True, is_first=True)
OTHER = Visit(asks=False)


@pytest.mark.parametrize(
    ("advice", "open_to"),
    [
        ("", [THE_VISIT, LONGER, ASSESSMENT, FIRST, OTHER]),
        ("longer_visit", [LONGER, ASSESSMENT, FIRST, OTHER]),
        ("assessment_first", [ASSESSMENT, FIRST, OTHER]),
        ("other_treatments", [OTHER]),
        ("call_us", [OTHER]),
        ("urgent_care", []),
    ],
)
def test_what_advice_leaves_open(advice: str, open_to: list[Visit]) -> None:
    visits = [THE_VISIT, LONGER, ASSESSMENT, FIRST, OTHER]
    assert [visit for visit in visits if permits(advice, visit)] == open_to


def test_graver_advice_never_opens_a_visit() -> None:
    visits = [THE_VISIT, LONGER, ASSESSMENT, FIRST, OTHER]
    opened = [{visit for visit in visits if permits(advice, visit)} for advice in ["", *Advice]]
    assert all(graver <= milder for milder, graver in pairwise(opened))
