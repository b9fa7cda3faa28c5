"""What a patient says a day later. What worries reaches the clinic in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.actions.messages.after import plan_alert
from booking.models import AfterCheck, Appointment, SafetyAlert
from booking.queries.clinical.after_check import RUNG_TO_ASK, said_so_far
from booking.rules.after_check import MAY_BE_ANSWERED_FOR, Outcome, graver, outcome_of

ALERT_OF = {Outcome.EMERGENCY: SafetyAlert.Kind.EMERGENCY, Outcome.CALL_BACK: SafetyAlert.Kind.CALL_BACK}


class NotAsked(Exception):
    """Nobody is asked about this visit, or the days in which they were are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Pain and soreness may be left out by whoever says yes to what can't wait."""

    pain: int | None
    soreness: str
    is_breathless: bool
    has_chest_pain: bool
    function: int | None = None
    note: str = ""

    @property
    def are_whole(self) -> bool:
        return self.pain is not None and bool(self.soreness)


def answer_after_check(*, appointment_id: UUID, answers: Answers, by: Actor, now: datetime) -> Outcome:
    """Keep the first answer, and raise whatever this one calls for. Raises NotAsked.

    The first answer stays as the day after was. A later one is only asked whether it worries: it may raise an
    alert, and never takes one back, because who felt better and then worse must not be overheard. Says the
    gravest of this answer and of what nobody has seen to yet.
    """
    outcome = outcome_of(
        is_breathless=answers.is_breathless,
        has_chest_pain=answers.has_chest_pain,
        pain=answers.pain,
        soreness=answers.soreness,
    )
    with transaction.atomic():
        check = _asked(appointment_id, now=now)
        is_first = check.answered_at is None
        if is_first and answers.are_whole:
            _keep(check, answers, now=now)
        record(
            verb="said how they are" if is_first else "said again how they are",
            by=by,
            at=now,
            appointment=check.appointment,
        )
        if kind := ALERT_OF.get(outcome):
            _raise(check, kind=kind, by=by, now=now)
        return graver(outcome, said_so_far(appointment_id))


def note_rung(*, appointment_id: UUID, by: User, now: datetime) -> None:
    """Reception rang to ask and reached nobody: it is off their list, and the question stays open."""
    with transaction.atomic():
        visit = Appointment.objects.locked().get(pk=appointment_id)
        record(verb=RUNG_TO_ASK, by=Actor.staff(by), at=now, appointment=visit)


def _asked(appointment_id: UUID, *, now: datetime) -> AfterCheck:
    row = (
        AfterCheck.objects.select_for_update()
        .filter(appointment_id=appointment_id, due_at__gt=now - MAY_BE_ANSWERED_FOR)
        .first()
    )
    if row is None:
        raise NotAsked
    return row


def _keep(check: AfterCheck, answers: Answers, *, now: datetime) -> None:
    check.answered_at = now
    check.pain, check.function, check.soreness = answers.pain, answers.function, answers.soreness
    check.is_breathless, check.has_chest_pain = answers.is_breathless, answers.has_chest_pain
    check.note = answers.note
    check.save()


def _raise(check: AfterCheck, *, kind: SafetyAlert.Kind, by: Actor, now: datetime) -> None:
    """One open alert of a kind is enough; once it was taken, the next worry is a new one."""
    visit = check.appointment
    assert visit.patient is not None, "a visit that was recorded has a patient"
    alert, is_new = SafetyAlert.objects.get_or_create(
        appointment=visit,
        kind=kind,
        taken_at=None,
        defaults={"patient": visit.patient, "raised_at": now},
    )
    if is_new:
        plan_alert(alert=alert, now=now)
        record(verb="raised alert", by=by, at=now, appointment=visit, detail={"alert_id": str(alert.pk)})
