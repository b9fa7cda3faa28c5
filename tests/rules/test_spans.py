"""Minutes since 1970, and back."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from booking.rules.spans import instant_of, minute_of, next_minute_from, span_between

NINE = datetime(2026, 6, 17, 9, tzinfo=UTC)


def test_a_minute_is_the_same_instant_in_every_zone() -> None:
    assert minute_of(NINE) == minute_of(NINE.astimezone(ZoneInfo("America/St_Johns")))


def test_a_minute_turns_back_into_its_instant() -> None:
    assert instant_of(minute_of(NINE)) == NINE


def test_an_instant_within_a_minute_belongs_to_it() -> None:
    assert minute_of(NINE.replace(second=59)) == minute_of(NINE)


def test_the_next_minute_from_a_whole_one_is_that_one() -> None:
    assert next_minute_from(NINE) == minute_of(NINE)


def test_the_next_minute_from_within_one_is_the_one_after() -> None:
    assert next_minute_from(NINE.replace(microsecond=1)) == minute_of(NINE) + 1


def test_a_span_covers_every_minute_it_touches() -> None:
    assert span_between(NINE.replace(second=30), NINE.replace(minute=2, second=30)) == (
        minute_of(NINE),
        minute_of(NINE) + 3,
    )


def test_minutes_before_1970_count_backwards() -> None:
    assert minute_of(datetime(1969, 12, 31, 23, 59, 30, tzinfo=UTC)) == -1


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        minute_of(datetime(2026, 6, 17, 9))  # noqa: DTZ001
