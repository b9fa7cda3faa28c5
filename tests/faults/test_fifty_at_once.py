"""Fifty programs want one time in the same moment, over real HTTP: one gets it, and every other is told so.

A hundred rounds; RACE_ROUNDS=20 when you are in a hurry.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import httpx
import pytest
from django.db import connection
from django.utils import timezone

from booking.models import Appointment
from booking.words import clinic_zone
from config.demo.ports import HOST, free_port
from config.demo.processes import Child, Family, temporary_folder
from tests.factories import make_clinic

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(600)]

CALLERS = 50
ROUNDS = int(os.environ.get("RACE_ROUNDS", "100"))
SECONDS_TO_START = 60


@contextmanager
def site(env: dict[str, str]) -> Iterator[tuple[str, Path]]:
    """Two gunicorn workers as in production, until the block ends: the address, and where they log."""
    folder = temporary_folder("race")
    family = Family(folder / "processes", remove=[folder])
    family.watch()
    port = free_port()
    try:
        child = family.start(
            "web",
            [
                sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2",
                "--worker-class", "gthread", "--threads", "8", "--keep-alive", "60", "--no-control-socket",
            ],
            log=folder / "web.log",
            env=env,
        )  # fmt: skip
        await_start(child, f"http://{HOST}:{port}")
        yield f"http://{HOST}:{port}", child.log
    finally:
        family.end()


def await_start(child: Child, address: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and child.process.poll() is None:
        try:
            httpx.get(f"{address}/healthz", timeout=SECONDS_TO_START)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(child.last_lines())


@pytest.fixture
def env(process_env: dict[str, str]) -> dict[str, str]:
    """As in production, but for the limit on how often one address may hold: all come from this machine."""
    return process_env | {"DATABASE_POOL_SIZE": "8", "API_RATE_HOLD": ""}


def times(rounds: int) -> Iterator[datetime]:
    """A time of its own for every round: each full hour from nine to four, from the day after tomorrow on."""
    day: date = timezone.now().astimezone(clinic_zone()).date() + timedelta(days=2)
    while True:
        for hour in range(9, 17):
            if rounds == 0:
                return
            if day.weekday() < 5:
                rounds -= 1
                yield datetime(day.year, day.month, day.day, hour, tzinfo=clinic_zone())
        day += timedelta(days=1)


def race(address: str, starts_at: datetime, clients: list[httpx.Client]) -> Counter[int]:
    """Everybody asks at once; how often each status was answered."""
    line = Barrier(len(clients))
    body = {"service": "follow-up", "starts_at": starts_at.isoformat()}

    def ask(client: httpx.Client) -> int:
        line.wait()
        return client.post(f"{address}/api/v1/holds/", json=body).status_code

    with ThreadPoolExecutor(len(clients)) as callers:
        return Counter(callers.map(ask, clients))


@contextmanager
def callers() -> Iterator[list[httpx.Client]]:
    clients = [httpx.Client(timeout=60) for _ in range(CALLERS)]
    try:
        yield clients
    finally:
        for client in clients:
            client.close()


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        [(count,)] = cursor.fetchall()
    return int(count)


@pytest.mark.parametrize(("practitioners", "rooms"), [(1, 1), (5, 1)], ids=["one practitioner", "one room"])
def test_of_fifty_at_once_one_gets_the_time(env: dict[str, str], practitioners: int, rooms: int) -> None:
    make_clinic(slug="follow-up", practitioners=practitioners, rooms=rooms)
    before = deadlocks()
    with site(env) as (address, log), callers() as clients:
        for starts_at in times(ROUNDS):
            assert race(address, starts_at, clients) == {201: 1, 409: CALLERS - 1}
            assert Appointment.objects.filter(starts_at=starts_at, status="held").count() == 1
        assert "Traceback" not in log.read_text()
    assert deadlocks() == before
