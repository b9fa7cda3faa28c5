"""/physio/leave/: asked for on the phone."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Practitioner
from booking.actions.leave_requests import refuse
from booking.models import LeaveRequest
from tests.factories import NOW, at, make_practitioner, make_user
from tests.web.patient.scene import NAUGHTY

PAGE = "/physio/leave/"


def ask(physio: Client, **changes: Any) -> HttpResponse:
    """Two whole days."""
    typed = {"first_day": "2026-12-21", "last_day": "2026-12-22", "reason": "Course"}
    answer: Any = physio.post(PAGE, typed | changes)
    return answer


def test_whole_days_include_the_last(physio: Client, maren: Practitioner) -> None:
    assert ask(physio)["Location"] == PAGE
    row = LeaveRequest.objects.get()
    assert (row.practitioner, row.starts_at, row.ends_at) == (maren, at(21, "0:00"), at(23, "0:00"))


def test_hours_of_one_day_can_be_asked_for(physio: Client) -> None:
    ask(physio, last_day="", first_time="12:00", last_time="15:00")
    row = LeaveRequest.objects.get()
    assert (row.starts_at, row.ends_at) == (at(21, "12:00"), at(21, "15:00"))


def test_how_it_stands_is_on_the_page(physio: Client) -> None:
    ask(physio)
    html = physio.get(PAGE).content.decode()
    assert "Monday 21 December to Tuesday 22 December 2026" in html
    assert "Take it back" in html


def test_a_refusal_says_why(physio: Client) -> None:
    ask(physio)
    row = LeaveRequest.objects.get()
    refuse(request_id=row.pk, answer="Ruth is away then.", by=make_user(role="reception"), now=NOW)
    html = physio.get(PAGE).content.decode()
    assert "Refused" in html
    assert "Ruth is away then." in html


def test_it_can_be_taken_back(physio: Client) -> None:
    ask(physio)
    physio.post(PAGE, {"take_back": str(LeaveRequest.objects.get().pk)})
    assert LeaveRequest.objects.get().state == "taken_back"


def test_a_colleagues_request_is_not_found(physio: Client) -> None:
    ask(physio)
    LeaveRequest.objects.update(practitioner=make_practitioner())
    answer = physio.post(PAGE, {"take_back": str(LeaveRequest.objects.get().pk)})
    assert (answer.status_code, LeaveRequest.objects.get().state) == (404, "asked")


def test_asking_twice_is_said(physio: Client) -> None:
    ask(physio)
    answer = ask(physio)
    assert answer.status_code == 422
    assert "You have asked for part of this already" in answer.content.decode()
    assert LeaveRequest.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"first_day": ""},
        {"last_day": "2026-12-01"},
        {"first_day": "2026-11-01", "last_day": "2026-11-02"},
        {"first_day": "2036-12-21", "last_day": ""},
        {"last_day": "", "first_time": "15:00", "last_time": "12:00"},
        {"reason": "x" * 151},
    ],
    ids=["no day", "ends first", "over", "far", "hours backwards", "long"],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_written(physio: Client, changes: dict[str, str]) -> None:
    assert ask(physio, **changes).status_code == 422
    assert not LeaveRequest.objects.exists()


@pytest.mark.parametrize("typed", NAUGHTY)
def test_naughty_input_breaks_nothing(physio: Client, typed: str) -> None:
    assert ask(physio, reason=typed, first_day=typed).status_code == 422
    assert physio.post(PAGE, {"take_back": typed}).status_code == 400


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_a_fixed_number_of_queries(
    physio: Client, maren: Practitioner, number: int, django_assert_num_queries: Any
) -> None:
    for days in range(number):
        day = at(21, "0:00") + timedelta(days=days)
        LeaveRequest.objects.create(
            practitioner=maren, starts_at=day, ends_at=day + timedelta(days=1), asked_at=NOW
        )
    physio.get(PAGE)
    with django_assert_num_queries(6):
        assert physio.get(PAGE).content.decode().count("Take it back") == number
