"""/reception/absences/: leave, blocked time, closures, and whom they displace."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking.models import Appointment, Closure, Leave
from catalogue.models import Service
from tests.factories import at, make_appointment, make_location, make_patient, make_practitioner, make_user
from tests.web.patient.scene import NAUGHTY
from tests.web.reception.desk import text

PAGE = "/reception/absences/"
SKIPPED = "2027-03-28"  # the clocks go from one to two


def add(desk: Client, **changes: Any) -> HttpResponse:
    """Maren is away on Friday 4 December."""
    typed = {"practitioner": "maren", "kind": "leave", "first_day": "2026-12-04", "reason": "Course"}
    answer: Any = desk.post(PAGE + "add/", typed | changes)
    return answer


def close(desk: Client, **changes: Any) -> HttpResponse:
    typed = {"name": "Founders’ Day", "first_day": "2026-12-04", "last_day": "2026-12-04"}
    answer: Any = desk.post(PAGE + "close/", typed | changes)
    return answer


def shown(desk: Client) -> str:
    answer = desk.get(PAGE)
    assert answer.status_code == 200
    return text(answer)


@pytest.fixture
def friday(service: Service) -> Appointment:
    return make_appointment(service=service, starts_at=at(4, "10:00"), patient=make_patient(name="Tom Hale"))


def test_leave_that_displaces_nobody_is_saved_at_once(desk: Client, service: Service) -> None:
    assert add(desk)["Location"] == PAGE
    leave = Leave.objects.get()
    assert (leave.starts_at, leave.ends_at, leave.kind) == (at(4, "0:00"), at(5, "0:00"), "leave")


def test_hours_can_be_blocked(desk: Client, service: Service) -> None:
    add(desk, kind="block", first_time="12:00", last_time="13:30")
    leave = Leave.objects.get()
    assert (leave.starts_at, leave.ends_at, leave.kind) == (at(4, "12:00"), at(4, "13:30"), "block")


def test_whole_days_include_the_last(desk: Client, service: Service) -> None:
    add(desk, last_day="2026-12-08")
    assert Leave.objects.get().ends_at == at(9, "0:00")


def test_whom_it_displaces_is_shown_before_it_is_saved(desk: Client, friday: Appointment) -> None:
    html = text(add(desk))
    assert "This displaces one visit" in html
    assert "Tom Hale" in html
    assert "Fri 4 Dec, 10:00" in html
    assert not Leave.objects.exists()


def test_the_second_press_saves_and_leads_to_the_list(desk: Client, friday: Appointment) -> None:
    answer = add(desk, seen=[str(friday.pk)])
    assert answer["Location"] == reverse("reception:lists") + "#displaced"
    assert Leave.objects.count() == 1


def test_the_displaced_visit_stays_booked(desk: Client, friday: Appointment) -> None:
    add(desk, seen=[str(friday.pk)])
    friday.refresh_from_db()
    assert friday.status == "confirmed"


def test_a_visit_booked_between_the_presses_is_shown_first(
    desk: Client, service: Service, friday: Appointment
) -> None:
    make_appointment(service=service, starts_at=at(4, "14:00"))
    html = text(add(desk, seen=[str(friday.pk)]))
    assert "The visits have changed since you looked." in html
    assert not Leave.objects.exists()


def test_visits_that_have_been_are_not_displaced(desk: Client, service: Service) -> None:
    make_appointment(service=service, starts_at=at(1, "10:00"))
    add(desk, first_day="2026-12-01", last_day="2026-12-04")
    assert Leave.objects.count() == 1


def test_a_closure_shows_whom_it_displaces_too(desk: Client, friday: Appointment) -> None:
    assert "Tom Hale" in text(close(desk))
    close(desk, seen=[str(friday.pk)])
    assert Closure.objects.get().name == "Founders’ Day"


def test_a_closure_of_another_place_displaces_nobody(desk: Client, friday: Appointment) -> None:
    mill = make_location(slug="mill-lane")
    close(desk, location="mill-lane")
    assert Closure.objects.get().location == mill


def test_a_closure_without_a_place_is_everywhere(desk: Client, service: Service) -> None:
    close(desk)
    assert Closure.objects.get().location is None


def test_what_is_coming_is_listed_and_what_is_over_is_not(desk: Client, service: Service) -> None:
    maren = service.practitioners.get()
    for first, reason in ((4, "Course"), (1, "Dentist")):
        Leave.objects.create(
            practitioner=maren, starts_at=at(first, "9:00"), ends_at=at(first, "10:00"), reason=reason
        )
    Closure.objects.create(first_day=date(2026, 12, 25), last_day=date(2026, 12, 28), name="Christmas")
    html = shown(desk)
    assert "Friday 4 December 2026, 9:00 to 10:00" in html
    assert "Friday 25 December to Monday 28 December 2026" in html
    assert "Dentist" not in html


def test_leave_is_taken_away(desk: Client, service: Service) -> None:
    add(desk)
    desk.post(reverse("reception:remove-absence", args=[Leave.objects.get().pk]))
    assert not Leave.objects.exists()


def test_a_closure_is_taken_away(desk: Client, service: Service) -> None:
    close(desk)
    desk.post(reverse("reception:reopen", args=[Closure.objects.get().pk]))
    assert not Closure.objects.exists()


@pytest.mark.parametrize("name", ["remove-absence", "reopen"])
@pytest.mark.parametrize("key", [7, 10**30])
def test_what_is_not_there_is_not_found(desk: Client, name: str, key: int) -> None:
    assert desk.post(reverse(f"reception:{name}", args=[key])).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"practitioner": ""},
        {"practitioner": "nobody"},
        {"kind": "holiday"},
        {"first_day": ""},
        {"first_day": "4 December"},
        {"first_day": "2026-02-30"},
        {"first_day": "0001-01-01"},
        {"first_day": "9999-12-31"},
        {"last_day": "9999-12-31"},
        {"last_day": "2026-12-03"},
        {"first_day": "2026-12-01", "last_day": "2026-12-02"},
        {"first_time": "13:00", "last_time": "12:00"},
        {"first_time": "25:00"},
        {"first_day": SKIPPED, "last_day": SKIPPED, "first_time": "01:00", "last_time": "02:00"},
        {"reason": "x" * 151},
        {"reason": "a\x00b"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(
    desk: Client, service: Service, wrong: dict[str, str]
) -> None:
    answer = add(desk, **wrong)
    assert answer.status_code == 422
    assert "Nothing you typed is lost" in text(answer)
    assert not Leave.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"location": "nowhere"},
        {"first_day": "0001-01-01"},
        {"last_day": "x"},
    ],
)
def test_a_closure_that_cannot_be_is_not_saved(desk: Client, service: Service, wrong: dict[str, str]) -> None:
    assert close(desk, **wrong).status_code == 422
    assert not Closure.objects.exists()


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_naughty_input_breaks_nothing(desk: Client, service: Service, naughty: str) -> None:
    for field in ("practitioner", "first_day", "last_day", "first_time", "kind"):
        assert add(desk, **{field: naughty}).status_code == 422


@pytest.mark.parametrize("path", ["add/", "close/"])
def test_nothing_is_saved_by_following_a_link(desk: Client, path: str) -> None:
    assert desk.get(PAGE + path).status_code == 405


@pytest.mark.parametrize("path", ["", "add/", "close/", "7/remove/"])
def test_physios_and_strangers_stay_outside(client: Client, db: None, path: str) -> None:
    assert client.post(PAGE + path)["Location"].startswith("/accounts/login/")
    client.force_login(make_user(role="physio"))
    assert client.post(PAGE + path).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_a_fixed_number_of_queries(desk: Client, service: Service, number: int) -> None:
    for index in range(number):
        day = at(4, "9:00") + timedelta(days=index)
        Leave.objects.create(
            practitioner=make_practitioner(), starts_at=day, ends_at=day + timedelta(hours=1)
        )
        Closure.objects.create(
            first_day=day.date(), last_day=day.date(), name="Shut", location=make_location()
        )
    with CaptureQueriesContext(connection) as queries:
        shown(desk)
    assert len(queries) == 10


@pytest.mark.parametrize("number", [1, 30])
def test_however_many_it_displaces_they_cost_the_same_queries(
    desk: Client, service: Service, number: int, django_assert_num_queries: Any
) -> None:
    for index in range(number):
        make_appointment(
            service=service,
            starts_at=at(4, "0:00") + index * timedelta(minutes=service.duration_minutes),
            patient=make_patient(name=f"Patient {index}"),
        )
    add(desk)
    with django_assert_num_queries(7):
        assert text(add(desk)).count("Patient ") == number
