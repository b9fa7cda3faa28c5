"""The steps of the day, taken by the physio."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Practitioner
from booking.models import Appointment, AuditEntry
from tests.factories import at, make_practitioner


def take(client: Client, visit: Appointment, step: str, **sent: str) -> HttpResponse:
    answer: Any = client.post(reverse("physio:step", args=[visit.pk]), {"step": step, **sent})
    return answer


def status() -> str:
    return Appointment.objects.get().status


def test_start_takes_in_whoever_was_not_checked_in(physio: Client, visit: Appointment) -> None:
    assert take(physio, visit, "start")["Location"] == "/physio/"
    row = Appointment.objects.get()
    assert row.status == "in_room"
    assert row.arrived_at == row.started_at


def test_start_keeps_the_moment_of_arrival(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="arrived", arrived_at=at(3, "8:40"))
    take(physio, visit, "start")
    assert Appointment.objects.get().arrived_at == at(3, "8:40")


def test_done_ends_the_visit(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="in_room")
    take(physio, visit, "complete")
    assert status() == "completed"


def test_a_step_can_be_taken_back(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="in_room")
    take(physio, visit, "back", seen="in_room")
    assert status() == "arrived"


@pytest.mark.parametrize("seen", ["completed", ""], ids=["stood further", "nothing"])
def test_from_a_page_that_is_stale_nothing_is_taken_back(
    physio: Client, visit: Appointment, seen: str
) -> None:
    Appointment.objects.update(status="in_room")
    take(physio, visit, "back", seen=seen)
    assert status() == "in_room"
    assert "Somebody else was quicker" in physio.get("/physio/").content.decode()


def test_from_the_card_it_leads_back_to_the_card(physio: Client, visit: Appointment) -> None:
    answer = take(physio, visit, "start", **{"from": "card"})
    assert answer["Location"] == reverse("physio:visit", args=[visit.pk])


def test_who_took_it_is_noted(physio: Client, maren: Practitioner, visit: Appointment) -> None:
    take(physio, visit, "start")
    assert AuditEntry.objects.get(verb="in room").actor == maren.user


def test_nobody_has_missed_a_visit_that_has_not_begun(physio: Client, visit: Appointment) -> None:
    take(physio, visit, "no-show")
    assert status() == "confirmed"
    assert "Nobody has missed it yet" in physio.get("/physio/").content.decode()


def test_of_two_who_press_the_second_is_told(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="completed")
    take(physio, visit, "start")
    assert "Somebody else was quicker" in physio.get("/physio/").content.decode()


def test_an_unknown_step_is_a_bad_request(physio: Client, visit: Appointment) -> None:
    assert take(physio, visit, "fly").status_code == 400


def test_another_physios_visit_is_not_mine_to_start(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(practitioner=make_practitioner())
    assert take(physio, visit, "start").status_code == 403
    assert status() == "confirmed"


def test_a_link_starts_nothing(physio: Client, visit: Appointment) -> None:
    assert physio.get(reverse("physio:step", args=[visit.pk])).status_code == 405
