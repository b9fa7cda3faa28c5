"""A hold over real HTTP: it looks whether the time is free, writes the row and who did it, and says so."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from booking.models import Appointment
from booking.words import clinic_zone
from catalogue.models import Service
from tests.benchmarks.clinic import fill, make_large_clinic
from tests.benchmarks.measure import Figure, in_turn
from tests.benchmarks.site import served

DAYS, ROUNDS = 30, 150


def test_against_a_bare_insert(
    process_env: dict[str, str], database_url: str, report: Callable[[Figure], None]
) -> None:
    service, today = make_large_clinic(), timezone.now().date()
    fill(database_url, first_day=today, days=DAYS, status="confirmed")
    env = {**process_env, "DATABASE_POOL_SIZE": "4", "API_RATE_HOLD": "1000000/min"}
    ours, theirs = holds(service), rows(service)
    with served("config.wsgi", env=env) as site, served("tests.benchmarks.insert_wsgi", env=env) as floor:
        hold, insert = in_turn(
            ours=lambda: site.post("/api/v1/holds/", next(ours)),
            theirs=lambda: floor.post("/api/v1/holds/", next(theirs)),
            rounds=ROUNDS,
        )
    report(Figure("place a hold, HTTP", hold, "bare insert", insert, limit=3))


def holds(service: Service) -> Iterator[dict[str, Any]]:
    """Times at which everybody is free: after the days that are full."""
    for starts_at in hours():
        for practitioner in service.practitioners.all():
            yield {
                "service": service.slug,
                "starts_at": starts_at.isoformat(),
                "practitioner": practitioner.slug,
            }


def rows(service: Service) -> Iterator[dict[str, Any]]:
    """What the floor writes: the same shape, a year later, in the way of nobody."""
    [original] = Appointment.objects.filter(status="cancelled").values()
    copied = {name: value for name, value in original.items() if name not in NEW_IN_EACH and plain(value)}
    for starts_at in hours():
        yield {**copied, "starts_at": (starts_at + timedelta(days=364)).isoformat()}


NEW_IN_EACH = {"id", "status", "starts_at", "ends_at", "occupied_until", "hold_expires_at", "created_at"}


def plain(value: Any) -> bool:
    return isinstance(value, str | int | bool)


def hours() -> Iterator[datetime]:
    """Every full hour from nine to three on weekdays, from the day after the full ones on."""
    day = timezone.now().astimezone(clinic_zone()).date() + timedelta(days=DAYS + 1)
    while True:
        if day.weekday() < 5:
            for hour in range(9, 16):
                yield datetime(day.year, day.month, day.day, hour, tzinfo=clinic_zone())
        day += timedelta(days=1)
