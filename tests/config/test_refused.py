"""Whoever opens a page of somebody else's is told whose it is, and where their own is."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Practitioner
from booking.models import Appointment
from tests.factories import at, make_appointment, make_clinic, make_practitioner, make_user

pytestmark = pytest.mark.django_db
DAY, DIARY, MINE = "/physio/", "/reception/", "/appointments/"


@pytest.fixture
def visit() -> Appointment:
    return make_appointment(service=make_clinic(), starts_at=at(3, "10:00"))


def refused(client: Client, role: str, path: str, *, treats: bool = False) -> str:
    user = make_user(role=role, name="Ana Duarte")
    if treats:
        make_practitioner(user=user)
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 403
    html = " ".join(answer.content.decode().split())
    assert "You are signed in as Ana Duarte." in html
    return html


def way(url: str, text: str) -> str:
    return f'<a class="btn btn-primary" href="{url}">{text}</a>'


def test_a_physio_at_reception_is_led_to_their_day(client: Client) -> None:
    html = refused(client, "physio", DIARY, treats=True)
    assert "This page is reception’s" in html
    assert way(DAY, "My day") in html


@pytest.mark.parametrize("role", ["reception", "manager"])
def test_the_front_desk_at_a_physios_page_is_led_to_the_diary(client: Client, role: str) -> None:
    html = refused(client, role, DAY)
    assert "This page is a physio’s" in html
    assert way(DIARY, "Reception") in html


def test_another_physio_is_told_how_a_card_opens(client: Client, visit: Appointment) -> None:
    html = refused(client, "physio", reverse("physio:visit", args=[visit.pk]), treats=True)
    assert "This is not a patient of yours" in html
    assert way(DAY, "My day") in html
    assert visit.patient is not None
    assert visit.patient.name not in html


@pytest.mark.parametrize("path", [DAY, DIARY])
def test_a_physio_without_a_day_is_not_sent_where_they_are_refused_again(client: Client, path: str) -> None:
    html = refused(client, "physio", path)
    assert way("/", "To the first page") in html


def test_who_has_left_is_told_whom_to_ask(client: Client) -> None:
    user = make_user(role="physio", name="Ana Duarte")
    make_practitioner(user=user)
    Practitioner.objects.update(active=False)
    client.force_login(user)
    assert "Ask a manager to connect the two" in client.get(DAY).content.decode()


@pytest.mark.parametrize("path", [DAY, DIARY])
def test_a_patient_is_led_to_their_appointments(client: Client, path: str) -> None:
    html = refused(client, "patient", path)
    assert "This page is for the people who work here" in html
    assert way(MINE, "My appointments") in html
