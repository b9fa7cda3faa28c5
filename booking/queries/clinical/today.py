"""A physio's day: who comes, how each visit stands, and what to know before the door opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from accounts.models import Patient, Practitioner
from booking.models import Appointment, VisitRecord
from booking.models.appointment import AppointmentQuerySet
from booking.queries.clinical.screening import asks_screening
from booking.queries.clinical.standings import State, states_at
from booking.queries.clinical.treating import TREATS
from booking.queries.diary.read import Column, read_column
from booking.rules.lifecycle import Status
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.words import clinic_zone

CAME = (Status.ARRIVED, Status.IN_ROOM, Status.COMPLETED)
OVER = frozenset({Status.COMPLETED, Status.NO_SHOW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """`visits` in the order of the day, each knowing: came_before, is_recorded, asks_screening.

    `consents` says how consent stands at those that may need it. `next` is the one to see to now; `after` the
    first visit of a later day.
    """

    day: date
    visits: Sequence[Appointment]
    consents: Mapping[UUID, State]
    next: Appointment | None
    last_record: VisitRecord | None
    column: Column | None
    after: Appointment | None


def read_today(*, me: Practitioner, day: date, now: datetime) -> Today:
    """Seven statements at the most, and one more where there is a next patient."""
    (local,) = local_days(clinic_zone(), day, 1)
    start, end = instant_of(local.start), instant_of(local.end)
    mine = Appointment.objects.filter(practitioner=me, status__in=TREATS)
    visits = list(knowing(mine.filter(starts_at__gte=start, starts_at__lt=end)).order_by("starts_at"))
    coming = next_of(visits, now=now) if now < end else None
    later = mine.filter(starts_at__gte=max(end, now)).exclude(status__in=OVER)
    return Today(
        day=day,
        visits=visits,
        consents=states_at(visits),
        next=coming,
        last_record=last_record_of(coming.patient) if coming and coming.patient else None,
        column=read_column(practitioner_id=me.pk, first_day=day, days=1),
        after=later.with_names().order_by("starts_at").first(),
    )


def next_of(visits: Sequence[Appointment], *, now: datetime) -> Appointment | None:
    """Who is in the room; else who has waited longest from their time on; else who comes next.

    A visit whose time ran out without anybody checking in is no longer the next one.
    """
    in_room = [visit for visit in visits if visit.status == Status.IN_ROOM]
    here = [visit for visit in visits if visit.status == Status.ARRIVED]
    coming = [visit for visit in visits if visit.status == Status.CONFIRMED and now < visit.ends_at]
    first_here = min(here, key=lambda visit: visit.starts_at, default=None)
    for found in (*in_room, first_here, *coming):
        if found is not None:
            return found
    return None


def knowing(rows: AppointmentQuerySet) -> AppointmentQuerySet:
    """Visits with what is to be known about each beforehand, all in the one query."""
    before = Appointment.objects.filter(
        patient=OuterRef("patient"), status__in=CAME, starts_at__lt=OuterRef("starts_at")
    )
    signed = VisitRecord.objects.filter(appointment=OuterRef("pk"), signed_at__isnull=False)
    return (
        rows.with_names()
        .select_related("screening", "plan")
        .annotate(
            came_before=Exists(before),
            is_recorded=Exists(signed),
            asks_screening=asks_screening(),
        )
    )


def last_record_of(patient: Patient) -> VisitRecord | None:
    """What was written last, by whoever of the treating team. One query."""
    return (
        VisitRecord.objects.filter(appointment__patient=patient, signed_at__isnull=False)
        .select_related("appointment", "practitioner")
        .order_by(F("appointment__starts_at").desc())
        .first()
    )
