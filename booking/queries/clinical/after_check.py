"""The question of the next day: who may answer it, how it stands, and who is to be rung instead."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from booking.models import AfterCheck, AuditEntry, Message, SafetyAlert
from booking.rules.after_check import MAY_BE_ANSWERED_FOR, Outcome

RUNG_TO_ASK = "rang to ask"
"""What the audit log says when reception tried: it takes the patient off the list."""


def open_after_check(appointment_id: UUID, *, now: datetime) -> AfterCheck | None:
    """The check somebody may answer now, with everything its page says. None where none is asked."""
    rows = AfterCheck.objects.select_related(
        "appointment__patient", "appointment__practitioner", "appointment__location"
    )
    return rows.filter(appointment_id=appointment_id, due_at__gt=now - MAY_BE_ANSWERED_FOR).first()


def said_so_far(appointment_id: UUID) -> Outcome:
    """The gravest alert of this visit that nobody has taken."""
    kinds = set(
        SafetyAlert.objects.filter(appointment_id=appointment_id, taken_at=None).values_list(
            "kind", flat=True
        )
    )
    if SafetyAlert.Kind.EMERGENCY in kinds:
        return Outcome.EMERGENCY
    return Outcome.CALL_BACK if kinds else Outcome.WELL


def to_ring_and_ask(*, now: datetime) -> QuerySet[AfterCheck]:
    """Due, not answered, and not reached by mail: none was planned, or it came back.

    Asked of the mail and not of the address, which may be written down after the mail was to be planned.
    """
    appointment = OuterRef("appointment_id")
    mailed = Message.objects.filter(
        appointment_id=appointment,
        occasion=Message.Occasion.AFTER_CHECK,
        state__in=[Message.State.DUE, Message.State.SENT],
    )
    rung = AuditEntry.objects.filter(appointment_id=appointment, verb=RUNG_TO_ASK)
    return (
        AfterCheck.objects.filter(
            ~Exists(mailed),
            ~Exists(rung),
            answered_at=None,
            due_at__lte=now,
            due_at__gt=now - MAY_BE_ANSWERED_FOR,
        )
        .select_related("appointment__patient", "appointment__service", "appointment__practitioner")
        .order_by("due_at")
    )
