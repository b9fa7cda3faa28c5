"""/physio/patients/: my patients, by name."""

from typing import Any

import pytest
from django.test import Client

from booking.models import Appointment
from catalogue.models import Service
from tests.factories import at, make_appointment, make_patient, make_practitioner
from tests.web.patient.scene import NAUGHTY


def found(physio: Client, typed: str = "") -> str:
    answer = physio.get("/physio/patients/", {"q": typed})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("typed", ["", "hale", "Tom", "tom hael", "thomas hale"])
def test_typing_errors_are_forgiven(physio: Client, visit: Appointment, typed: str) -> None:
    assert "Tom Hale" in found(physio, typed)


def test_another_name_finds_nobody(physio: Client, visit: Appointment) -> None:
    assert "Tom Hale" not in found(physio, "Wexford")


def test_last_and_next_visit_are_said(physio: Client, visit: Appointment, service: Service) -> None:
    make_appointment(service=service, starts_at=at(1, "10:00"), patient=visit.patient, status="completed")
    assert "next Thu 3 Dec, 10:00 · last Tue 1 Dec, 10:00" in found(physio)


def test_patients_of_colleagues_are_not_found(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(practitioner=make_practitioner())
    assert "Tom Hale" not in found(physio, "hale")


def test_whoever_comes_next_stands_first(physio: Client, visit: Appointment, service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "9:15"), patient=make_patient(name="Ada Lind"))
    html = found(physio)
    assert html.index("Ada Lind") < html.index("Tom Hale")


@pytest.mark.parametrize("typed", NAUGHTY)
def test_naughty_input_breaks_nothing(physio: Client, visit: Appointment, typed: str) -> None:
    found(physio, typed)


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_one_query_for_all(
    visit: Appointment, number: int, service: Service, django_assert_num_queries: Any
) -> None:
    from booking.queries.clinical.my_patients import my_patients

    for hour in range(1, number):
        make_appointment(service=service, starts_at=at(4 + hour // 8, f"{9 + hour % 8}:00"))
    with django_assert_num_queries(1):
        my_patients(me=visit.practitioner, typed="", now=at(3, "9:00"))
