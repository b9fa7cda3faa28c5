"""Who is it?"""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Patient
from catalogue.models import Service
from tests.factories import make_patient
from tests.web.reception.desk import get, post, text

NEW = {"name": "Ana Duarte", "phone": "07400 123456", "email": "", "born": ""}


def test_three_letters_find_somebody(desk: Client) -> None:
    make_patient(name="Elena Marsh")
    assert "Elena Marsh" in text(get(desk, "found", q="mar"))


def test_digits_of_a_telephone_find_somebody(desk: Client) -> None:
    make_patient(name="Elena Marsh", phone="+447700900142")
    assert "Elena Marsh" in text(get(desk, "found", q="900142"))


def test_a_birthday_finds_somebody(desk: Client) -> None:
    make_patient(name="Elena Marsh")
    assert "Elena Marsh" in text(get(desk, "found", q="3/8/84"))


def test_two_letters_find_nobody(desk: Client) -> None:
    make_patient(name="Elena Marsh")
    assert "Elena Marsh" not in text(get(desk, "found", q="ma"))


def test_the_place_on_the_diary_goes_along(desk: Client, service: Service) -> None:
    make_patient(name="Elena Marsh")
    html = text(get(desk, "found", q="mar", practitioner="maren", day="2026-12-03", time="10:00"))
    assert "practitioner=maren&amp;day=2026-12-03&amp;time=10%3A00&amp;patient=" in html


def test_what_was_typed_is_kept_for_somebody_new(desk: Client) -> None:
    assert 'value="Ana Duarte"' in text(get(desk, "new-patient", q="ana duarte"))


def test_somebody_new_is_written_down(desk: Client, service: Service) -> None:
    html = text(post(desk, "new-patient", **NEW))
    patient = Patient.objects.get()
    assert (patient.name, patient.phone) == ("Ana Duarte", "+447400123456")
    assert str(patient.pk) in html


def test_likely_duplicates_come_first(desk: Client) -> None:
    make_patient(name="Ana Duarte")
    answer = post(desk, "new-patient", **NEW)
    assert (answer.status_code, Patient.objects.count()) == (409, 1)
    assert "Is it one of these?" in text(answer)


def test_somebody_of_the_same_name_can_still_be_new(desk: Client, service: Service) -> None:
    make_patient(name="Ana Duarte")
    post(desk, "new-patient", **NEW, is_new="1")
    assert Patient.objects.count() == 2


def test_a_wrong_number_is_explained(desk: Client) -> None:
    answer = post(desk, "new-patient", **NEW | {"phone": "07400 12345"})
    assert (answer.status_code, Patient.objects.count()) == (422, 0)
    assert "One digit is missing" in text(answer)


def test_a_birthday_that_is_none_is_explained(desk: Client) -> None:
    answer = post(desk, "new-patient", **NEW | {"born": "31/2/1984"})
    assert "like 3/8/1984" in text(answer)


def test_somebody_without_a_telephone_is_written_down(desk: Client) -> None:
    answer = post(desk, "new-patient", **NEW | {"phone": ""})
    assert (answer.status_code < 400, Patient.objects.get().phone) == (True, "")


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("page", "queries"), [("found", 6), ("patients", 7)])
def test_whoever_is_found_costs_a_fixed_number_of_queries(
    desk: Client, page: str, queries: int, number: int, django_assert_num_queries: Any
) -> None:
    for index in range(number):
        make_patient(name=f"Elena Marsh {index}")
    get(desk, page, q="marsh")
    with django_assert_num_queries(queries):
        assert "Elena Marsh" in text(get(desk, page, q="marsh"))


@pytest.mark.parametrize("number", [1, 30])
def test_who_it_may_be_already_costs_a_fixed_number_of_queries(
    desk: Client, number: int, django_assert_num_queries: Any
) -> None:
    for _index in range(number):
        make_patient(name="Ana Duarte")
    post(desk, "new-patient", **NEW)
    with django_assert_num_queries(6):
        assert "Is it one of these?" in text(post(desk, "new-patient", **NEW))
