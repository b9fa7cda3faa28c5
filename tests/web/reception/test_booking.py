"""Somebody rings, or stands at the counter."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Patient
from booking.models import Appointment, Location
from catalogue.models import Service
from tests.factories import at, make_appointment, make_patient, make_service
from tests.web.reception.desk import get, post, text


@pytest.fixture
def caller(service: Service) -> Patient:
    return make_patient(name="Elena Marsh")


def place(**changes: str) -> dict[str, str]:
    there = {"practitioner": "maren", "location": Location.objects.get().slug}
    return {**there, "day": "2026-12-03", "time": "10:00"} | changes


def book(desk: Client, service: Service, caller: Patient, **changes: Any) -> HttpResponse:
    return post(desk, "book", **{**place(), "patient": caller.pk, "service": service.pk} | changes)


def test_first_it_asks_who_it_is(desk: Client, service: Service) -> None:
    html = text(get(desk, "book", **place()))
    assert "Thursday 3 December, 10:00 with Maren" in html
    assert "autofocus" in html


def test_a_follow_up_is_proposed_to_whoever_has_been_here(
    desk: Client, service: Service, caller: Patient
) -> None:
    first = make_service(practitioners=list(service.practitioners.all()), visit_kind="first")
    make_appointment(service=first, starts_at=at(1, "10:00"), patient=caller, status="completed")
    html = text(get(desk, "book", **place(), patient=str(caller.pk)))
    assert f'<option value="{service.pk}" selected>' in html


def test_a_first_visit_is_proposed_to_somebody_new(desk: Client, service: Service, caller: Patient) -> None:
    first = make_service(practitioners=list(service.practitioners.all()), visit_kind="first")
    html = text(get(desk, "book", **place(), patient=str(caller.pk)))
    assert f'<option value="{first.pk}" selected>' in html


def test_whoever_names_no_time_is_offered_the_first_free_ones(
    desk: Client, service: Service, caller: Patient
) -> None:
    assert "today 9:00, Maren" in text(get(desk, "book", patient=str(caller.pk)))


def test_it_is_booked(desk: Client, service: Service, caller: Patient) -> None:
    html = text(book(desk, service, caller))
    visit = Appointment.objects.get()
    assert (visit.patient, visit.starts_at, visit.source) == (caller, at(3, "10:00"), "desk")
    assert "Elena Marsh is booked: Thu 3 Dec 10:00 with Maren." in html


def test_without_a_place_it_is_where_the_physio_works(
    desk: Client, service: Service, caller: Patient
) -> None:
    book(desk, service, caller, location="")
    assert Appointment.objects.get().location == Location.objects.get()


def test_a_clash_keeps_what_was_typed(
    desk: Client, service: Service, caller: Patient, visit: Appointment
) -> None:
    answer = book(desk, service, caller, note="Left knee")
    assert answer.status_code == 409
    assert "Maren has Tom Hale until 10:45." in text(answer)
    assert "Left knee" in text(answer)


def test_a_physio_who_is_not_there_is_said(desk: Client, service: Service, caller: Patient) -> None:
    assert "Maren does not work then." in text(book(desk, service, caller, time="19:00"))


def test_a_walk_in_is_read_back_before_it_starts(desk: Client, service: Service, caller: Patient) -> None:
    html = text(get(desk, "book", patient=caller.pk, practitioner="maren", walk_in="1"))
    assert "Thursday 3 December, 9:00 with Maren" in html


def test_a_walk_in_starts_now_and_is_here(
    desk: Client, service: Service, caller: Patient, clock: Callable[[datetime], None]
) -> None:
    clock(at(3, "10:03"))
    book(desk, service, caller, walk_in="1", time="09:00")
    visit = Appointment.objects.get()
    assert (visit.starts_at, visit.status) == (at(3, "10:00"), "arrived")


def test_weekly_visits_are_booked_each_for_itself(desk: Client, service: Service, caller: Patient) -> None:
    html = text(book(desk, service, caller, repeat="3"))
    starts = list(Appointment.objects.values_list("starts_at", flat=True))
    assert starts == [at(3, "10:00"), at(10, "10:00"), at(17, "10:00")]
    assert "3 of 3 booked" in html


def test_one_clash_in_a_series_spoils_no_other(desk: Client, service: Service, caller: Patient) -> None:
    make_appointment(service=service, starts_at=at(10, "10:00"), patient=make_patient(name="Tom Hale"))
    html = text(book(desk, service, caller, repeat="3"))
    assert "2 of 3 booked" in html
    assert "Maren has Tom Hale until 10:45." in html


def test_a_clash_in_a_series_is_put_right_on_its_own(desk: Client, service: Service, caller: Patient) -> None:
    html = text(book(desk, service, caller, day="2026-12-10", time="11:00", row="1"))
    assert html.strip().startswith("<li")
    assert Appointment.objects.get().starts_at == at(10, "11:00")


def test_a_series_keeps_its_time_when_the_clocks_change(
    desk: Client, service: Service, caller: Patient
) -> None:
    book(desk, service, caller, day="2027-03-25", time="10:00", repeat="2")
    starts = list(Appointment.objects.values_list("starts_at", flat=True))
    assert starts == [at(25, "10:00", month=3, year=2027), at(1, "10:00", month=4, year=2027)]


def test_a_walk_in_that_met_a_clash_can_be_overbooked(
    desk: Client, service: Service, caller: Patient, visit: Appointment, clock: Callable[[datetime], None]
) -> None:
    clock(at(3, "10:03"))
    refused = text(book(desk, service, caller, walk_in="1"))
    sent = dict(re.findall(r'name="(day|time)"\s+value="([^"]*)"', refused))
    assert sent == {"day": "2026-12-03", "time": "10:00"}
    book(desk, service, caller, walk_in="1", overbook_reason="Acute", **sent)
    assert Appointment.objects.get(patient=caller).overbook_reason == "Acute"


@pytest.mark.parametrize("starts_at", [at(3, "14:00"), at(4, "9:00")])
def test_a_walk_in_who_takes_another_time_is_booked_and_not_here_yet(
    desk: Client, service: Service, caller: Patient, starts_at: datetime
) -> None:
    instead = f"{starts_at:%Y-%m-%dT%H:%M}@{Location.objects.get().slug}/maren"
    answer = book(desk, service, caller, walk_in="1", instead=instead)
    visit = Appointment.objects.get()
    assert (answer.status_code, visit.starts_at, visit.status) == (200, starts_at, "confirmed")


def test_a_walk_in_whose_other_time_has_come_is_here(
    desk: Client, service: Service, caller: Patient, clock: Callable[[datetime], None]
) -> None:
    clock(at(3, "10:06"))
    book(desk, service, caller, walk_in="1", instead=f"2026-12-03T10:05@{Location.objects.get().slug}/maren")
    assert Appointment.objects.get().status == "arrived"


def test_the_day_that_the_diary_shows_is_proposed(desk: Client, service: Service) -> None:
    patient = make_patient(name="Elena Marsh")
    shown = text(get(desk, "book", patient=str(patient.pk), day="2026-12-08"))
    assert 'value="2026-12-08"' in shown
    assert re.findall(r'name="instead"\s+value="(.{10})', shown)[0] >= "2026-12-08"


def test_a_day_that_is_over_gives_way_to_today(desk: Client, service: Service) -> None:
    patient = make_patient(name="Elena Marsh")
    assert 'value="2026-12-03"' in text(get(desk, "book", patient=str(patient.pk), day="2026-12-01"))


def test_the_search_for_a_patient_carries_the_day_on(desk: Client) -> None:
    assert 'name="day" value="2026-12-08"' in text(get(desk, "book", day="2026-12-08"))


@pytest.mark.parametrize("number", [1, 30])
def test_however_many_services_there_are_the_form_costs_the_same_queries(
    desk: Client, service: Service, caller: Patient, number: int, django_assert_num_queries: Any
) -> None:
    for index in range(number):
        make_service(
            practitioners=list(service.practitioners.all()), slug=f"other-{index}", name=f"Other {index}"
        )
    about = {"patient": str(caller.pk), "day": "2026-12-03"}
    get(desk, "book", **about)
    with django_assert_num_queries(13):
        assert text(get(desk, "book", **about)).count("Other ") == number
