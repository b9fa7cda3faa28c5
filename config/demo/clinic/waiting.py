"""Somebody whose visit is days away and who would rather come sooner."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from accounts.models import User
from booking.actions.desk.waitlist import Wanted, put_on_waitlist
from booking.models import Appointment, WorkingHours
from booking.rules.lifecycle import STILL_TO_COME
from booking.words import clinic_day

FAR_AWAY = timedelta(days=4)
SINCE = timedelta(hours=1)


def write_waitlist(*, desk: User, now: datetime) -> None:
    """Any day and any time before their visit will do, with anyone who gives it."""
    sooner = Appointment.objects.filter(
        patient=OuterRef("patient"),
        service=OuterRef("service"),
        starts_at__gt=now - SINCE,
        starts_at__lt=OuterRef("starts_at"),
    )
    rows = Appointment.objects.filter(status__in=STILL_TO_COME, starts_at__gt=now + FAR_AWAY, plan=None)
    rows = rows.exclude(Exists(sooner)).select_related("patient", "service")
    visit = rows.order_by("starts_at").first()
    if visit is None or visit.patient is None:
        return
    wanted = Wanted(
        service=visit.service,
        practitioner=None,
        location=None,
        weekdays=tuple(WorkingHours.Weekday.values),
        from_time=None,
        until_time=None,
        last_day=clinic_day(visit.starts_at) - timedelta(days=1),
    )
    put_on_waitlist(patient_id=visit.patient.pk, wanted=wanted, by=desk, now=now - SINCE)
