"""Alerts stay in sight until somebody rings, and says what came of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.models import SafetyAlert


class TakenAlready(Exception):
    """Somebody else was quicker. Carries the alert as it stands now."""

    def __init__(self, alert: SafetyAlert) -> None:
        super().__init__("somebody else is ringing")
        self.alert = alert


def take_alert(*, alert_id: UUID, by: User, now: datetime, outcome: str = "") -> SafetyAlert:
    """`by` is ringing. With `outcome`, what came of it, the alert is over. Raises TakenAlready.

    Whoever took it may say later what came of it, and so may a colleague who heard: only two who would both
    ring are kept apart. What was done is said once.
    """
    outcome = outcome.strip()
    with transaction.atomic():
        alert = _locked(alert_id)
        is_anothers = alert.taken_by_id is not None and alert.taken_by_id != by.pk
        if alert.outcome or (is_anothers and not outcome):
            raise TakenAlready(alert)
        is_new = alert.taken_at is None
        if is_new:
            alert.taken_at, alert.taken_by = now, by
        alert.outcome = outcome
        alert.save(update_fields=["taken_at", "taken_by", "outcome"])
        for verb in _verbs(is_new=is_new, is_over=bool(outcome)):
            record(
                verb=verb,
                by=Actor.staff(by),
                at=now,
                appointment=alert.appointment,
                detail={"alert_id": str(alert.pk)},
            )
    return alert


def _locked(alert_id: UUID) -> SafetyAlert:
    """Locked first and read afterwards: a join beside the lock would still show nobody where, while we
    waited, somebody took it."""
    SafetyAlert.objects.select_for_update().get(pk=alert_id)
    rows = SafetyAlert.objects.select_related("patient", "taken_by", "appointment__practitioner")
    return rows.get(pk=alert_id)


def _verbs(*, is_new: bool, is_over: bool) -> list[str]:
    """What the log says. The words of the outcome are about a patient's health and stay out of it."""
    return [*(["took alert"] if is_new else []), *(["closed alert"] if is_over else [])]
