"""When a copy of what was signed goes to the patient."""

from datetime import datetime

from booking.models import Appointment, Message


def plan_consent_copy(*, appointment: Appointment, now: datetime) -> None:
    """Insert or nothing: one letter a visit, however often something is signed at it."""
    if appointment.patient is None or not appointment.patient.email:
        return  # somebody who gave no address is handed a printed copy
    message = Message(
        appointment=appointment,
        patient=appointment.patient,
        occasion=Message.Occasion.CONSENT_COPY,
        channel=Message.Channel.EMAIL,
        sequence=appointment.sequence,
        due_at=now,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
