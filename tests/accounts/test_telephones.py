"""Telephone numbers, as people write them."""

import pytest
from pytest_django import Settings

from accounts.telephones import in_international_form


@pytest.mark.parametrize("typed", ["07400 123456", "+44 7400 123456", "(07400) 123-456", "0044 7400 123456"])
def test_one_number_is_kept_in_one_form(typed: str) -> None:
    assert in_international_form(typed) == "+447400123456"


@pytest.mark.parametrize("typed", ["0117 496 0120", "01632 960142", "07700 900142", "+33 6 12 34 56 78"])
def test_landlines_new_ranges_and_other_countries_are_taken(typed: str) -> None:
    assert in_international_form(typed) is not None


@pytest.mark.parametrize("typed", ["07400 12345", "07400 1234567", "12", "", "ring me", "+999 1234567890"])
def test_a_digit_too_few_or_too_many_is_not(typed: str) -> None:
    assert in_international_form(typed) is None


def test_it_is_read_as_the_clinics_country_writes_it(settings: Settings) -> None:
    settings.CLINIC_COUNTRY = "FR"
    assert in_international_form("06 12 34 56 78") == "+33612345678"
