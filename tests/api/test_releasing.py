"""DELETE /api/v1/holds/{id}/"""

import uuid
from typing import Any

import pytest
from django.http import HttpResponse

from booking.models import Appointment
from catalogue.models import Service
from config.demo.stripe import StandIn
from tests.api.client import Api, problem
from tests.api.steps import book, hold
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def release(api: Api, held: dict[str, Any], *, secret: str | None = None) -> HttpResponse:
    return api.delete(f"holds/{held['id']}/", **{"Hold-Secret": secret or held["secret"]})


def test_a_hold_is_let_go(api: Api, service: Service) -> None:
    assert release(api, hold(api)).status_code == 204
    assert Appointment.objects.get().status == "lapsed"


def test_its_time_is_free_at_once(api: Api, service: Service) -> None:
    release(api, hold(api))
    hold(api)


def test_letting_go_twice_changes_nothing(api: Api, service: Service) -> None:
    held = hold(api)
    release(api, held)
    assert release(api, held).status_code == 204


@pytest.mark.parametrize("secret", ["guess", "", "\xff", "x" * 4000])
def test_nobody_lets_go_of_another_ones_hold(api: Api, service: Service, secret: str) -> None:
    held = hold(api)
    answer = api.delete(f"holds/{held['id']}/", **{"Hold-Secret": secret})
    assert (problem(answer), Appointment.objects.get().status) == ("not-found", "held")


def test_without_its_secret_a_hold_is_not_there(api: Api, service: Service) -> None:
    assert problem(api.delete(f"holds/{hold(api)['id']}/")) == "not-found"


def test_a_hold_that_never_was_is_not_there(api: Api, service: Service) -> None:
    assert problem(release(api, {"id": uuid.uuid4(), "secret": "x"})) == "not-found"


def test_what_is_booked_is_no_hold_any_more(api: Api, service: Service) -> None:
    held = hold(api)
    book(api, held)
    assert (problem(release(api, held)), Appointment.objects.get().status) == ("hold-settled", "confirmed")


def test_the_pay_page_is_closed_before_the_time_is_free(
    api: Api, service: Service, stand_in: StandIn
) -> None:
    stand_in.set_clock(NOW)
    held = hold(api)
    book(api, held, pay="online")
    assert release(api, held).status_code == 204
    assert [page["status"] for page in stand_in.objects("checkout.session")] == ["expired"]


def test_a_time_that_could_still_be_paid_for_stays_held(
    api: Api, service: Service, stand_in: StandIn
) -> None:
    stand_in.set_clock(NOW)
    held = hold(api)
    book(api, held, pay="online")
    stand_in.stop()
    assert (problem(release(api, held)), Appointment.objects.get().status) == ("payment-under-way", "held")
