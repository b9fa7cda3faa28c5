from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from config.demo.ports import HOST, free_port


@pytest.fixture
def without_redis(settings: Settings) -> None:
    nobody = f"redis://{HOST}:{free_port()}/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": nobody}}


@pytest.fixture
def without_database(django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    with django_db_blocker.unblock():
        yield
        connection.close()


def test_a_process_that_answers_is_healthy(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_a_site_with_database_and_redis_is_ready(client: Client, valkey_url: str) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"state": "ready", "database": "up", "redis": "up"})


@pytest.mark.django_db
def test_without_redis_the_site_is_degraded_and_goes_on(client: Client, without_redis: None) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"state": "degraded", "database": "up", "redis": "down"}


def test_without_its_database_the_site_is_down(
    client: Client, valkey_url: str, without_database: None
) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"state": "down", "database": "down", "redis": "up"})


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_a_probe_is_never_sent_elsewhere_for_tls(client: Client, settings: Settings, address: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(address).status_code == 200
