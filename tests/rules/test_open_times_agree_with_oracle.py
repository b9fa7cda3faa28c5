"""The integers and the minutes must say the same, whatever the clinic and whatever the night.

A thousand clinics in every run. To look harder: HYPOTHESIS_EXAMPLES=20000 python -m pytest tests/rules
"""

import os

from hypothesis import HealthCheck, event, given, settings

from booking.rules.clinic import Calendar, draw
from booking.rules.open_times import open_times
from tests.rules.oracle import Question, slow_open_times
from tests.rules.strategies import questions


def fast_open_times(question: Question) -> dict[tuple[int, int], list[int]]:
    calendar = Calendar.covering(question.first_day, question.last_day, zones=question.zones)
    clinic = draw(
        calendar,
        closed=question.closed,
        people=question.people,
        rooms=question.rooms,
        busy=question.busy,
        travel=question.travel,
    )
    offer = open_times(
        clinic, question.terms, first_day=question.first_day, last_day=question.last_day, now=question.now
    )
    return {pair: calendar.horizon.minutes(starts) for pair, starts in offer.starts.items()}


@settings(
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "1000")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(questions())
def test_open_times_are_what_a_minute_by_minute_search_finds(question: Question) -> None:
    answer = slow_open_times(question)
    event(f"{'some' if any(answer.values()) else 'no'} times open")
    assert fast_open_times(question) == answer
