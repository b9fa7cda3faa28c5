"""Times reception can offer at once: without notice, as far ahead as anybody asks."""

from datetime import date, datetime, timedelta

from accounts.models import Practitioner
from booking.models import Appointment, Location
from booking.queries.at_desk import as_at_desk
from booking.queries.diary import read_diary
from booking.queries.open_times import OpenTime, open_times
from booking.words import clinic_day
from catalogue.models import Service

LOOK_AHEAD_DAYS = 8


def nearest_at_desk(
    *,
    service: Service,
    practitioner: Practitioner,
    wanted: datetime,
    now: datetime,
    moving: Appointment | None = None,
    count: int = 3,
) -> list[OpenTime]:
    """When this physio is free instead: the nearest to what was wanted, in the order in which they come.

    Online booking's rules but for the two that are there for the clinic's peace: notice, and how far ahead.
    """
    times = open_times(
        service=as_at_desk(service),
        from_day=clinic_day(wanted),
        days=LOOK_AHEAD_DAYS,
        now=now,
        practitioner=practitioner,
        mine=moving,
    )
    same_day = [time for time in times.on(clinic_day(wanted)) if time.start != wanted]
    if same_day:
        nearest = sorted(same_day, key=lambda time: abs(time.start - wanted))[:count]
        return sorted(nearest, key=lambda time: time.start)
    return times.nearest_to(wanted, count=count)


def first_free_at_desk(
    *,
    service: Service,
    practitioner: Practitioner | None,
    now: datetime,
    from_day: date | None = None,
    count: int = 5,
) -> list[OpenTime]:
    """The next free times, from now or from a later day on, spread over the days: at most two of one day."""
    first = max(from_day or clinic_day(now), clinic_day(now))
    times = open_times(
        service=as_at_desk(service),
        from_day=first,
        days=2 * LOOK_AHEAD_DAYS,
        now=now,
        practitioner=practitioner,
    )
    found: list[OpenTime] = []
    for number in range(2 * LOOK_AHEAD_DAYS):
        day = first + timedelta(days=number)
        on_that_day = times.on(day)
        found += dict.fromkeys([*on_that_day[:1], *on_that_day[len(on_that_day) // 2 :][:1]])
        if len(found) >= count:
            break
    return found[:count]


def works_at(*, practitioner: Practitioner, starts_at: datetime, now: datetime) -> Location:
    """Where this physio is at that moment, or else on that day, or else the clinic's first place.

    Four queries.
    """
    diary = read_diary(first_day=clinic_day(starts_at), days=1, now=now)
    column = next((one for one in diary.columns if one.id == practitioner.pk), None)
    opened = column.open if column else ()
    there = [place for place, start, end in opened if start <= starts_at < end] or [
        place for place, _, _ in opened
    ]
    rows = Location.objects.filter(active=True)
    return rows.get(pk=there[0]) if there else rows[0]
