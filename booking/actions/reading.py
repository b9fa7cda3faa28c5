"""Who read whose record: the patient can ask, and is told."""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.models import AuditEntry
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.words import clinic_day, clinic_zone

OPENED = "opened record"


def note_opened(*, patient_id: UUID, by: User, now: datetime) -> None:
    """Somebody of the staff looked at this record: written down once a person, record and day.

    Whoever looks ten times between two patients would bury the one who had no reason to. Two looks in the
    same instant may leave two lines, which say nothing untrue.
    """
    (today,) = local_days(clinic_zone(), clinic_day(now), 1)
    start, end = instant_of(today.start), instant_of(today.end)
    known = AuditEntry.objects.filter(patient_id=patient_id, actor=by, verb=OPENED, at__gte=start, at__lt=end)
    if not known.exists():
        record(verb=OPENED, by=Actor.staff(by), at=now, patient_id=patient_id)
