"""/physio/week/: seven days of one physio."""

from typing import Any

import pytest
from django.test import Client

from booking.models import Appointment, Closure, Leave
from booking.queries.clinical.week import read_week
from tests.factories import at, make_appointment, make_practitioner


def shown(physio: Client, **asked: str) -> str:
    answer = physio.get("/physio/week/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_goes_from_monday_to_sunday(physio: Client, visit: Appointment) -> None:
    html = shown(physio)
    assert "Mon 30 Nov to Sun 6 Dec" in html
    assert "Tom Hale" in html


def test_hours_and_days_off_are_said(physio: Client) -> None:
    html = shown(physio)
    assert html.count("9:00 to 17:00") == 5
    assert html.count("Not working") == 2


def test_leave_and_closures_are_said(physio: Client, visit: Appointment) -> None:
    Leave.objects.create(
        practitioner=visit.practitioner, starts_at=at(2, "12:00"), ends_at=at(2, "15:00"), reason="Dentist"
    )
    Closure.objects.create(
        first_day=at(4, "0:00").date(), last_day=at(4, "0:00").date(), name="Founders’ Day"
    )
    html = shown(physio)
    assert "Leave, Dentist, 12:00 to 15:00" in html
    assert html.count("Closed, Founders’ Day") == 1


def test_another_week_can_be_looked_at(physio: Client, visit: Appointment) -> None:
    html = shown(physio, **{"from": "2026-12-09"})
    assert "Mon 7 Dec to Sun 13 Dec" in html
    assert "Tom Hale" not in html


def test_visits_of_colleagues_are_not_shown(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(practitioner=make_practitioner())
    assert "Tom Hale" not in shown(physio)


@pytest.mark.parametrize("day", ["next", "2026-02-30", "0001-01-01", "9999-12-31", "\x00"])
def test_what_is_no_day_is_a_bad_request(physio: Client, day: str) -> None:
    assert physio.get("/physio/week/", {"from": day}).status_code == 400


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_three_queries(visit: Appointment, number: int, django_assert_num_queries: Any) -> None:
    for hour in range(1, number):
        make_appointment(service=visit.service, starts_at=at(4 + hour // 8, f"{9 + hour % 8}:00"))
    with django_assert_num_queries(3):
        read_week(me=visit.practitioner, first_day=at(30, "0:00", month=11).date())
