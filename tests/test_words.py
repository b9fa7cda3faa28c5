"""How moments and amounts are said."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation
from pytest_django import Settings

from booking.words import (
    clinic_day,
    say_day,
    say_moment,
    say_money,
    say_relative_day,
    say_short_day,
    say_time,
)

SUMMER = datetime(2026, 7, 2, 8, 5, tzinfo=UTC)
WINTER = datetime(2026, 12, 3, 10, 20, tzinfo=UTC)


def test_a_time_is_said_on_the_clinics_clock() -> None:
    assert say_time(SUMMER) == "9:05"


def test_a_browsers_zone_changes_nothing() -> None:
    with timezone.override("Asia/Tokyo"):
        assert say_moment(WINTER) == "Thursday 3 December, 10:20"


def test_an_hour_below_ten_has_no_leading_nought() -> None:
    assert say_time(WINTER.replace(hour=8)) == "8:20"


def test_midnight_is_said_in_full() -> None:
    assert say_time(WINTER.replace(hour=0, minute=0)) == "0:00"


def test_the_day_changes_at_the_clinics_midnight(settings: Settings) -> None:
    settings.CLINIC_TIME_ZONE = "Australia/Sydney"
    assert clinic_day(datetime(2026, 12, 3, 13, 30, tzinfo=UTC)).day == 4


def test_a_short_day_fits_a_small_screen() -> None:
    assert say_short_day(WINTER) == "Thu 3 Dec"


def test_the_year_is_said_where_it_is_asked_for() -> None:
    assert say_day(WINTER, with_year=True) == "Thursday 3 December 2026"


@pytest.mark.parametrize(("day", "said"), [(3, "today"), (2, "tomorrow"), (1, "Thu 3 Dec")])
def test_a_near_day_is_said_as_people_say_it(day: int, said: str) -> None:
    assert say_relative_day(WINTER, now=WINTER.replace(day=day)) == said


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (6400, "GBP", "£64"),
        (6450, "GBP", "£64.50"),
        (5, "GBP", "£0.05"),
        (0, "GBP", "£0"),
        (5000, "JPY", "¥5,000"),
        (1250, "KWD", "1.250 KWD"),
        (123456700, "EUR", "€1,234,567"),
    ],
)
def test_pence_are_said_only_when_there_are_any(minor: int, currency: str, said: str) -> None:
    with translation.override("en-gb"):
        assert say_money(minor, currency=currency) == said


def test_money_is_in_the_clinics_currency_unless_said_otherwise(settings: Settings) -> None:
    settings.CLINIC_CURRENCY = "EUR"
    assert say_money(100) == "€1"
