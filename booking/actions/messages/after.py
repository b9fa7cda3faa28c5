"""Messages after a visit: how to look after yourself, how you are a day later, and whoever must ring.

The first three go to the patient. Alerts go to the clinic's own address, for the hours in which no diary
stands open: they name nobody and say nothing clinical, only that somebody must look.
"""

from datetime import datetime, timedelta
from typing import Any

from booking.models import Appointment, Message, SafetyAlert
from booking.rules.after_check import LATELY, MAY_BE_ANSWERED_FOR

Occasion = Message.Occasion

ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""An emergency that nobody has taken by then is mailed to the clinic a second time."""


def plan_after_visit(*, appointment: Appointment, check_at: datetime, now: datetime) -> None:
    """Advice now, and the question of the next day. Somebody without an address is rung instead."""
    if appointment.patient is None or not appointment.patient.email:
        return
    _plan(appointment, occasion=Occasion.AFTERCARE, due_at=now)
    _plan(appointment, occasion=Occasion.AFTER_CHECK, due_at=check_at)


def plan_alert(*, alert: SafetyAlert, now: datetime) -> None:
    """Tell the clinic; and, when it can't wait, the patient what to do now."""
    appointment = alert.appointment
    _plan(appointment, occasion=Occasion.ALERT, due_at=now, alert=alert)
    if alert.kind != SafetyAlert.Kind.EMERGENCY:
        return
    _plan(appointment, occasion=Occasion.ALERT_AGAIN, due_at=now + ASKED_AGAIN_AFTER, alert=alert)
    if appointment.patient is not None and appointment.patient.email:
        _plan(appointment, occasion=Occasion.EMERGENCY, due_at=now, alert=alert)


def reason_to_skip_after(message: Message, visit: Appointment, *, now: datetime) -> str | None:
    """Why one of these should not go any more, or an empty text; None for every other message.

    The visit is over and what was recorded stays, so nothing that becomes of the booking matters here.
    """
    match message.occasion:
        case Occasion.AFTERCARE:
            return "Too late to be of use." if now > visit.ends_at + LATELY else ""
        case Occasion.AFTER_CHECK:
            check = getattr(visit, "after_check", None)
            if check is None or check.answered_at is not None:
                return "It was answered."
            return "Too late to ask." if now > check.due_at + MAY_BE_ANSWERED_FOR else ""
        case Occasion.EMERGENCY:
            return ""
        case Occasion.ALERT | Occasion.ALERT_AGAIN:
            return "Somebody has taken it." if message.alert and message.alert.taken_at else ""
    return None


def _plan(appointment: Appointment, *, occasion: str, due_at: datetime, **more: Any) -> None:
    """Insert or nothing: planning twice leaves one row."""
    message = Message(
        appointment=appointment,
        patient=appointment.patient,
        occasion=occasion,
        channel=Message.Channel.EMAIL,
        sequence=appointment.sequence,
        due_at=due_at,
        **more,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
