"""Whom an absence or a closure would leave standing at the door."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from accounts.models import Practitioner
from booking.models import Appointment, Closure, Leave, Location
from booking.models.appointment import AppointmentQuerySet
from booking.rules.lifecycle import STILL_TO_COME
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.words import clinic_zone


def displaced_by_absence(
    *, practitioner: Practitioner, starts_at: datetime, ends_at: datetime
) -> AppointmentQuerySet:
    """The visits to come that a practitioner would miss."""
    return _coming().filter(practitioner=practitioner, starts_at__lt=ends_at, ends_at__gt=starts_at)


def displaced_by_closure(
    *, location: Location | None, first_day: date, last_day: date
) -> AppointmentQuerySet:
    """The visits to come at a location, or anywhere if none is named, on these days, both included."""
    days = local_days(clinic_zone(), first_day, (last_day - first_day).days + 1)
    rows = _coming().filter(starts_at__lt=instant_of(days[-1].end), ends_at__gt=instant_of(days[0].start))
    return rows.filter(location=location) if location is not None else rows


def displaced_now(*, now: datetime) -> AppointmentQuerySet:
    """Visits to come in somebody’s leave, on a closed day, or with a physio who has left; the next first."""
    away = Leave.objects.filter(
        practitioner=OuterRef("practitioner"),
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    shut = Closure.objects.filter(
        Q(location=OuterRef("location")) | Q(location=None),
        first_day__lte=OuterRef("clinic_day"),
        last_day__gte=OuterRef("clinic_day"),
    )
    coming = _coming().filter(starts_at__gt=now)
    coming = coming.annotate(clinic_day=TruncDate("starts_at", tzinfo=clinic_zone()))
    return coming.filter(Exists(away) | Exists(shut) | Q(practitioner__active=False))


def _coming() -> AppointmentQuerySet:
    return Appointment.objects.filter(status__in=STILL_TO_COME).with_names().order_by("starts_at")
