"""The doorbell is heard at once or not at all."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from celery import current_app
from kombu import pools

from booking.gateways import doorbell
from booking.gateways.doorbell import Task, ring
from config.celery import app


@pytest.fixture(autouse=True)
def _a_fresh_bell(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(doorbell, "_left_alone_until", 0.0)
    yield
    pools.reset()


@pytest.fixture
def broker(valkey_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(valkey_url) as client:
        client.delete("celery")
        yield client
        client.delete("celery")


@pytest.fixture
def _no_broker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(app.conf, "broker_url", f"redis+socket://{tmp_path}/away.sock")


def asked_for(broker: redis.Redis) -> list[str]:
    return [json.loads(entry)["headers"]["task"] for entry in broker.lrange("celery", 0, -1)]


def test_a_worker_is_asked_to_look(broker: redis.Redis) -> None:
    assert ring()
    assert asked_for(broker) == ["booking.tasks.deliver_due_messages"]


def test_what_is_rung_for_is_a_task_of_ours() -> None:
    current_app.loader.import_default_modules()
    assert {str(task) for task in Task} <= set(current_app.tasks)


def test_nobody_answers_a_ring_that_waited_longer_than_beat(broker: redis.Redis) -> None:
    ring()
    assert json.loads(broker.lindex("celery", 0))["headers"]["expires"] is not None


@pytest.mark.usefixtures("_no_broker")
def test_without_a_broker_it_is_silent_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quickest of three, as a busy machine may slow down one."""
    times = []
    for _try in range(3):
        monkeypatch.setattr(doorbell, "_left_alone_until", 0.0)
        began = time.monotonic()
        assert not ring()
        times.append(time.monotonic() - began)
    assert min(times) < 0.5


@pytest.mark.usefixtures("_no_broker")
def test_after_a_silent_ring_it_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ring()
    monkeypatch.setattr(doorbell, "current_app", None)  # whoever tried would fail
    assert not ring()
