"""Reception answers a request for leave."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from booking.models import Appointment, Leave, LeaveRequest
from booking.queries.needs_a_hand import hands_wanted, needs_a_hand
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_user
from tests.web.reception.desk import text

PAGE = "/reception/absences/"


@pytest.fixture
def asked(service: Service) -> LeaveRequest:
    """Maren asks for the 4th of December."""
    return LeaveRequest.objects.create(
        practitioner=service.practitioners.get(),
        starts_at=at(4, "0:00"),
        ends_at=at(5, "0:00"),
        reason="Course",
        asked_at=NOW,
    )


def answer(desk: Client, asked: LeaveRequest, **sent: str) -> HttpResponse:
    reply: Any = desk.post(reverse("reception:answer-leave", args=[asked.pk]), sent)
    return reply


def test_whom_it_displaces_is_said(desk: Client, asked: LeaveRequest, service: Service) -> None:
    make_appointment(service=service, starts_at=at(4, "10:00"))
    make_appointment(service=service, starts_at=at(4, "11:00"))
    make_appointment(service=service, starts_at=at(7, "10:00"))
    html = text(desk.get(PAGE))
    assert "Maren Holt" in html
    assert "This displaces 2 visits." in html


def test_it_may_displace_nobody(desk: Client, asked: LeaveRequest) -> None:
    assert "Displaces nobody." in text(desk.get(PAGE))


def test_granted_it_is_leave(desk: Client, asked: LeaveRequest) -> None:
    assert answer(desk, asked, do="grant")["Location"] == PAGE
    assert Leave.objects.get().starts_at == at(4, "0:00")
    assert "leave-requests" not in text(desk.get(PAGE))


def test_granted_it_leads_to_the_visits_to_move(desk: Client, asked: LeaveRequest, service: Service) -> None:
    make_appointment(service=service, starts_at=at(4, "10:00"))
    assert answer(desk, asked, do="grant")["Location"].endswith("#displaced")
    assert Appointment.objects.get().status == "confirmed"


def test_refused_it_says_why(desk: Client, asked: LeaveRequest) -> None:
    answer(desk, asked, do="refuse", answer="Ruth is away.")
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("refused", "Ruth is away.")


def test_refused_without_a_word_it_stays_open(desk: Client, asked: LeaveRequest) -> None:
    answer(desk, asked, do="refuse")
    asked.refresh_from_db()
    assert asked.state == "asked"
    assert "Say why it can’t be" in text(desk.get(PAGE))


def test_of_two_who_answer_the_second_is_told(desk: Client, asked: LeaveRequest) -> None:
    answer(desk, asked, do="grant")
    answer(desk, asked, do="refuse", answer="No.")
    assert "answered or taken back already" in text(desk.get(PAGE))
    assert LeaveRequest.objects.get().state == "granted"


def test_it_wants_a_hand_until_it_is_answered(desk: Client, asked: LeaveRequest) -> None:
    assert needs_a_hand(now=NOW).leave_requests == [asked]
    assert hands_wanted(now=NOW) == 1
    html = text(desk.get(reverse("reception:lists")))
    assert "Asked for leave" in html
    answer(desk, asked, do="grant")
    assert hands_wanted(now=NOW) == 0


@pytest.mark.parametrize("role", ["patient", "physio"])
def test_nobody_else_answers(client: Client, asked: LeaveRequest, role: str) -> None:
    client.force_login(make_user(role=role))
    assert answer(client, asked, do="grant").status_code == 403
    assert not Leave.objects.exists()


@pytest.mark.parametrize("number", [1, 30])
def test_what_is_asked_for_costs_a_fixed_number_of_queries(
    desk: Client, service: Service, number: int, django_assert_num_queries: Any
) -> None:
    for days in range(number):
        day = at(4, "0:00") + timedelta(days=days)
        make_appointment(service=service, starts_at=day + timedelta(hours=10))
        LeaveRequest.objects.create(
            practitioner=service.practitioners.get(), starts_at=day, ends_at=day + timedelta(days=1),
            asked_at=NOW,
        )  # fmt: skip
    desk.get(PAGE)
    with django_assert_num_queries(10):
        assert text(desk.get(PAGE)).count("This displaces") == number
