"""POST /api/v1/appointments/{id}/move/"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from booking.models import Appointment, Message
from booking.queries.links import token_for
from catalogue.models import Service
from tests.api.client import Api, bearer, problem, wrong_fields
from tests.factories import NOW, at, make_appointment, make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment(service: Service) -> Appointment:
    return make_appointment(service=service, starts_at=at(3, "10:00"))


def move(api: Api, appointment: Appointment, to: datetime, **changes: Any) -> HttpResponse:
    body = {"starts_at": to.isoformat()} | changes
    return api.post(f"appointments/{appointment.pk}/move/", body, **bearer(token_for(appointment)))


def test_a_visit_is_moved(api: Api, appointment: Appointment) -> None:
    said = move(api, appointment, at(4, "11:00")).json()
    assert (said["starts_at"], said["moved_from"]) == (
        "2026-12-04T11:00:00+00:00",
        "2026-12-03T10:00:00+00:00",
    )
    appointment.refresh_from_db()
    assert appointment.starts_at == at(4, "11:00")


def test_it_may_be_moved_by_less_than_its_own_length(api: Api, appointment: Appointment) -> None:
    assert move(api, appointment, at(3, "10:15")).status_code == 200


def test_it_may_be_moved_to_somebody_else(api: Api) -> None:
    service = make_clinic(slug="follow-up", practitioners=2)
    appointment = make_appointment(service=service, starts_at=at(3, "10:00"))
    second = service.practitioners.last()
    said = move(api, appointment, at(3, "10:00"), practitioner=second.slug).json()
    assert said["practitioner"]["slug"] == second.slug


def test_moving_to_a_time_that_has_passed_says_so(api: Api, appointment: Appointment) -> None:
    answer = move(api, appointment, NOW - timedelta(hours=1))
    assert (answer.status_code, problem(answer)) == (409, "time-passed")
    assert answer.json()["nearest"]


def test_a_time_that_is_taken_leaves_it_where_it_was(
    api: Api, appointment: Appointment, service: Service
) -> None:
    make_appointment(service=service, starts_at=at(4, "11:00"))
    answer = move(api, appointment, at(4, "11:00"))
    assert (answer.status_code, problem(answer)) == (409, "time-taken")
    appointment.refresh_from_db()
    assert appointment.starts_at == at(3, "10:00")


def test_a_refusal_offers_the_nearest_times(api: Api, appointment: Appointment, service: Service) -> None:
    make_appointment(service=service, starts_at=at(4, "11:00"))
    offered = move(api, appointment, at(4, "11:00")).json()["nearest"]
    assert [one["starts_at"][:16] for one in offered] == [
        "2026-12-04T10:00",
        "2026-12-04T10:15",
        "2026-12-04T11:45",
    ]


def test_a_refusal_does_not_offer_the_time_that_it_has(
    api: Api, appointment: Appointment, service: Service
) -> None:
    make_appointment(service=service, starts_at=at(3, "10:45"))
    offered = move(api, appointment, at(3, "10:45")).json()["nearest"]
    assert "2026-12-03T10:00" not in [one["starts_at"][:16] for one in offered]


def test_after_the_moment_of_the_policy_it_stays(api: Api, service: Service) -> None:
    late = make_appointment(service=service, starts_at=at(30, "10:00", month=11))
    answer = move(api, late, at(4, "11:00"))
    assert (answer.status_code, problem(answer)) == (409, "too-late")


def test_what_is_cancelled_is_not_moved(api: Api, service: Service) -> None:
    gone = make_appointment(service=service, starts_at=at(3, "10:00"), status="cancelled")
    assert problem(move(api, gone, at(4, "11:00"))) == "not-coming"


def test_the_patient_is_told(api: Api, appointment: Appointment) -> None:
    move(api, appointment, at(4, "11:00"))
    assert Message.objects.filter(occasion="moved").exists()


def test_a_stranger_moves_nothing(api: Api, appointment: Appointment) -> None:
    body = {"starts_at": at(4, "11:00").isoformat()}
    assert problem(api.post(f"appointments/{appointment.pk}/move/", body)) == "not-found"


@pytest.mark.parametrize("field", ["practitioner", "location"])
def test_a_name_that_is_not_known_is_refused(api: Api, appointment: Appointment, field: str) -> None:
    assert wrong_fields(move(api, appointment, at(4, "11:00"), **{field: "nobody"})) == {f"/{field}"}
