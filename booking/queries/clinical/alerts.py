"""Who must be rung, until somebody has and has said what came of it."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from accounts import roles
from accounts.models import User
from booking.models import Appointment, SafetyAlert
from booking.queries.clinical.treating import TREATS


def open_alerts(*, user: object) -> Sequence[SafetyAlert]:
    """Emergencies first, then the longest open: all for the front desk, a physio's own patients for them.

    One query; none for anybody else.
    """
    rows = open_rows()
    if not roles.may_see_every_patient(user):
        if not (roles.may_treat(user) and isinstance(user, User)):
            return []
        rows = rows.filter(Exists(_treated_by(user)))
    return list(rows)


def may_take(*, user: object, alert_id: UUID) -> bool:
    """The front desk any of them, a physio those of their own patients, also when it is over already."""
    rows = SafetyAlert.objects.filter(pk=alert_id)
    if not roles.may_see_every_patient(user):
        if not (roles.may_treat(user) and isinstance(user, User)):
            return False
        rows = rows.filter(Exists(_treated_by(user)))
    return rows.exists()


def read_alert(alert_id: UUID) -> SafetyAlert | None:
    rows = SafetyAlert.objects.select_related("patient", "taken_by", "appointment__practitioner")
    return rows.filter(pk=alert_id).first()


def open_rows() -> QuerySet[SafetyAlert]:
    gravest = Case(When(kind=SafetyAlert.Kind.EMERGENCY, then=Value(0)), default=Value(1))
    rows = SafetyAlert.objects.filter(outcome="")
    return rows.select_related("patient", "taken_by", "appointment__practitioner").order_by(
        gravest, "raised_at"
    )


def _treated_by(user: User) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        patient_id=OuterRef("patient_id"),
        practitioner__user=user,
        practitioner__active=True,
        status__in=TREATS,
    )
