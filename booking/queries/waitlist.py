"""The waiting list, and the times that have become free for somebody on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from accounts.models import Patient
from booking.models import Appointment, WaitlistEntry
from booking.queries.at_desk import as_at_desk
from booking.queries.clinic import Clinic, read_clinic
from booking.queries.open_times import OpenTime, OpenTimes
from booking.rules.availability import Visit, undisturbed_starts
from booking.rules.lifecycle import OCCUPIES_TIME, PAYABLE, STILL_TO_COME, Status
from booking.rules.spans import minute_of
from booking.rules.wanted_times import WantedTimes
from booking.words import clinic_day, clinic_zone
from catalogue.models import Service

LOOK_AHEAD = timedelta(days=28)
HAS_HAD = PAYABLE | {Status.NO_SHOW}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistMatch:
    """A time that is free now and that somebody waits for."""

    entry: WaitlistEntry
    time: OpenTime
    instead_of: Appointment | None  # a later visit of the same kind, which they would rather have then


def waiting(*, now: datetime) -> QuerySet[WaitlistEntry]:
    """Who still waits, the longest first.

    Not who has or had a visit of that kind by their last day, nor whose last day is over. The visit for which
    they were here when they asked is another matter.
    """
    come = Appointment.objects.filter(
        patient=OuterRef("patient"),
        service=OuterRef("service"),
        status__in=sorted(HAS_HAD),
        starts_at__gt=OuterRef("added_at"),
    ).exclude(arrived_at__lte=OuterRef("added_at"))
    come = come.annotate(clinic_day=TruncDate("starts_at", tzinfo=clinic_zone()))
    return (
        WaitlistEntry.objects.filter(taken_off_at=None, last_day__gte=clinic_day(now))
        .exclude(Exists(come.filter(clinic_day__lte=OuterRef("last_day"))))
        .select_related("patient", "service", "practitioner", "location")
        .order_by("added_at", "pk")
    )


def visit_by(patient: Patient, *, service: Service, last_day: date, now: datetime) -> Appointment | None:
    """The visit that a patient has for this until that day: somebody who has one does not wait."""
    rows = Appointment.objects.filter(
        patient=patient, service=service, status__in=STILL_TO_COME, starts_at__gt=now
    )
    first = rows.order_by("starts_at").first()
    return first if first and clinic_day(first.starts_at) <= last_day else None


def waitlist_matches(*, now: datetime) -> Sequence[WaitlistMatch]:
    """The first time that fits, for everybody who waits and has one, the longest waiting first.

    As the desk books: without notice. Two may be told of the same time; whoever is asked first has it.
    One query while nobody waits, else five.
    """
    entries = list(waiting(now=now).filter(service__in=Service.objects.published()))
    if not entries:
        return []
    services = list({entry.service_id: as_at_desk(entry.service) for entry in entries}.values())
    first_day = clinic_day(now)
    last_day = min(first_day + LOOK_AHEAD, max(entry.last_day for entry in entries))
    clinic = read_clinic(services=services, first_day=first_day, last_day=last_day, now=now)
    times = {
        service.pk: OpenTimes(
            service,
            first_day,
            last_day,
            clinic,
            clinic.offer(service, first_day=first_day, last_day=last_day, now=now),
        )
        for service in services
    }
    visits = _visits_to_come(entries, now=now)
    found = []
    for entry in entries:
        theirs = visits.get(entry.patient_id, [])
        later = next((visit for visit in theirs if _may_be_moved(visit, entry)), None)
        others = [visit for visit in theirs if visit != later]
        if time := _first_free(entry, times[entry.service_id], clinic, others):
            found.append(WaitlistMatch(entry=entry, time=time, instead_of=later))
    return found


def _may_be_moved(visit: Appointment, entry: WaitlistEntry) -> bool:
    return visit.status in STILL_TO_COME and visit.service_id == entry.service_id


def _first_free(
    entry: WaitlistEntry, times: OpenTimes, clinic: Clinic, others: Sequence[Appointment]
) -> OpenTime | None:
    """Not while they are here for something else."""
    wanted = WantedTimes(
        weekdays=frozenset(entry.weekdays),
        last_day=entry.last_day,
        from_time=entry.from_time,
        until_time=entry.until_time,
    )
    horizon, duration = times.offer.horizon, times.service.duration_minutes
    here = horizon.touched((minute_of(visit.starts_at), minute_of(visit.ends_at)) for visit in others)
    not_here = undisturbed_starts(here, Visit(duration))
    at = {
        location: not_here & horizon.inside(wanted.starts(times.days_at(location), duration=duration))
        for location in clinic.places
        if entry.location_id in (None, location)
    }
    starts = {
        (who, where): mask & at[where]
        for (who, where), mask in times.offer.starts.items()
        if where in at and entry.practitioner_id in (None, who)
    }
    return replace(times, offer=replace(times.offer, starts=starts)).first()


def _visits_to_come(
    entries: Sequence[WaitlistEntry], *, now: datetime
) -> Mapping[UUID, Sequence[Appointment]]:
    """Of everybody who waits, the next one first."""
    rows = Appointment.objects.filter(
        status__in=sorted(OCCUPIES_TIME), ends_at__gt=now, patient__in=[entry.patient_id for entry in entries]
    ).order_by("starts_at")
    found: dict[UUID, list[Appointment]] = {}
    for row in rows:
        if row.patient_id is not None:
            found.setdefault(row.patient_id, []).append(row)
    return found
