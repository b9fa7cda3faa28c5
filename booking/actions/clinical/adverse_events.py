"""Something went wrong: written down by whoever saw it, and counted later beside how often it might have."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.models import AdverseEvent, Appointment
from booking.words import clinic_day


class NotYetHappened(Exception):
    """It is said to have happened before the visit, or on a day that is still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatHappened:
    kind: str
    severity: str
    occurred_on: date
    description: str = ""


def report_adverse_event(
    *, appointment_id: UUID, what: WhatHappened, by: User, now: datetime
) -> AdverseEvent:
    """Raises NotYetHappened. The log keeps that it was reported, not what."""
    with transaction.atomic():
        visit = Appointment.objects.get(pk=appointment_id)
        if not clinic_day(visit.starts_at) <= what.occurred_on <= clinic_day(now):
            raise NotYetHappened
        event = AdverseEvent.objects.create(
            appointment=visit,
            kind=what.kind,
            severity=what.severity,
            description=what.description.strip(),
            occurred_on=what.occurred_on,
            reported_at=now,
            reported_by=by,
        )
        record(
            verb="reported adverse event",
            by=Actor.staff(by),
            at=now,
            appointment=visit,
            detail={"event_id": str(event.pk)},
        )
    return event
