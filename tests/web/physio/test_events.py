"""/physio/adverse-events/: how often, beside published rates."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booking.models import AdverseEvent, Appointment
from tests.factories import make_clinic, make_patient, make_user
from tests.needled import VISIT, needled_visit, sign_in_as_physio

pytestmark = pytest.mark.django_db


def event(visit: Appointment, **fields: Any) -> AdverseEvent:
    defaults = {
        "kind": "bruise", "severity": "minor", "occurred_on": VISIT.date(), "reported_at": VISIT,
        "description": "A SECRET WORD",
    }  # fmt: skip
    return AdverseEvent.objects.create(appointment=visit, **defaults | fields)


def read(client: Client) -> str:
    return " ".join(client.get(reverse("physio:events")).content.decode().split())


@pytest.fixture
def visit() -> Appointment:
    return needled_visit(patient=make_patient(name="Elena Marsh"))


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(make_user(role="manager"))
    return client


def test_a_session_counts_once_however_much_went_wrong(manager: Client, visit: Appointment) -> None:
    event(visit)
    event(visit, kind="bleeding")
    html = read(manager)
    assert "<b>1</b> 100.0 %" in html
    assert "20.7 % to 100.0 %" in html


def test_published_rates_stand_beside_with_their_sources(manager: Client) -> None:
    html = read(manager)
    assert all(words in html for words in ("7,629", "19.18 %", "20,464", "36.7 %", "1 in 1,024", "134–140"))


def test_a_manager_reads_how_many_and_never_whose(manager: Client, visit: Appointment) -> None:
    event(visit)
    html = read(manager)
    assert "Bruise" in html
    assert not any(words in html for words in ("Elena", "A SECRET WORD", str(visit.patient_id)))


def test_before_anything_was_counted_it_says_so(manager: Client) -> None:
    assert "Nothing to count yet" in read(manager)


def test_physios_read_it_too(client: Client, visit: Appointment) -> None:
    client.force_login(sign_in_as_physio(visit.practitioner))
    event(visit)
    assert "Bruise" in read(client)


@pytest.mark.parametrize("role", ["reception", "patient"])
def test_nobody_else_gets_in(client: Client, role: str) -> None:
    client.force_login(make_user(role=role))
    assert client.get(reverse("physio:events")).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(reverse("physio:events")).status_code == 302


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_a_fixed_number_of_queries(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    service = make_clinic()
    for index in range(count):
        event(
            needled_visit(service=service, starts_at=VISIT.replace(hour=8 + index % 10, day=2 + index // 10))
        )
    client.force_login(sign_in_as_physio(service.practitioners.get()))
    read(client)
    with django_assert_num_queries(7):  # session, user, counts, events, me, my patients, alerts
        read(client)


def test_a_manager_who_treats_nobody_is_not_sent_to_pages_of_a_day_they_do_not_have(manager: Client) -> None:
    html = read(manager)
    assert f'href="{reverse("physio:today")}"' not in html
    assert f'href="{reverse("reception:diary")}"' in html


def test_a_physio_finds_the_way_back_to_the_day(client: Client, visit: Appointment) -> None:
    client.force_login(sign_in_as_physio(visit.practitioner))
    assert f'href="{reverse("physio:today")}"' in read(client)
