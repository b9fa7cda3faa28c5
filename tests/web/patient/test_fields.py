"""What a patient types about themselves."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from booking.web.patient.fields import DateOfBirthField, NameField, PhoneField


def date_field() -> DateOfBirthField:
    field = DateOfBirthField()
    field.today = date(2026, 12, 3)
    return field


def refusal(field: Any, typed: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "typed", ["07400 123456", "07400123456", "+44 7400 123456", "0044 7400 123456", "(07400) 123-456"]
)
def test_a_mobile_is_stored_in_one_form_however_it_is_typed(typed: str) -> None:
    assert PhoneField().clean(typed) == "+447400123456"


def test_a_number_from_abroad_is_kept_as_one() -> None:
    assert PhoneField().clean("+49 151 23456789") == "+4915123456789"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("07700 90014", "One digit is missing: this has 10, a UK mobile has 11."),
        ("07700 9001", "2 digits are missing: this has 9, a UK mobile has 11."),
        ("+44 7400 12345", "One digit is missing: this has 10, a UK mobile has 11."),
        ("07400 1234567", "There is one digit too many: this has 12, a UK mobile has 11."),
        ("07400 12345678", "There are 2 digits too many: this has 13, a UK mobile has 11."),
        ("99999 999999", "No telephone has this number. Check each digit. An example: 07400 123456."),
        ("call me", "This is not a telephone number. Write it with digits, for example 07400 123456."),
        ("+49 123", "This number does not exist in its country. Check each digit, and the + at the front."),
    ],
)
def test_what_is_wrong_with_a_number_is_said_exactly(typed: str, said: str) -> None:
    assert refusal(PhoneField(), typed) == said


@pytest.mark.parametrize(
    "typed", [["3", "8", "1984"], ["03", "08", "1984"], ["3", "August", "1984"], ["3", "aug.", "1984"]]
)
def test_a_birthday_is_read_however_the_month_is_written(typed: list[str]) -> None:
    assert date_field().clean(typed) == date(1984, 8, 3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["", "", ""], "Write the day, the month and the year of birth."),
        (["3", "", "1984"], "The month is missing."),
        (["", "", "1984"], "The day and the month is missing."),
        (["31", "6", "1984"], "There is no day 31 in June 1984."),
        (["29", "2", "1985"], "There is no day 29 in February 1985."),
        (["3", "8", "84"], "Write the year with four digits, for example 1984."),
        (["3", "13", "1984"], "Write the month as a number from 1 to 12, or as a word."),
        (["3", "ju", "1984"], "Write the month as a number from 1 to 12, or as a word."),
        (["32", "8", "1984"], "Write the day as a number from 1 to 31."),
        (["3", "12", "2026"], "This day is still to come. Check the year."),
        (["3", "8", "1884"], "Check the year: that would be more than 120 years ago."),
        (["3", "8", "٢٠٠٠"], "Write the year with four digits, for example 1984."),
    ],
)
def test_what_is_wrong_with_a_birthday_is_said_exactly(typed: list[str], said: str) -> None:
    assert refusal(date_field(), typed) == said


@pytest.mark.parametrize("name", ["Nguyễn Thị Minh", "O’Brien", "محمد", "José-María de la Ó", "李小龙"])
def test_names_of_any_script_are_taken_as_they_are(name: str) -> None:
    assert NameField().clean(name) == name


def test_spaces_round_a_name_are_tidied() -> None:
    assert NameField().clean("  Elena   Marsh ") == "Elena Marsh"


@pytest.mark.parametrize("name", ["Elena\x07Marsh", "12345", "\u202e\u200b", "Elena\u202eMarsh"])
def test_what_no_name_has_is_refused(name: str) -> None:
    assert refusal(NameField(), name)
