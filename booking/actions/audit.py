"""Who did what. Every action writes its entry in its own transaction, so neither exists without the other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from accounts.models import User
from booking.models import Appointment, AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """On whose behalf an action runs: a patient, the staff, the clock, or a supplier's message."""

    kind: str
    user_id: int | None = None

    @classmethod
    def patient(cls, user: object = None) -> Self:
        """A patient, signed in or holding the link from a message."""
        return cls(kind="patient", user_id=user.pk if isinstance(user, User) else None)

    @classmethod
    def staff(cls, user: User) -> Self:
        return cls(kind="staff", user_id=user.pk)

    @classmethod
    def system(cls) -> Self:
        return cls(kind="system")

    @classmethod
    def supplier(cls) -> Self:
        return cls(kind="supplier")

    @property
    def is_patient(self) -> bool:
        return self.kind == "patient"


def record(
    *,
    verb: str,
    by: Actor,
    at: datetime,
    appointment: Appointment | None = None,
    patient_id: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add to the audit log. The detail holds ids and plain facts, never clinical words."""
    AuditEntry.objects.create(
        at=at,
        actor_id=by.user_id,
        actor_kind=by.kind,
        verb=verb,
        patient_id=patient_id or (appointment.patient_id if appointment else None),
        appointment_id=appointment.pk if appointment else None,
        detail=detail or {},
    )
