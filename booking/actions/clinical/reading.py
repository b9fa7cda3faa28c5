"""Who of the treating team read what was written about a patient."""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from booking.actions.desk.records import note_opened
from booking.models import AuditEntry
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.words import clinic_day, clinic_zone


def note_read_today(*, patient_id: UUID, by: User, now: datetime) -> None:
    """The page of the day shows the last note of whoever comes next. Noted once a day, not at every look."""
    (day,) = local_days(clinic_zone(), clinic_day(now), 1)
    entries = AuditEntry.objects.filter(patient_id=patient_id, actor=by, verb="opened record")
    if not entries.filter(at__gte=instant_of(day.start)).exists():
        note_opened(patient_id=patient_id, by=by, now=now)
