"""What answers given beforehand add up to: a colour, the gravest advice, the visits that leaves open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


class Colour(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Advice(StrEnum):
    """From the mildest to the gravest."""

    LONGER_VISIT = "longer_visit"
    ASSESSMENT_FIRST = "assessment_first"
    OTHER_TREATMENTS = "other_treatments"
    CALL_US = "call_us"
    URGENT_CARE = "urgent_care"


GRAVITY: Mapping[str, int] = {advice: weight for weight, advice in enumerate(Advice, start=1)}
IS_RED = frozenset({Advice.OTHER_TREATMENTS, Advice.CALL_US, Advice.URGENT_CARE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Asked so that no is harmless. `advice` is what follows from a yes."""

    code: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`advice` is empty when the way is clear. `counted` names the questions that led to a word of advice."""

    colour: str
    advice: str
    counted: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a visit is, seen from one form: does it ask it, and is it one of those the form leads to?"""

    asks: bool
    is_longer_visit: bool = False
    is_assessment: bool = False
    is_first: bool = False


def outcome(questions: Iterable[Question], answers: Mapping[str, str]) -> Outcome:
    """Every question must have its answer; the gravest advice is the one that holds."""
    found = {question.code: advice_of(question.advice, answers[question.code]) for question in questions}
    counted = [code for code, advice in found.items() if advice]
    advice = max((found[code] for code in counted), key=lambda one: GRAVITY[one], default="")
    return Outcome(colour=colour_of(advice), advice=advice, counted=counted)


def advice_of(advice: str, answer: str) -> str:
    """What follows from one answer; nothing from a no.

    Who is not sure is examined first. Where a yes would mean urgent care, not being sure means it too.
    """
    match Answer(answer):
        case Answer.NO:
            return ""
        case Answer.YES:
            return Advice(advice)
        case Answer.UNSURE:
            return Advice.URGENT_CARE if advice == Advice.URGENT_CARE else Advice.ASSESSMENT_FIRST


def colour_of(advice: str) -> str:
    if not advice:
        return Colour.GREEN
    return Colour.RED if advice in IS_RED else Colour.AMBER


def permits(advice: str, visit: Visit) -> bool:
    """May this visit be booked on these answers? Urgent care closes them all."""
    if not advice:
        return True
    if advice == Advice.URGENT_CARE:
        return False
    if not visit.asks:
        return True
    if advice == Advice.LONGER_VISIT:
        return visit.is_longer_visit or visit.is_assessment or visit.is_first
    return advice == Advice.ASSESSMENT_FIRST and (visit.is_assessment or visit.is_first)
