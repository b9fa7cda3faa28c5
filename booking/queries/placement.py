"""Who could take a visit at a given moment, where and in which room: what a hold tries, one by one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from accounts.models import Practitioner
from booking.models import Appointment, Location
from booking.queries.clinic import Clinic, read_clinic
from booking.rules.availability import Visit, undisturbed_starts
from booking.rules.cells import CELL, NEVER
from booking.rules.fairness import in_fair_order
from booking.rules.spans import Minute, instant_of, minute_of
from catalogue.models import Service

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placement:
    practitioner_id: int
    location_id: int
    room_id: int


def placements(
    *,
    service: Service,
    starts_at: datetime,
    now: datetime,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
    ignoring: Appointment | None = None,
) -> list[Placement]:
    """Every way to place a visit that starts at this moment, in the order in which they should be tried.

    Whoever has least booked that day, then that week, comes first, with each free room in the clinic's order;
    then the next. Empty when the time is not open. As many SQL statements as for open times.
    """
    first_day, last_day = _weeks_around(starts_at)
    clinic = read_clinic(
        services=[service],
        first_day=first_day,
        last_day=last_day,
        now=now,
        practitioner_id=practitioner.pk if practitioner else None,
        location_id=location.pk if location else None,
        ignoring=ignoring.pk if ignoring else None,
    )
    start = minute_of(starts_at)
    if instant_of(start) != starts_at.astimezone(UTC):
        return []
    offer = clinic.offer(service, first_day=first_day, last_day=last_day, now=now)
    return [
        Placement(who, where, room)
        for who, where in _fairest_first(offer.free_at(start), start, clinic)
        for room in _free_rooms(service, where, start, clinic)
    ]


def rooms_still_free(appointment: Appointment, *, now: datetime) -> list[int]:
    """Where a visit that lost its time could take place at it all the same: same physio, same place."""
    found = placements(
        service=appointment.service,
        starts_at=appointment.starts_at,
        practitioner=appointment.practitioner,
        location=appointment.location,
        now=now,
    )
    return [place.room_id for place in found]


def is_open(
    *,
    service: Service,
    starts_at: datetime,
    now: datetime,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
    ignoring: Appointment | None = None,
) -> bool:
    """Whether a visit may start at this moment."""
    return bool(
        placements(
            service=service,
            starts_at=starts_at,
            now=now,
            practitioner=practitioner,
            location=location,
            ignoring=ignoring,
        )
    )


def _fairest_first(pairs: list[tuple[int, int]], start: Minute, clinic: Clinic) -> list[tuple[int, int]]:
    horizon, booked = clinic.drawn.calendar.horizon, clinic.drawn.booked
    that_day, that_week = {}, {}
    for who, where in pairs:
        days = clinic.drawn.calendar.days[where]
        today = next(day for day in days if day.start <= start < day.end)
        week = [day for day in days if _week(day.date) == _week(today.date)]
        cells = booked.get(who, NEVER)
        that_day[who] = (cells & horizon.inside([(today.start, today.end)])).bit_count() * CELL
        that_week[who] = (cells & horizon.inside([(week[0].start, week[-1].end)])).bit_count() * CELL
    return in_fair_order(
        pairs, who=lambda pair: pair[0], booked_that_day=that_day, booked_that_week=that_week
    )


def _free_rooms(service: Service, location: int, start: Minute, clinic: Clinic) -> list[int]:
    visit = Visit(service.duration_minutes, service.turnaround_minutes)
    horizon = clinic.drawn.calendar.horizon
    return [
        room.key
        for room in clinic.drawn.rooms
        if (room.location, room.kind) == (location, service.room_kind)
        and horizon.has(undisturbed_starts(room.taken, visit), start)
    ]


def _weeks_around(moment: datetime) -> tuple[date, date]:
    """From a Monday to a Sunday, the whole week of this moment whatever the date is at a location."""
    day = moment.astimezone(UTC).date()
    before, after = day - ONE_DAY, day + ONE_DAY
    return before - before.weekday() * ONE_DAY, after + (6 - after.weekday()) * ONE_DAY


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week
