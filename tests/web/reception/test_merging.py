"""/reception/patients/<id>/merge/: two records of one person become one."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Patient
from booking.models import AuditEntry
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_patient
from tests.web.reception.desk import text


@pytest.fixture
def kept(db: None) -> Patient:
    return make_patient(name="Elena Marsh", phone="", email="elena@mail.example")


@pytest.fixture
def other(db: None) -> Patient:
    return make_patient(name="Elena Marsch", email="marsh@mail.example", date_of_birth=date(1984, 3, 8))


def url(patient: Patient) -> str:
    return reverse("reception:merge", args=[patient.pk])


def compared(desk: Client, kept: Patient, other: Patient) -> str:
    answer = desk.get(url(kept), {"other": str(other.pk)})
    assert answer.status_code == 200
    return text(answer)


def test_records_of_the_same_name_are_offered_at_once(desk: Client, kept: Patient, other: Patient) -> None:
    assert f"?other={other.pk}" in text(desk.get(url(kept)))


def test_a_record_is_not_offered_to_itself(desk: Client, kept: Patient, other: Patient) -> None:
    assert f"?other={kept.pk}" not in text(desk.get(url(kept)))


def test_another_name_can_be_searched_for(desk: Client, kept: Patient) -> None:
    helen = make_patient(name="Helen Oakes")
    assert f"?other={helen.pk}" in text(desk.get(url(kept), {"q": "oakes"}))


def test_both_stand_side_by_side(desk: Client, kept: Patient, other: Patient) -> None:
    html = compared(desk, kept, other)
    for words in ("elena@mail.example", "marsh@mail.example", "3 August 1984", "8 March 1984"):
        assert words in html


def test_what_will_happen_is_said_in_words(
    desk: Client, service: Service, kept: Patient, other: Patient
) -> None:
    make_appointment(service=service, starts_at=at(4, "10:00"), patient=other)
    html = compared(desk, kept, other)
    assert "1 visit and 0 messages, with what was paid, move into the record that is kept." in html
    assert "What the kept record lacks is taken over: telephone." in html
    assert "the kept record counts: e-mail address, date of birth." in html


def test_a_proved_address_of_the_other_record_is_said_to_count(
    desk: Client, kept: Patient, other: Patient
) -> None:
    other.email_proved_at = NOW
    other.save()
    html = compared(desk, kept, other)
    assert "of the other record counts, because it is proved: marsh@mail.example." in html
    assert "the kept record counts: date of birth." in html


def test_looking_at_both_is_written_down(desk: Client, kept: Patient, other: Patient) -> None:
    compared(desk, kept, other)
    read = AuditEntry.objects.filter(verb="opened record").values_list("patient_id", flat=True)
    assert set(read) == {kept.pk, other.pk}


def test_nothing_is_merged_by_looking(desk: Client, kept: Patient, other: Patient) -> None:
    compared(desk, kept, other)
    other.refresh_from_db()
    assert other.merged_into is None


def test_one_press_makes_them_one(desk: Client, service: Service, kept: Patient, other: Patient) -> None:
    visit = make_appointment(service=service, starts_at=at(4, "10:00"), patient=other)
    answer = desk.post(url(kept), {"other": str(other.pk)})
    visit.refresh_from_db()
    assert answer["Location"] == reverse("reception:record", args=[kept.pk])
    assert visit.patient == kept


def test_pressed_twice_it_is_merged_once(desk: Client, kept: Patient, other: Patient) -> None:
    desk.post(url(kept), {"other": str(other.pk)})
    html = text(desk.post(url(kept), {"other": str(other.pk)}, follow=True))
    assert "Somebody has merged these records already" in html


def test_a_record_is_not_merged_into_itself(desk: Client, kept: Patient) -> None:
    desk.post(url(kept), {"other": str(kept.pk)})
    kept.refresh_from_db()
    assert kept.merged_into is None


@pytest.mark.parametrize("asked", ["", "nobody", "\x00", "1"])
def test_what_is_no_id_is_a_bad_request(desk: Client, kept: Patient, asked: str) -> None:
    assert desk.post(url(kept), {"other": asked}).status_code == 400


def test_nobody_is_not_found(desk: Client, kept: Patient) -> None:
    assert desk.get(url(kept), {"other": str(uuid.uuid4())}).status_code == 404
    assert desk.post(url(kept), {"other": str(uuid.uuid4())}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_search_costs_a_fixed_number_of_queries(
    desk: Client, kept: Patient, number: int, django_assert_num_queries: Any
) -> None:
    for _index in range(number):
        make_patient(name="Elena Marsch")
    desk.get(url(kept))
    with django_assert_num_queries(8):
        assert "Elena Marsch" in text(desk.get(url(kept)))


@pytest.mark.parametrize("number", [1, 30])
def test_comparing_costs_a_fixed_number_of_queries(
    desk: Client, service: Service, kept: Patient, other: Patient, number: int, django_assert_num_queries: Any
) -> None:
    for day in range(number):
        make_appointment(service=service, starts_at=at(4, "10:00") + timedelta(days=day), patient=other)
    compared(desk, kept, other)
    with django_assert_num_queries(15):
        compared(desk, kept, other)
