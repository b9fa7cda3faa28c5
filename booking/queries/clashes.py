"""Why a visit cannot be where reception wants to put it, in an order of gravity.

Reception books where online booking may not: at any five minutes, without notice, off the grid. What remains
are the facts below. The first kinds are never overridden; the others may be, on purpose and with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.models import Patient, Practitioner
from booking.models import Appointment, Closure, Leave, Location, Room
from booking.models.appointment import OCCUPYING, AppointmentQuerySet
from booking.queries.clinic import Clinic, read_clinic
from booking.rules.availability import minutes_between
from booking.rules.cells import cells_for, unbroken
from booking.rules.spans import minute_of
from booking.words import clinic_day
from catalogue.models import Service


class Kind(StrEnum):
    NOT_OFFERED = "not_offered"  # this physio does not give this service
    NO_CREDENTIAL = "no_credential"  # theirs is not valid on that day
    PAST = "past"  # the day is over
    BOOKED_ALREADY = "booked_already"  # this very visit: the form was sent twice
    PATIENT_BUSY = "patient_busy"  # with another visit of theirs
    BUSY = "busy"
    COMES_FROM_ELSEWHERE = "comes_from_elsewhere"  # and is still on the way
    LEAVES_FOR_ELSEWHERE = "leaves_for_elsewhere"  # and has to be on the way by then
    AWAY = "away"
    CLOSED = "closed"
    NOT_WORKING = "not_working"
    NO_ROOM = "no_room"


NEVER_OVERRIDDEN = frozenset({Kind.NOT_OFFERED, Kind.NO_CREDENTIAL, Kind.BOOKED_ALREADY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """What stands in the way; `name` and `until` say who or why, and how long, where that can be said."""

    kind: Kind
    name: str = ""
    until: datetime | None = None

    @property
    def may_be_overridden(self) -> bool:
        return self.kind not in NEVER_OVERRIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a visit would be: the room that is free for it, if any, and what stands in the way."""

    room_id: int | None
    clashes: tuple[Clash, ...]


def spot_for(
    *,
    service: Service,
    practitioner: Practitioner,
    location: Location,
    starts_at: datetime,
    now: datetime,
    patient: Patient | None = None,
    ignoring: UUID | None = None,
) -> Spot:
    """Look at one place on the diary. A fixed number of queries."""
    starts_at = starts_at.astimezone(UTC)  # minutes are added to instants, not to a clock on a wall
    ends_at = starts_at + timedelta(minutes=service.duration_minutes)
    occupied_until = ends_at + timedelta(minutes=service.turnaround_minutes)
    others = Appointment.objects.filter(OCCUPYING, ~Q(pk=ignoring) if ignoring else Q()).order_by("starts_at")
    overlapping = others.filter(starts_at__lt=occupied_until, occupied_until__gt=starts_at)
    room_id = _free_room(service, location, taken=overlapping.values("room_id"))
    day = starts_at.astimezone(ZoneInfo(location.time_zone)).date()
    clinic = read_clinic(
        services=[service],
        first_day=day,
        last_day=day,
        now=starts_at,
        practitioner_id=practitioner.pk,
        location_id=location.pk,
    )
    travel = clinic.places[location.pk].travel if location.pk in clinic.places else {}
    absences = _away_or_closed(practitioner, location, day, starts_at, ends_at)
    clashes = [
        *([Clash(kind=Kind.PAST)] if clinic_day(starts_at) < clinic_day(now) else []),
        *_about_the_patient(
            patient,
            overlapping.filter(starts_at__lt=ends_at, ends_at__gt=starts_at),
            wanted=(practitioner.pk, starts_at),
        ),
        *_about_the_physio(clinic, service, practitioner, day, starts_at, explained=bool(absences)),
        *(
            Clash(kind=Kind.BUSY, name=row.patient.name if row.patient else "", until=row.occupied_until)
            for row in overlapping.filter(practitioner=practitioner).select_related("patient")
        ),
        *_on_the_way(others.filter(practitioner=practitioner), travel, location, starts_at, occupied_until),
        *absences,
    ]
    if room_id is None:
        clashes.append(Clash(kind=Kind.NO_ROOM))
    return Spot(room_id=room_id, clashes=tuple(clashes))


