"""A visit put elsewhere, by the mouse or by the keyboard."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from booking.actions.desk.moves import move_at_desk
from booking.models import Appointment, Location, Travel
from catalogue.models import Service
from tests.factories import at, make_appointment, make_location, make_patient, make_user
from tests.web.reception.desk import get, post, text


def drag(desk: Client, visit: Appointment, time: str, **changes: Any) -> HttpResponse:
    sent = {
        "practitioner": visit.practitioner.slug,
        "location": visit.location.slug,
        "day": "2026-12-03",
        "time": time,
        "sequence": visit.sequence,
    }
    return post(desk, "move", visit.pk, **sent | changes)


@pytest.fixture
def neighbour(service: Service) -> Appointment:
    """Joan Whitlow has 11:00 to 11:45 with Maren."""
    patient = make_patient(name="Joan Whitlow")
    return make_appointment(service=service, starts_at=at(3, "11:00"), patient=patient)


def test_it_moves(desk: Client, visit: Appointment) -> None:
    drag(desk, visit, "13:00")
    assert Appointment.objects.get().starts_at == at(3, "13:00")


def test_it_is_said_and_can_be_undone_for_three_minutes(desk: Client, visit: Appointment) -> None:
    html = text(drag(desk, visit, "13:00"))
    assert 'data-said="Tom Hale moved to 13:00."' in html
    assert 'data-seconds="180"' in html


def test_whoever_has_no_address_has_to_be_rung(desk: Client, service: Service) -> None:
    visit = make_appointment(service=service, starts_at=at(3, "10:00"), patient=make_patient(email=""))
    assert "so ring them" in text(drag(desk, visit, "13:00"))


def test_undo_puts_it_back(desk: Client, visit: Appointment) -> None:
    drag(desk, visit, "13:00")
    html = text(post(desk, "undo-move", visit.pk, sequence=1))
    assert Appointment.objects.get().starts_at == at(3, "10:00")
    assert "Tom Hale is back at 10:00" in html


def test_a_move_of_which_no_letter_tells_counts_down_to_none(desk: Client, service: Service) -> None:
    visit = make_appointment(service=service, starts_at=at(3, "10:00"), patient=make_patient(email=""))
    assert "data-untold" in text(drag(desk, visit, "13:00"))


@pytest.mark.parametrize("clock", ["13:02", "13:00:30", "13:00:00.5"])
def test_a_time_between_two_of_the_grid_is_refused(desk: Client, visit: Appointment, clock: str) -> None:
    assert drag(desk, visit, clock).status_code == 422
    assert Appointment.objects.get().starts_at == at(3, "10:00")


@pytest.mark.parametrize("sequence", ["", "-1", "one", "9" * 5000])
def test_an_undo_of_what_nobody_saw_is_refused(desk: Client, visit: Appointment, sequence: str) -> None:
    drag(desk, visit, "13:00")
    assert post(desk, "undo-move", visit.pk, sequence=sequence).status_code == 409


def test_undo_of_nothing_says_so(desk: Client, visit: Appointment) -> None:
    assert post(desk, "undo-move", visit.pk, sequence=0).status_code == 409


def test_a_clash_says_whom_the_physio_has(desk: Client, visit: Appointment, neighbour: Appointment) -> None:
    answer = drag(desk, visit, "11:15")
    assert answer.status_code == 409
    assert "Maren has Joan Whitlow until 11:45." in text(answer)


@pytest.fixture
def out_of_town(visit: Appointment) -> Location:
    """Half an hour away."""
    village = make_location(name="Upper Hexley")
    Travel.objects.create(origin=visit.location, destination=village, minutes=30)
    return village


def test_a_clash_says_where_the_physio_comes_from(
    desk: Client, visit: Appointment, out_of_town: Location
) -> None:
    make_appointment(service=visit.service, location=out_of_town, starts_at=at(3, "12:00"))
    html = text(drag(desk, visit, "12:50"))
    assert "Maren comes from Upper Hexley and cannot begin before 13:15." in html


def test_a_clash_says_where_the_physio_has_to_go(
    desk: Client, visit: Appointment, out_of_town: Location
) -> None:
    make_appointment(service=visit.service, location=out_of_town, starts_at=at(3, "14:00"))
    html = text(drag(desk, visit, "13:00"))
    assert "Maren has to leave for Upper Hexley at 13:30." in html


def test_a_clash_says_when_the_physio_is_free(
    desk: Client, visit: Appointment, neighbour: Appointment
) -> None:
    assert "Maren is free at 10:15, 11:45 and 12:00." in text(drag(desk, visit, "11:15"))


def test_a_clash_does_not_offer_the_time_that_it_has(
    desk: Client, visit: Appointment, neighbour: Appointment
) -> None:
    assert "Maren is free at 9:30, 9:45 and 10:15." in text(drag(desk, visit, "10:30"))


def test_a_time_offered_instead_is_taken_by_its_button(
    desk: Client, visit: Appointment, neighbour: Appointment
) -> None:
    instead = f"2026-12-03T11:45@{visit.location.slug}/{visit.practitioner.slug}"
    drag(desk, visit, "11:15", instead=instead)
    visit.refresh_from_db()
    assert visit.starts_at == at(3, "11:45")


def test_overbooked_without_a_reason_it_is_asked_for(
    desk: Client, visit: Appointment, neighbour: Appointment
) -> None:
    answer = drag(desk, visit, "11:15", overbook="1", overbook_reason=" ")
    assert answer.status_code == 409
    assert "Say why" in text(answer)
    visit.refresh_from_db()
    assert visit.overbook_reason == ""


def test_with_a_reason_it_is_overbooked(desk: Client, visit: Appointment, neighbour: Appointment) -> None:
    drag(desk, visit, "11:15", overbook_reason="Both know")
    visit.refresh_from_db()
    assert (visit.starts_at, visit.overbook_reason) == (at(3, "11:15"), "Both know")


def test_of_two_who_drag_at_once_the_second_is_told_who_was_first(desk: Client, visit: Appointment) -> None:
    move_at_desk(
        appointment_id=visit.pk,
        practitioner=visit.practitioner,
        location=visit.location,
        starts_at=at(3, "14:00"),
        seen_sequence=0,
        by=make_user(role="reception", name="Ivy Sharpe"),
        now=at(3, "9:00"),
    )
    answer = drag(desk, visit, "13:00")
    assert answer.status_code == 409
    assert "Ivy changed this visit while you were moving it. It is now on Thursday 3 December, 14:00" in text(
        answer
    )


def test_by_keyboard_it_starts_from_where_it_stands(desk: Client, visit: Appointment) -> None:
    html = text(get(desk, "move", visit.pk))
    assert 'value="2026-12-03"' in html
    assert 'value="10:00"' in html


def test_visits_stand_on_five_minutes(desk: Client, visit: Appointment) -> None:
    answer = drag(desk, visit, "13:02")
    assert answer.status_code == 422
    assert "Visits begin on five minutes" in text(answer)


def test_who_is_here_is_not_moved(desk: Client, visit: Appointment) -> None:
    post(desk, "step", visit.pk, step="check-in")
    assert drag(desk, visit, "13:00").status_code == 409
    assert Appointment.objects.get().starts_at == at(3, "10:00")


def test_typing_begins_in_the_time_so_enter_moves_nothing_unasked(desk: Client, visit: Appointment) -> None:
    html = text(get(desk, "move", visit.pk))
    assert re.findall(r"<[^>]*autofocus[^>]*>", html)[0].count('name="time"') == 1


def test_where_it_stood_already_it_is_said_that_nothing_changed(desk: Client, visit: Appointment) -> None:
    html = text(drag(desk, visit, "10:00"))
    assert "Tom Hale is already at 10:00 with Maren. Nothing was changed" in html
    assert "data-undo" not in html
