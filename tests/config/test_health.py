import pytest
from django.test import Client


def test_a_process_that_answers_is_healthy(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_a_site_with_database_and_redis_is_ready(client: Client, valkey_url: str) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"state": "ready", "database": "up", "redis": "up"})
