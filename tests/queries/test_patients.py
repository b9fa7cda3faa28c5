"""Finding a patient while somebody types."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from accounts.models import Patient
from booking.queries.patients import born_on, find_patients, likely_same
from tests.factories import make_patient

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[str]:
    return [patient.name for patient in find_patients(typed, this_year=2026)]


@pytest.fixture(autouse=True)
def _people() -> None:
    make_patient(name="Elena Marsh", phone="+447700900142", date_of_birth=date(1984, 8, 3))
    make_patient(name="Zoë Ångström", phone="+447700900777", date_of_birth=date(1999, 1, 1))
    make_patient(name="Tom Hale", phone="+441632960001", date_of_birth=date(1950, 12, 24))


@pytest.mark.parametrize(
    "typed", ["ele", "Marsh", "mars", "elena marsh", "marsh elena", "Elna Marsh", "marhs"]
)
def test_a_name_is_found_by_a_few_letters_however_badly_typed(typed: str) -> None:
    assert found(typed)[0] == "Elena Marsh"


@pytest.mark.parametrize("typed", ["zoe", "Angstrom", "ZOË ÅNG"])
def test_accents_are_forgiven(typed: str) -> None:
    assert found(typed) == ["Zoë Ångström"]


@pytest.mark.parametrize("typed", ["07700 900142", "900142", "+44 7700 900142", "0770090014"])
def test_a_number_is_found_as_the_country_writes_it(typed: str) -> None:
    assert found(typed) == ["Elena Marsh"]


@pytest.mark.parametrize("typed", ["3/8/1984", "03.08.84", "3-8-1984", "3 8 1984"])
def test_a_date_of_birth_is_found_as_people_say_it(typed: str) -> None:
    assert found(typed) == ["Elena Marsh"]


@pytest.mark.parametrize("typed", ["", "  ", "el", "07", "..", "%%%", "___", "31/2/1984", "🙂🙂🙂"])
def test_too_little_or_nonsense_finds_nobody(typed: str) -> None:
    assert found(typed) == []


def test_a_record_merged_into_another_is_not_found() -> None:
    kept = make_patient(name="Ada Penrose")
    make_patient(name="Ada Penrose", merged_into=kept)
    assert [patient.pk for patient in find_patients("penrose", this_year=2026)] == [kept.pk]


def test_a_long_list_is_cut() -> None:
    for number in range(20):
        make_patient(name=f"Marsha Brown {number}")
    assert len(found("marsha")) == 8


def test_finding_is_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found("marsh")


def test_two_digits_of_a_year_mean_the_latest_not_to_come() -> None:
    assert born_on("1/1/26", this_year=2026) == date(2026, 1, 1)
    assert born_on("1/1/27", this_year=2026) == date(1927, 1, 1)


@pytest.mark.parametrize(
    "new",
    [
        {"name": "elena marsh"},
        {"name": "Elna Marsh", "date_of_birth": date(1984, 8, 3)},
        {"name": "E. Marsh", "phone": "+447700900142"},
    ],
    ids=["the same name", "nearly, born the same day", "the same telephone"],
)
def test_a_likely_duplicate_is_shown_first(new: dict[str, Any]) -> None:
    asked = {"date_of_birth": None, "phone": "", "email": ""} | new
    assert [patient.name for patient in likely_same(**asked)] == ["Elena Marsh"]


def test_somebody_new_is_like_nobody() -> None:
    assert likely_same(name="Ruth Adeyemi", date_of_birth=date(1990, 1, 1), phone="", email="") == []


def test_an_address_is_found_by_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "patient_by_email" in Patient.objects.filter(email__iexact="Elena@mail.example").explain()
