"""GET /api/v1/appointments/ and /api/v1/appointments/{id}/"""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.http import HttpResponse

from booking.models import Appointment, AuditEntry, Payment
from booking.queries.links import token_for
from catalogue.models import Service
from tests.api.client import Api, bearer, problem
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_practitioner, make_user

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def appointment(service: Service) -> Appointment:
    return make_appointment(service=service, starts_at=at(3, "10:00"))


def opened(api: Api, appointment: Appointment, token: str | None = None) -> HttpResponse:
    headers = bearer(token_for(appointment) if token is None else token)
    return api.get(f"appointments/{appointment.pk}/", **headers)


def pay(appointment: Appointment) -> None:
    Payment.objects.create(
        appointment=appointment, state="paid", amount_minor=appointment.price_minor, currency="GBP",
        idempotency_key=uuid.uuid4().hex, created_at=NOW, paid_at=NOW,
    )  # fmt: skip


# --- Who sees it -----------------------------------------------------------------------------------------


def test_its_token_opens_it(api: Api, appointment: Appointment) -> None:
    assert opened(api, appointment).json()["id"] == str(appointment.pk)


def test_another_ones_token_does_not(api: Api, appointment: Appointment, service: Service) -> None:
    other = make_appointment(service=service, starts_at=at(3, "12:00"))
    assert problem(opened(api, appointment, token_for(other))) == "not-found"


@pytest.mark.parametrize("token", ["", "x", "x:y", "\xff", "a" * 9000, "{hex}:guess"])
def test_a_token_that_was_altered_does_not(api: Api, appointment: Appointment, token: str) -> None:
    assert problem(opened(api, appointment, token.format(hex=appointment.pk.hex))) == "not-found"


def test_a_stranger_learns_nothing(api: Api, appointment: Appointment) -> None:
    here, nowhere = api.get(f"appointments/{appointment.pk}/"), api.get(f"appointments/{uuid.uuid4()}/")
    assert (here.status_code, here.json()) == (nowhere.status_code, nowhere.json())


def test_whoever_holds_the_patient_sees_it(api: Api, service: Service) -> None:
    user = make_user()
    mine = make_appointment(service=service, starts_at=at(3, "10:00"), patient=make_patient(holder=user))
    api.client.force_login(user)
    assert api.get(f"appointments/{mine.pk}/").status_code == 200


def test_another_patient_does_not(api: Api, appointment: Appointment) -> None:
    api.client.force_login(make_user())
    assert problem(api.get(f"appointments/{appointment.pk}/")) == "not-found"


def test_reception_sees_it(api: Api, appointment: Appointment) -> None:
    api.client.force_login(make_user(role="reception"))
    assert api.get(f"appointments/{appointment.pk}/").status_code == 200


def test_a_physio_does_not_see_another_physios(api: Api, appointment: Appointment) -> None:
    api.client.force_login(make_practitioner(user=make_user(role="physio")).user)
    assert problem(api.get(f"appointments/{appointment.pk}/")) == "not-found"


def test_it_is_known_who_of_the_staff_opened_it(api: Api, appointment: Appointment) -> None:
    user = make_user(role="reception")
    api.client.force_login(user)
    api.get(f"appointments/{appointment.pk}/")
    entry = AuditEntry.objects.get(verb="opened")
    assert (entry.actor, entry.patient_id, entry.appointment_id) == (
        user,
        appointment.patient_id,
        appointment.pk,
    )


# --- What it says ----------------------------------------------------------------------------------------


def test_it_says_when_with_whom_and_where(api: Api, appointment: Appointment) -> None:
    said = opened(api, appointment).json()
    assert (said["starts_at"], said["status"]) == ("2026-12-03T10:00:00+00:00", "confirmed")
    assert said["practitioner"]["slug"] == appointment.practitioner.slug
    assert said["location"]["address"] == "14 Tanner’s Row, Hexley"


def test_in_time_everything_that_was_paid_would_go_back(api: Api, appointment: Appointment) -> None:
    pay(appointment)
    said = opened(api, appointment).json()
    assert [said[name]["amount_minor"] for name in ("paid", "due", "refund_on_cancelling")] == [6400, 0, 6400]


def test_late_only_the_share_of_the_policy_would(api: Api, service: Service) -> None:
    late = make_appointment(service=service, starts_at=at(30, "10:00", month=11))
    pay(late)
    said = opened(api, late).json()
    assert (said["refund_on_cancelling"]["amount_minor"], said["may_move"], said["may_cancel"]) == (
        3200,
        False,
        True,
    )


def test_what_is_cancelled_can_no_longer_be_changed(api: Api, service: Service) -> None:
    gone = make_appointment(service=service, starts_at=at(3, "10:00"), status="cancelled")
    said = opened(api, gone).json()
    assert (said["may_move"], said["may_cancel"], said["due"]["amount_minor"]) == (False, False, 0)


def test_no_cache_on_the_way_keeps_it(api: Api, appointment: Appointment) -> None:
    assert opened(api, appointment).headers["Cache-Control"] == "no-store"


def test_the_same_queries_whatever_was_paid(
    api: Api, appointment: Appointment, django_assert_num_queries: Queries
) -> None:
    for _ in range(30):
        pay(appointment)
    with django_assert_num_queries(4):
        opened(api, appointment)


# --- One's own -------------------------------------------------------------------------------------------


def test_the_list_needs_a_sign_in(api: Api) -> None:
    answer = api.get("appointments/")
    assert (answer.status_code, problem(answer)) == (401, "sign-in")


def test_a_token_opens_no_list(api: Api, appointment: Appointment) -> None:
    assert problem(api.get("appointments/", **bearer(token_for(appointment)))) in ("sign-in", "not-allowed")


@pytest.mark.parametrize("role", ["patient", "reception"])
def test_the_list_is_of_ones_own_people(api: Api, service: Service, role: str) -> None:
    user = make_user(role=role)
    make_appointment(service=service, starts_at=at(3, "10:00"))
    mine = make_appointment(service=service, starts_at=at(3, "12:00"), patient=make_patient(holder=user))
    api.client.force_login(user)
    assert [one["id"] for one in api.get("appointments/").json()["results"]] == [str(mine.pk)]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    api: Api, rows: int, django_assert_num_queries: Queries
) -> None:
    service, patient = make_clinic(slug="follow-up"), make_patient(holder=make_user())
    for number in range(rows):
        row = make_appointment(
            service=service, starts_at=at(1 + number % 28, f"{9 + number // 28}:00"), patient=patient
        )
        pay(row)
    api.client.force_login(patient.holder)
    with django_assert_num_queries(7):
        assert api.get("appointments/").json()["count"] == rows
