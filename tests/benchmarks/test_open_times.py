"""Open times over real HTTP: ten physios with full diaries, thirty days, from a database with a past."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from tests import services
from tests.benchmarks.clinic import fill, fill_past, make_large_clinic
from tests.benchmarks.measure import Figure, in_turn
from tests.benchmarks.site import served

DAYS = 30
SHORT_PAST, LONG_PAST = 10_000, 1_000_000


@pytest.fixture
def env(process_env: dict[str, str]) -> dict[str, str]:
    """As in production: a pool, and a limit on requests that is counted but not reached."""
    return {**process_env, "DATABASE_POOL_SIZE": "4", "API_RATE_READ": "1000000/min"}


@pytest.fixture
def path(database_url: str) -> str:
    """The question. Behind it: today's diaries, and 10,000 visits that are over."""
    service, today = make_large_clinic(), timezone.now().date()
    fill(database_url, first_day=today, days=DAYS + 10, status="confirmed")
    fill_past(database_url, last_day=today - timedelta(days=1), appointments=SHORT_PAST)
    return f"/api/v1/services/{service.slug}/times/?from={today + timedelta(days=1)}&days={DAYS}"


@pytest.fixture
def url_of_long_past(path: str, database_url: str) -> Iterator[str]:
    """A copy of the database with a hundred times as long a past."""
    copy, template = "oakmont_long_past", services.postgres.url("postgres")
    connection.close()
    with psycopg.connect(template, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {copy} TEMPLATE {connection.settings_dict['NAME']}")
        url = services.postgres.url(copy)
        long_ago = timezone.now().date() - timedelta(days=SHORT_PAST // 10)
        fill_past(url, last_day=long_ago, appointments=LONG_PAST - SHORT_PAST)
        yield url
        server.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def test_against_a_bare_view_with_everything_in_memory(
    path: str, env: dict[str, str], report: Callable[[Figure], None]
) -> None:
    with served("config.wsgi", env=env) as site, served("tests.benchmarks.floor_wsgi", env=env) as floor:
        assert site.get(path) == floor.get(path)
        ours, theirs = in_turn(ours=lambda: site.get(path), theirs=lambda: floor.get(path), rounds=150)
    report(Figure(f"open times, 10 practitioners × {DAYS} days, HTTP", ours, "bare view", theirs, limit=2))


def test_a_long_past_against_a_short_one(
    path: str, env: dict[str, str], url_of_long_past: str, report: Callable[[Figure], None]
) -> None:
    long_env = {**env, "DATABASE_URL": url_of_long_past}
    with served("config.wsgi", env=env) as short, served("config.wsgi", env=long_env) as long:
        assert short.get(path) == long.get(path)
        ours, theirs = in_turn(ours=lambda: long.get(path), theirs=lambda: short.get(path), rounds=150)
    report(Figure("the same, 1,000,000 past appointments", ours, "10,000", theirs, limit=1.15))
