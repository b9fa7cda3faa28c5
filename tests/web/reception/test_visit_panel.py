"""One visit beside the diary."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from booking.models import Appointment, Leave, Receipt
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_patient
from tests.web.reception.desk import get, post, text


def test_it_says_who_and_how_to_ring_them(desk: Client, visit: Appointment) -> None:
    html = text(get(desk, "visit", visit.pk))
    assert "Tom Hale" in html
    assert 'href="tel:+447700900142"' in html


def test_it_says_the_age(desk: Client, visit: Appointment) -> None:
    assert "born 3 August 1984, 42" in text(get(desk, "visit", visit.pk))


def test_it_shows_the_alert(desk: Client, service: Service) -> None:
    patient = make_patient(alert="Faints at needles.")
    visit = make_appointment(service=service, starts_at=at(3, "10:00"), patient=patient)
    assert "Faints at needles." in text(get(desk, "visit", visit.pk))


def test_what_wants_a_hand_is_said_with_the_way_to_it(desk: Client, visit: Appointment) -> None:
    Leave.objects.create(practitioner=visit.practitioner, starts_at=visit.starts_at, ends_at=visit.ends_at)
    html = text(get(desk, "visit", visit.pk))
    assert "Nobody is there for them" in html
    assert f'href="{reverse("reception:lists")}#displaced"' in html


def test_where_nothing_wants_a_hand_nothing_is_said(desk: Client, visit: Appointment) -> None:
    assert "See to it" not in text(get(desk, "visit", visit.pk))


def test_without_a_script_it_is_a_page(desk: Client, visit: Appointment) -> None:
    html = text(desk.get(reverse("reception:visit", args=[visit.pk])))
    assert "<!DOCTYPE html>" in html
    assert "Back to the diary" in html


def test_a_time_held_online_has_no_name_yet(desk: Client, service: Service) -> None:
    held = make_appointment(service=service, starts_at=at(3, "10:00"), status="held")
    assert "Held online" in text(get(desk, "visit", held.pk))


def test_a_visit_that_is_none_is_not_found(desk: Client, visit: Appointment) -> None:
    assert get(desk, "visit", visit.patient.pk).status_code == 404


def test_checking_in_is_the_first_thing_offered(desk: Client, visit: Appointment) -> None:
    assert 'value="check-in"' in text(get(desk, "visit", visit.pk))


def test_nobody_is_marked_as_missing_before_the_time(desk: Client, visit: Appointment) -> None:
    assert 'value="no-show"' not in text(get(desk, "visit", visit.pk))


def test_check_in(desk: Client, visit: Appointment) -> None:
    html = text(post(desk, "step", visit.pk, step="check-in"))
    assert Appointment.objects.get().status == "arrived"
    assert 'data-said="Tom Hale: Here"' in html


def test_a_step_can_be_undone(desk: Client, visit: Appointment) -> None:
    post(desk, "step", visit.pk, step="check-in")
    post(desk, "step", visit.pk, step="back")
    assert Appointment.objects.get().status == "confirmed"


def test_undo_pressed_twice_goes_back_once(desk: Client, visit: Appointment) -> None:
    post(desk, "step", visit.pk, step="check-in")
    post(desk, "step", visit.pk, step="start")
    assert post(desk, "step", visit.pk, step="back", seen="in_room").status_code == 200
    assert post(desk, "step", visit.pk, step="back", seen="in_room").status_code == 409
    assert Appointment.objects.get().status == "arrived"


def test_the_panel_says_how_the_visit_was_seen(desk: Client, visit: Appointment) -> None:
    assert '<input type="hidden" name="seen" value="confirmed">' in text(get(desk, "visit", visit.pk))


def test_from_here_to_the_room_to_done(desk: Client, visit: Appointment) -> None:
    for step in ("check-in", "start", "complete"):
        post(desk, "step", visit.pk, step=step)
    assert Appointment.objects.get().status == "completed"


def test_did_not_come(desk: Client, visit: Appointment, clock: Callable[[datetime], None]) -> None:
    clock(at(3, "10:20"))
    post(desk, "step", visit.pk, step="no-show")
    assert Appointment.objects.get().status == "no_show"


def test_a_step_that_somebody_else_has_taken_is_said(desk: Client, visit: Appointment) -> None:
    post(desk, "step", visit.pk, step="check-in")
    answer = post(desk, "step", visit.pk, step="check-in")
    assert answer.status_code == 409
    assert "Somebody else was quicker" in text(answer)


def test_a_step_that_does_not_exist_is_not_taken(desk: Client, visit: Appointment) -> None:
    assert post(desk, "step", visit.pk, step="fly").status_code == 404


def test_without_a_script_a_step_leads_back_to_the_visit(desk: Client, visit: Appointment) -> None:
    address = reverse("reception:step", args=[visit.pk])
    answer = desk.post(address, {"step": "check-in"}, follow=True)
    assert answer.redirect_chain == [(reverse("reception:visit", args=[visit.pk]), 302)]
    assert "Tom Hale: Here" in text(answer)


@pytest.mark.parametrize("number", [1, 30])
def test_the_panel_costs_a_fixed_number_of_queries(
    desk: Client, clerk: User, visit: Appointment, number: int, django_assert_num_queries: Any
) -> None:
    for _index in range(number):
        Receipt.objects.create(
            appointment=visit, method="cash", amount_minor=100, currency="GBP", taken_by=clerk, taken_at=NOW
        )
    get(desk, "visit", visit.pk)
    with django_assert_num_queries(17):
        assert text(get(desk, "visit", visit.pk)).count("taken by") == number
