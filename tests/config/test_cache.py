"""Without Redis the cache forgets, and nothing else happens."""

import pytest
from django.core.cache import cache
from pytest_django import Settings

from config.demo.ports import HOST, free_port


@pytest.fixture
def without_redis(settings: Settings) -> None:
    nobody = f"redis://{HOST}:{free_port()}/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": nobody}}


def test_with_redis_it_remembers(valkey_url: str) -> None:
    cache.set("day", "Wednesday")
    assert cache.get("day") == "Wednesday"


def test_a_read_is_a_miss(without_redis: None) -> None:
    assert cache.get("day", "unknown") == "unknown"


def test_a_write_is_dropped(without_redis: None) -> None:
    cache.set("day", "Wednesday")
    assert cache.get_many(["day"]) == {}


def test_a_counter_counts_one(without_redis: None) -> None:
    assert cache.incr("attempts") == 1


def test_whoever_is_first_is_first(without_redis: None) -> None:
    assert cache.add("claimed", value=True) is True


def test_clearing_is_no_error(without_redis: None) -> None:
    assert cache.clear() is False
