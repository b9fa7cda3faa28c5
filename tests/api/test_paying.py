"""POST /api/v1/appointments/{id}/pay/"""

from typing import Any

import pytest
from django.http import HttpResponse
from pytest_django import Settings

from booking.models import Appointment, Payment
from booking.queries.links import link_to, token_for
from catalogue.models import Service
from config.demo.stripe import StandIn
from tests.actions.messages.post import make_message, make_payment, make_receipt, make_refund
from tests.api.client import Api, bearer, problem
from tests.factories import NOW, at, make_appointment

pytestmark = pytest.mark.django_db


@pytest.fixture
def stripe(stand_in: StandIn) -> StandIn:
    stand_in.set_clock(NOW)
    return stand_in


@pytest.fixture
def appointment(service: Service) -> Appointment:
    return make_appointment(service=service, starts_at=at(3, "10:00"), pays_at_clinic=True)


def pay(api: Api, appointment: Appointment) -> HttpResponse:
    return api.post(f"appointments/{appointment.pk}/pay/", **bearer(token_for(appointment)))


def test_what_is_due_may_be_paid_online(api: Api, appointment: Appointment, stripe: StandIn) -> None:
    assert pay(api, appointment).json() == {
        "pay_url": stripe.objects("checkout.session")[0]["url"],
        "closes_at": "2026-11-30T08:31:00+00:00",
    }


def test_asked_twice_it_is_the_same_page(api: Api, appointment: Appointment, stripe: StandIn) -> None:
    assert pay(api, appointment).json() == pay(api, appointment).json()
    assert Payment.objects.count() == 1


def test_what_was_paid_a_moment_ago_has_no_page(api: Api, appointment: Appointment, stripe: StandIn) -> None:
    pay(api, appointment)
    stripe.pay(stripe.objects("checkout.session")[0]["id"])
    assert pay(api, appointment).json() == {"pay_url": None, "closes_at": None}


def test_where_nothing_is_due_nothing_is_paid(api: Api, service: Service, stripe: StandIn) -> None:
    free = make_appointment(service=service, starts_at=at(3, "10:00"), price_minor=0)
    assert problem(pay(api, free)) == "nothing-to-pay"


def test_when_the_supplier_does_not_answer_nothing_is_lost(
    api: Api, appointment: Appointment, stripe: StandIn
) -> None:
    stripe.stop_listening()
    answer = pay(api, appointment)
    assert (answer.status_code, problem(answer)) == (503, "payment-unreachable")


def test_a_clinic_that_takes_nothing_online_says_so(
    api: Api, appointment: Appointment, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = ""
    assert problem(pay(api, appointment)) == "payment-not-allowed"


def test_a_stranger_gets_no_pay_page(api: Api, appointment: Appointment) -> None:
    assert problem(api.post(f"appointments/{appointment.pk}/pay/")) == "not-found"


def stands(api: Api, appointment: Appointment) -> dict[str, Any]:
    return api.get(f"appointments/{appointment.pk}/", **bearer(token_for(appointment))).json()


def test_after_a_part_the_rest_is_due_and_has_an_address(
    api: Api, appointment: Appointment, stripe: StandIn
) -> None:
    Appointment.objects.update(pays_at_clinic=False)
    make_receipt(appointment, 2400)
    found = stands(api, appointment)
    assert (found["paid"]["amount_minor"], found["due"]["amount_minor"]) == (2400, 4000)
    assert found["pay_url"] == link_to(appointment)


def test_who_chose_to_pay_at_the_clinic_is_sent_to_no_page_until_reception_asks(
    api: Api, appointment: Appointment, stripe: StandIn
) -> None:
    assert stands(api, appointment)["pay_url"] is None
    make_message(appointment, "pay_link", state="sent")
    assert stands(api, appointment)["pay_url"] == link_to(appointment)


def test_what_was_given_back_as_goodwill_is_neither_paid_nor_due(
    api: Api, appointment: Appointment, stripe: StandIn
) -> None:
    make_refund(make_payment(appointment), 3000, "goodwill")
    found = stands(api, appointment)
    assert (found["paid"]["amount_minor"], found["due"]["amount_minor"], found["pay_url"]) == (3400, 0, None)


def test_what_is_paid_at_the_clinic_is_paid_online_once_reception_asks(
    api: Api, appointment: Appointment, stripe: StandIn
) -> None:
    Service.objects.update(pays="at_clinic")
    assert problem(pay(api, appointment)) == "payment-not-allowed"
    make_message(appointment, "pay_link", state="sent")
    assert pay(api, appointment).json()["pay_url"] == stripe.objects("checkout.session")[0]["url"]
