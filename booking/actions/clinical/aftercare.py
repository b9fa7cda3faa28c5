"""What follows a visit in which needling was recorded."""

from datetime import datetime, timedelta

from booking.models import Appointment, Message

AFTER = timedelta(hours=1)


def plan_after_needling(*, appointment: Appointment, now: datetime) -> None:
    """How to look after oneself goes out an hour later. Planning twice leaves one row."""
    if appointment.patient is None or not appointment.patient.email:
        return
    message = Message(
        appointment=appointment,
        patient=appointment.patient,
        occasion=Message.Occasion.AFTERCARE,
        sequence=appointment.sequence,
        due_at=now + AFTER,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
