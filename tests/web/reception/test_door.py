"""Who gets into reception's pages."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from booking.models import Appointment
from tests.factories import make_practitioner, make_user

PAGES = [
    ("diary", ()),
    ("day-list", ()),
    ("urgent", ()),
    ("book", ()),
    ("found", ()),
    ("new-patient", ()),
]
OF_A_VISIT = ["visit", "step", "move", "undo-move", "cancel", "take"]


def addresses() -> list[str]:
    key = uuid.UUID(int=7)
    return [
        *(reverse(f"reception:{name}") for name, _ in PAGES),
        *(reverse(f"reception:{name}", args=[key]) for name in (*OF_A_VISIT, "void")),
    ]


@pytest.mark.parametrize("role", ["patient", "physio"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_patients_and_physios_are_refused_everywhere(
    client: Client, db: None, role: str, method: str
) -> None:
    user = make_user(role=role)
    if role == "physio":
        make_practitioner(user=user)
    client.force_login(user)
    assert {getattr(client, method)(address).status_code for address in addresses()} == {403}


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_asked_to_sign_in(client: Client, db: None, method: str) -> None:
    answers = [getattr(client, method)(address) for address in addresses()]
    assert all(answer.status_code == 302 and "login" in answer["Location"] for answer in answers)


@pytest.mark.parametrize("role", ["reception", "manager"])
def test_reception_and_managers_get_in(client: Client, db: None, role: str) -> None:
    client.force_login(make_user(role=role))
    assert client.get(reverse("reception:diary")).status_code == 200


def test_a_panel_whose_session_ended_takes_the_page_to_the_sign_in(client: Client, db: None) -> None:
    answer = client.get(reverse("reception:book"), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/reception/"


def test_a_post_without_the_token_is_refused(visit: Appointment) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(role="reception"))
    answer = client.post(reverse("reception:step", args=[visit.pk]), {"step": "check-in"})
    assert (answer.status_code, Appointment.objects.get().status) == (403, "confirmed")


def test_no_cache_keeps_what_reception_saw(desk: Client, visit: Appointment) -> None:
    assert "no-store" in desk.get(reverse("reception:visit", args=[visit.pk]))["Cache-Control"]


def test_a_step_is_not_taken_by_following_a_link(desk: Client, visit: Appointment) -> None:
    assert desk.get(reverse("reception:step", args=[visit.pk])).status_code == 405