def _about_the_patient(
    patient: Patient | None, overlapping: AppointmentQuerySet, *, wanted: tuple[int, datetime]
) -> list[Clash]:
    """Nobody is in two places at once: their other visits at this time, whoever gives them."""
    if patient is None:
        return []
    rows = overlapping.filter(patient=patient).select_related("practitioner")
    return [
        Clash(
            kind=Kind.BOOKED_ALREADY if (row.practitioner_id, row.starts_at) == wanted else Kind.PATIENT_BUSY,
            name=row.practitioner.first_name,
            until=row.ends_at,
        )
        for row in rows
    ]


def _free_room(service: Service, location: Location, *, taken: object) -> int | None:
    rooms = Room.objects.filter(location=location, kind=service.room_kind, active=True)
    free = rooms.exclude(pk__in=taken.exclude(room_id=None))  # type: ignore[attr-defined]
    return free.order_by("position", "name", "pk").values_list("pk", flat=True).first()


def _about_the_physio(
    clinic: Clinic,
    service: Service,
    practitioner: Practitioner,
    day: date,
    starts_at: datetime,
    *,
    explained: bool,
) -> list[Clash]:
    """Do they give this service, may they on that day, and do they work all that time?

    With `explained` something else says already why they are not there.
    """
    if practitioner.pk not in clinic.people:
        return [Clash(kind=Kind.NOT_OFFERED)]
    clashes = []
    if not clinic.holds_credential(practitioner.pk, service=service, on=day):
        clashes.append(Clash(kind=Kind.NO_CREDENTIAL))
    minute, cells = minute_of(starts_at), cells_for(service.duration_minutes)
    if not explained and not any(
        clinic.drawn.calendar.horizon.has(unbroken(one.open, cells), minute) for one in clinic.drawn.presences
    ):
        clashes.append(Clash(kind=Kind.NOT_WORKING))
    return clashes


def _on_the_way(
    theirs: AppointmentQuerySet,
    travel: Mapping[tuple[int, int], int],
    location: Location,
    starts_at: datetime,
    occupied_until: datetime,
) -> list[Clash]:
    """Their visits at other places that leave no time for the way here, or for the way back there."""
    longest = timedelta(minutes=max(travel.values(), default=0))
    elsewhere = theirs.filter(
        location__in={place for pair in travel for place in pair} - {location.pk},
        starts_at__lt=occupied_until + longest,
        occupied_until__gt=starts_at - longest,
    )
    clashes = []
    for visit in elsewhere.select_related("location"):
        arrives = visit.occupied_until + _way(visit.location_id, location.pk, travel)
        leaves = visit.starts_at - _way(location.pk, visit.location_id, travel)
        if visit.occupied_until <= starts_at < arrives:
            clashes.append(Clash(kind=Kind.COMES_FROM_ELSEWHERE, name=visit.location.name, until=arrives))
        elif leaves < occupied_until <= visit.starts_at:
            clashes.append(Clash(kind=Kind.LEAVES_FOR_ELSEWHERE, name=visit.location.name, until=leaves))
    return clashes


def _way(origin: int, destination: int, travel: Mapping[tuple[int, int], int]) -> timedelta:
    return timedelta(minutes=minutes_between(origin, destination, travel=travel))


def _away_or_closed(
    practitioner: Practitioner, location: Location, day: date, starts_at: datetime, ends_at: datetime
) -> list[Clash]:
    away = Leave.objects.filter(practitioner=practitioner, starts_at__lt=ends_at, ends_at__gt=starts_at)
    shut = Closure.objects.filter(
        Q(location=location) | Q(location=None),
        first_day__lte=day,
        last_day__gte=day,
    )
    return [
        *(Clash(kind=Kind.AWAY, name=row.reason, until=row.ends_at) for row in away),
        *(Clash(kind=Kind.CLOSED, name=row.name) for row in shut),
    ]
