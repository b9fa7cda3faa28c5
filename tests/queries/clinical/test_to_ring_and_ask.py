"""Whom reception rings to ask how they are, because no mail reaches them."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Patient
from booking.actions.clinical.after_check import note_rung
from booking.models import AfterCheck, Message
from booking.queries.clinical.after_check import to_ring_and_ask
from tests.factories import at, make_clinic, make_patient, make_user
from tests.needled import VISIT, make_check, needled_visit

pytestmark = pytest.mark.django_db

NOW = at(3, "11:00")


def check(*, email: str = "", **fields: Any) -> AfterCheck:
    visit = needled_visit(patient=make_patient(email=email))
    return make_check(visit, **{"due_at": at(3, "10:00")} | fields)


def listed() -> list[AfterCheck]:
    return list(to_ring_and_ask(now=NOW))


def test_somebody_without_an_address_is_listed_once_they_are_to_be_asked() -> None:
    assert listed() == []
    asked = check()
    assert listed() == [asked]
    assert list(to_ring_and_ask(now=at(3, "9:59"))) == []


def mailed(asked: AfterCheck) -> Message:
    return Message.objects.create(
        appointment=asked.appointment,
        patient=asked.appointment.patient,
        occasion="after_check",
        due_at=asked.due_at,
    )


@pytest.mark.parametrize("state", ["due", "sent"])
def test_somebody_who_is_asked_by_mail_is_not_rung(state: str) -> None:
    message = mailed(check(email="elena@mail.example"))
    message.state = state
    message.save()
    assert listed() == []


def test_somebody_whose_mail_came_back_is_listed() -> None:
    asked = check(email="elena@mail.example")
    message = mailed(asked)
    assert listed() == []
    message.state = "failed"
    message.save()
    assert listed() == [asked]


def test_an_address_written_down_after_the_visit_takes_nobody_off_the_list() -> None:
    asked = check()
    Patient.objects.update(email="elena@mail.example")
    assert listed() == [asked]


def test_who_has_answered_is_not_rung() -> None:
    check(answered_at=NOW, pain=1, soreness="none")
    assert listed() == []


def test_who_was_rung_is_off_the_list() -> None:
    asked = check()
    note_rung(appointment_id=asked.appointment_id, by=make_user(role="reception"), now=NOW)
    assert listed() == []


def test_after_a_week_it_is_too_late_to_ask() -> None:
    check(due_at=NOW - timedelta(days=7))
    assert listed() == []


@pytest.mark.parametrize("count", [1, 30])
def test_it_is_one_query(count: int, django_assert_num_queries: Any) -> None:
    service = make_clinic()
    for index in range(count):
        visit = needled_visit(
            service=service, starts_at=VISIT - timedelta(hours=index), patient=make_patient(email="")
        )
        make_check(visit, due_at=at(3, "10:00"))
    with django_assert_num_queries(1):
        assert len([row.appointment.patient and row.appointment.service.name for row in listed()]) == count
