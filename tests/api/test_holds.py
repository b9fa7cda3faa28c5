"""POST /api/v1/holds/"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from booking.models import Appointment
from catalogue.models import Service
from tests.api.client import Api, problem, wrong_fields
from tests.api.steps import TEN, hold, hold_request
from tests.factories import NOW, at, make_appointment, make_clinic, make_practitioner, make_service, make_user

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


def refused(api: Api, **changes: Any) -> set[str]:
    answer = api.post("holds/", hold_request(**changes))
    assert not Appointment.objects.exists()
    return wrong_fields(answer)


def test_a_free_time_is_held(api: Api, service: Service) -> None:
    held = hold(api)
    appointment = Appointment.objects.get()
    assert (str(appointment.pk), appointment.status, appointment.starts_at) == (held["id"], "held", TEN)


def test_the_answer_says_what_is_held_and_until_when(api: Api, service: Service) -> None:
    held = hold(api)
    assert (held["starts_at"], held["ends_at"], held["expires_at"]) == (
        "2026-12-03T10:00:00+00:00",
        "2026-12-03T10:45:00+00:00",
        "2026-11-30T08:10:00+00:00",
    )


def test_the_answer_says_what_it_costs_and_by_which_policy(api: Api, service: Service) -> None:
    held = hold(api)
    assert held["price"] == {"amount_minor": 6400, "currency": "GBP", "text": "£64"}
    assert held["policy"]["free_until"] == "2026-12-02T10:00:00+00:00"


def test_it_counts_as_booked_by_another_program(api: Api, service: Service) -> None:
    hold(api)
    assert Appointment.objects.get().source == Appointment.Source.API


def test_a_moment_may_be_written_with_any_offset(api: Api, service: Service) -> None:
    assert hold(api, starts_at=at(3, "10:00"))["starts_at"].startswith("2026-12-03T10:00")
    written = api.post("holds/", hold_request(starts_at="2026-12-03T20:00:00+09:00"))
    assert written.json()["starts_at"] == "2026-12-03T11:00:00+00:00"


def test_a_practitioner_may_be_chosen(api: Api) -> None:
    service = make_clinic(slug="follow-up", practitioners=2)
    second = service.practitioners.last()
    assert hold(api, practitioner=second.slug)["practitioner"]["slug"] == second.slug


def test_a_time_that_is_held_is_taken(api: Api, service: Service) -> None:
    hold(api)
    answer = api.post("holds/", hold_request())
    assert (answer.status_code, problem(answer)) == (409, "time-taken")


def test_a_refusal_offers_the_nearest_times(api: Api) -> None:
    service = make_clinic(slug="follow-up", start_grid_minutes=45)
    make_appointment(service=service, starts_at=at(3, "10:30"))
    answer = api.post("holds/", hold_request(starts_at=at(3, "10:30").isoformat()))
    offered = [one["starts_at"] for one in answer.json()["nearest"]]
    assert offered == [f"2026-12-03T{clock}:00+00:00" for clock in ("09:00", "09:45", "11:15")]


@pytest.mark.parametrize(
    "moment",
    [at(3, "10:07"), at(3, "7:00"), at(5, "10:00")],
    ids=["off the grid", "before opening", "on a Saturday"],
)
def test_a_time_that_is_not_offered_is_taken(api: Api, service: Service, moment: Any) -> None:
    assert problem(api.post("holds/", hold_request(starts_at=moment.isoformat()))) == "time-taken"


@pytest.mark.parametrize(
    ("moment", "said"),
    [(NOW - timedelta(minutes=30), "time-passed"), (NOW + timedelta(minutes=30), "too-soon")],
)
def test_when_nobody_was_faster_that_is_not_said(
    api: Api, service: Service, moment: datetime, said: str
) -> None:
    answer = api.post("holds/", hold_request(starts_at=moment.isoformat()))
    assert (answer.status_code, problem(answer)) == (409, said)
    assert len(answer.json()["nearest"]) == 3


@pytest.mark.parametrize(
    "moment",
    ["2026-12-03T10:00:00", "2026-12-03", "2026-12-03 10:00:00+00:00", "10:00", "", None, 1764756000, True,
     [], "0000-00-00T00:00:00Z", "2026-02-30T10:00:00Z", "99999-12-03T10:00:00Z", "9999-12-31T23:59:59-14:00",
     "0001-01-01T00:00:00+14:00", "2026-12-03T10:00:00+99:99", "2026-12-03T25:00:00Z"],
)  # fmt: skip
def test_a_moment_that_is_none_is_refused(api: Api, service: Service, moment: Any) -> None:
    assert refused(api, starts_at=moment) == {"/starts_at"}


@pytest.mark.parametrize("field", ["service", "practitioner", "location"])
def test_a_name_that_is_not_known_is_refused(api: Api, service: Service, field: str) -> None:
    assert refused(api, **{field: "nobody"}) == {f"/{field}"}


def test_a_service_that_is_not_booked_online_is_not_known(api: Api) -> None:
    make_clinic(slug="follow-up", online=False)
    assert refused(api) == {"/service"}


def test_somebody_who_does_not_give_it_is_never_free(api: Api, service: Service) -> None:
    make_service(practitioners=[make_practitioner(slug="other")])
    assert problem(api.post("holds/", hold_request(practitioner="other"))) == "time-taken"


def test_a_field_that_is_not_known_is_refused(api: Api, service: Service) -> None:
    assert refused(api, start="2026") == {"/start"}


def test_everything_that_is_missing_is_told_at_once(api: Api, service: Service) -> None:
    assert wrong_fields(api.post("holds/", {})) == {"/service", "/starts_at"}


def test_the_secret_is_not_kept(api: Api, service: Service) -> None:
    secret = hold(api)["secret"]
    assert secret not in Appointment.objects.get().hold_secret_hash


def test_somebody_signed_in_needs_a_csrf_token(service: Service) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    assert problem(Api(client).post("holds/", hold_request())) == "not-allowed"


def test_a_stranger_needs_none(service: Service) -> None:
    hold(Api(Client(enforce_csrf_checks=True)))


@pytest.mark.parametrize("rows", [1, 30])
def test_a_hold_takes_the_same_queries_however_full_the_diary(
    api: Api, rows: int, django_assert_num_queries: Queries
) -> None:
    service = make_clinic(slug="follow-up", practitioners=3)
    for number in range(rows):
        make_appointment(service=service, starts_at=at(4 + number % 20, f"{9 + number // 20}:00"))
    with django_assert_num_queries(12):
        hold(api)
