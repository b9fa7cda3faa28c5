"""How often one caller may ask."""

import pytest
from pytest_django import Settings

from catalogue.models import Service
from tests.api.client import Api, problem
from tests.api.steps import hold_request
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Settings, valkey_url: str) -> None:
    settings.API_RATES = {"read": "", "hold": "3/min", "write": ""}
    patience = {"socket_connect_timeout": 10, "socket_timeout": 10}  # a busy machine is no absent Redis
    settings.CACHES = {"default": settings.CACHES["default"] | {"OPTIONS": patience}}


def holds(api: Api, count: int, **headers: str) -> list[int]:
    return [api.post("holds/", hold_request(), **headers).status_code for _ in range(count)]


def test_one_caller_holds_so_many_times_a_minute(api: Api, service: Service) -> None:
    assert holds(api, 4) == [201, 409, 409, 429]


def test_who_asks_too_often_is_told_how_long_to_wait(api: Api, service: Service) -> None:
    holds(api, 3)
    answer = api.post("holds/", hold_request())
    assert problem(answer) == "too-many-requests"
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_reading_goes_on(api: Api, service: Service) -> None:
    holds(api, 4)
    assert api.get("services/follow-up/times/").status_code == 200


def test_somebody_signed_in_is_counted_by_themselves(api: Api, service: Service) -> None:
    holds(api, 4)
    api.client.force_login(make_user())
    assert holds(api, 1) == [409]


def test_nobody_escapes_by_naming_another_address(api: Api, service: Service) -> None:
    holds(api, 3)
    assert holds(api, 1, x_forwarded_for="203.0.113.7") == [429]


def test_while_redis_is_away_nobody_is_turned_down(api: Api, service: Service, settings: Settings) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    assert holds(api, 5) == [201, 409, 409, 409, 409]
