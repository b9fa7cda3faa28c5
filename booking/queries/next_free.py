"""The next free time of each service and of each physio: for the home page and for the pages of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from accounts.models import Practitioner
from booking.queries.clinic import read_clinic
from booking.queries.open_times import OpenTime, OpenTimes
from catalogue.models import Service

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NextFree:
    """By primary key. Whoever has nothing free is not named.

    A physio's next free time is the earliest of any of the services that were asked about.
    """

    services: Mapping[int, OpenTime]
    practitioners: Mapping[int, OpenTime]


def next_free(
    *, services: Sequence[Service], now: datetime, practitioner: Practitioner | None = None
) -> NextFree:
    """Look as far ahead as each service may be booked, with anyone or with one physio.

    Three SQL statements.
    """
    if not services:
        return NextFree({}, {})
    today = now.astimezone(UTC).date()
    first_day = today - ONE_DAY  # it may still be yesterday where the clinic is, or already tomorrow
    last_day = today + ONE_DAY * (1 + max(service.horizon_days for service in services))
    clinic = read_clinic(
        services=services,
        first_day=first_day,
        last_day=last_day,
        now=now,
        practitioner_id=practitioner.pk if practitioner else None,
    )
    by_service: dict[int, OpenTime] = {}
    by_practitioner: dict[int, OpenTime] = {}
    for service in services:
        offer = clinic.offer(service, first_day=first_day, last_day=last_day, now=now)
        times = OpenTimes(service, first_day, last_day, clinic, offer)
        if earliest := times.first():
            by_service[service.pk] = earliest
        for person, time in times.first_by_practitioner().items():
            known = by_practitioner.get(person)
            if known is None or time.start < known.start:
                by_practitioner[person] = time
    return NextFree(by_service, by_practitioner)
