"""The desk looks into an answer that stands out, or one that is missing, without ever reading it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.actions.desk.hands import SeenToAlready
from booking.models import Appointment, Screening
from booking.queries.clinical.screening import SAW_TO_SCREENING, screenings_to_check


def see_to_screening(*, appointment_id: UUID, note: str, by: User, now: datetime) -> Appointment:
    """Off the list, with a word on what was done. Raises SeenToAlready."""
    with transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment_id)
        if not screenings_to_check(now=now).filter(pk=row.pk).exists():
            raise SeenToAlready
        if row.screening_id is not None:
            Screening.objects.filter(pk=row.screening_id).update(seen_at=now)
        record(verb=SAW_TO_SCREENING, by=Actor.staff(by), at=now, appointment=row, detail={"note": note})
    return row
