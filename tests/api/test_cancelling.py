"""POST /api/v1/appointments/{id}/cancel/"""

import uuid
from typing import Any

import pytest
from django.http import HttpResponse

from booking.models import Appointment, AuditEntry, Message, Payment, Refund
from booking.queries.links import token_for
from catalogue.models import Service
from tests.api.client import Api, bearer, problem, wrong_fields
from tests.factories import NOW, at, make_appointment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment(service: Service) -> Appointment:
    return make_appointment(service=service, starts_at=at(3, "10:00"))


def cancel(api: Api, appointment: Appointment, body: Any = None) -> HttpResponse:
    return api.post(f"appointments/{appointment.pk}/cancel/", body, **bearer(token_for(appointment)))


def pay(appointment: Appointment) -> None:
    Payment.objects.create(
        appointment=appointment, state="paid", amount_minor=appointment.price_minor, currency="GBP",
        idempotency_key=uuid.uuid4().hex, created_at=NOW, paid_at=NOW,
    )  # fmt: skip


def test_a_visit_is_cancelled(api: Api, appointment: Appointment) -> None:
    assert cancel(api, appointment).json()["status"] == "cancelled"
    appointment.refresh_from_db()
    assert (appointment.status, appointment.cancelled_by) == ("cancelled", "patient")


def test_a_reason_may_be_given(api: Api, appointment: Appointment) -> None:
    cancel(api, appointment, {"reason": "Feeling better"})
    appointment.refresh_from_db()
    assert appointment.cancel_reason == "Feeling better"


def test_what_goes_back_is_told_and_asked_for(api: Api, appointment: Appointment) -> None:
    pay(appointment)
    assert cancel(api, appointment).json()["refunded"]["text"] == "£64"
    assert Refund.objects.get().amount_minor == 6400


def test_late_only_the_share_of_the_policy_goes_back(api: Api, service: Service) -> None:
    late = make_appointment(service=service, starts_at=at(30, "10:00", month=11))
    pay(late)
    assert cancel(api, late).json()["refunded"]["amount_minor"] == 3200


@pytest.mark.parametrize(("code", "refund_minor"), [("clinic", 6400), ("ill", 3200)])
def test_what_goes_back_when_staff_cancel_depends_on_whose_doing_it_was(
    api: Api, service: Service, code: str, refund_minor: int
) -> None:
    late = make_appointment(service=service, starts_at=at(30, "10:00", month=11))
    pay(late)
    api.client.force_login(make_user(role="reception"))
    answer = api.post(f"appointments/{late.pk}/cancel/", {"code": code})
    assert answer.json()["refunded"]["amount_minor"] == refund_minor
    assert AuditEntry.objects.get(verb="cancelled").actor_kind == "staff"


def test_staff_say_why(api: Api, appointment: Appointment) -> None:
    api.client.force_login(make_user(role="reception"))
    assert problem(api.post(f"appointments/{appointment.pk}/cancel/", {})) == "code-missing"


def test_a_patient_gets_no_more_back_by_saying_it_was_the_clinic(api: Api, service: Service) -> None:
    late = make_appointment(service=service, starts_at=at(30, "10:00", month=11))
    pay(late)
    assert cancel(api, late, {"code": "clinic"}).json()["refunded"]["amount_minor"] == 3200


def test_a_physio_sees_a_visit_but_does_not_cancel_it(api: Api, appointment: Appointment) -> None:
    appointment.practitioner.user = make_user(role="physio")
    appointment.practitioner.save()
    api.client.force_login(appointment.practitioner.user)
    assert problem(api.post(f"appointments/{appointment.pk}/cancel/", {})) == "not-allowed"


def test_the_patient_is_told(api: Api, appointment: Appointment) -> None:
    cancel(api, appointment)
    assert Message.objects.get(occasion="cancelled").state == "due"


def test_it_is_cancelled_once(api: Api, appointment: Appointment) -> None:
    cancel(api, appointment)
    assert problem(cancel(api, appointment)) == "not-coming"


def test_what_has_begun_is_not_cancelled(api: Api, service: Service) -> None:
    begun = make_appointment(service=service, starts_at=NOW)
    answer = cancel(api, begun)
    assert (answer.status_code, problem(answer)) == (409, "too-late")


def test_a_stranger_cancels_nothing(api: Api, appointment: Appointment) -> None:
    assert problem(api.post(f"appointments/{appointment.pk}/cancel/", {})) == "not-found"
    appointment.refresh_from_db()
    assert appointment.status == "confirmed"


def test_a_stranger_learns_nothing_from_a_wrong_body(api: Api, appointment: Appointment) -> None:
    assert problem(api.post(f"appointments/{appointment.pk}/cancel/", {"x": 1})) == "not-found"


def test_a_field_that_is_not_known_is_refused(api: Api, appointment: Appointment) -> None:
    assert wrong_fields(cancel(api, appointment, {"refund": 6400})) == {"/refund"}
