"""GET diary/: reception's screen, and what asks like it."""

from datetime import datetime
from typing import Any

import pytest

from accounts.models import Practitioner, User
from booking.actions.audit import Actor
from booking.actions.desk.day import check_in
from booking.models import Leave
from catalogue.models import Service
from tests.api.client import Api, problem
from tests.factories import at, make_appointment, make_patient, make_user

pytestmark = pytest.mark.django_db

DAY = {"from": "2026-12-03"}
TEN = at(3, "10:00")


@pytest.fixture
def desk(api: Api) -> Api:
    api.client.force_login(make_user(role="reception"))
    return api


def diary(desk: Api, query: dict[str, Any] = DAY, **headers: str) -> Any:
    return desk.get("diary/", query, **headers)


def test_a_visit_stands_in_its_column(desk: Api, service: Service) -> None:
    visit = make_appointment(service=service, starts_at=TEN, patient=make_patient(name="Tom Hale"))
    answer = diary(desk).json()
    (shown,) = answer["visits"]
    assert shown["practitioner"] == answer["practitioners"][0]["slug"]
    assert (shown["id"], shown["patient"], shown["due_minor"]) == (str(visit.pk), "Tom Hale", 6400)


def test_moments_are_on_the_clinics_clock(desk: Api, service: Service) -> None:
    make_appointment(service=service, starts_at=TEN)
    assert diary(desk).json()["visits"][0]["starts_at"] == "2026-12-03T10:00:00+00:00"


def test_leave_is_drawn(desk: Api, service: Service) -> None:
    leave = Leave.objects.create(
        practitioner=service.practitioners.get(), starts_at=TEN, ends_at=at(3, "12:00"), reason="Dentist"
    )
    (shut,) = diary(desk).json()["practitioners"][0]["shut"]
    assert (shut["kind"], shut["reason"], shut["leave"]) == ("leave", "Dentist", leave.pk)
    assert datetime.fromisoformat(shut["from"]) == TEN


def test_nothing_new_is_said_by_304(desk: Api, service: Service) -> None:
    tag = diary(desk)["ETag"]
    answer = diary(desk, **{"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_asking_whether_anything_is_new_reads_no_diary(
    desk: Api, service: Service, django_assert_num_queries: Any
) -> None:
    tag = diary(desk)["ETag"]
    with django_assert_num_queries(3):  # the session, who asks, and the version
        diary(desk, **{"If-None-Match": tag})


def test_a_step_of_a_visit_is_new(desk: Api, service: Service) -> None:
    visit = make_appointment(service=service, starts_at=TEN)
    tag = diary(desk)["ETag"]
    check_in(appointment_id=visit.pk, by=Actor.staff(User.objects.get()), now=TEN)
    answer = diary(desk, **{"If-None-Match": tag})
    assert answer.json()["visits"][0]["status"] == "arrived"


def test_leave_added_in_the_back_office_is_new(desk: Api, service: Service) -> None:
    tag = diary(desk)["ETag"]
    Leave.objects.create(practitioner=service.practitioners.get(), starts_at=TEN, ends_at=at(3, "12:00"))
    assert diary(desk, **{"If-None-Match": tag}).status_code == 200


def test_a_physio_who_was_made_inactive_is_new_and_keeps_their_visits(desk: Api, service: Service) -> None:
    make_appointment(service=service, starts_at=TEN)
    tag = diary(desk)["ETag"]
    Practitioner.objects.update(active=False)
    after = diary(desk, **{"If-None-Match": tag}).json()
    assert after["visits"][0]["practitioner"] == after["practitioners"][0]["slug"]


def test_another_question_is_another_answer(desk: Api, service: Service) -> None:
    tag = diary(desk)["ETag"]
    assert diary(desk, {**DAY, "days": 2}, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("role", ["patient", "physio"])
def test_patients_and_physios_are_kept_out(api: Api, role: str) -> None:
    api.client.force_login(make_user(role=role))
    answer = diary(api)
    assert (answer.status_code, problem(answer)) == (403, "not-allowed")


def test_a_stranger_is_asked_to_sign_in(api: Api) -> None:
    assert diary(api).status_code in {401, 403}


def test_a_manager_may_look(api: Api, service: Service) -> None:
    api.client.force_login(make_user(role="manager"))
    assert diary(api).status_code == 200


@pytest.mark.parametrize(
    "query", [{"from": "2026-13-01"}, {"days": 0}, {"days": 43}, {"location": "nowhere"}]
)
def test_a_wrong_question_is_refused(desk: Api, query: dict[str, Any]) -> None:
    assert diary(desk, query).status_code in {400, 404}
