"""Tells physios what changes in their today and tomorrow: they may be with a patient, the page shut.

Whatever happens to a visit, each physio concerned is told once, from what they last knew to how it stands;
whoever never heard of a visit that came and went within minutes hears nothing of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import Practitioner
from booking.models import Appointment, Message
from booking.rules.lifecycle import Status
from booking.words import clinic_day

ONE_DAY = timedelta(days=1)
Knowledge = dict[int, datetime | None]
"""By physio: when they believe the visit to be theirs; None when they don't know of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Where a visit stood before it was changed."""

    practitioner_id: int
    location_id: int
    starts_at: datetime

    @classmethod
    def of(cls, visit: Appointment) -> "Before":
        return cls(
            practitioner_id=visit.practitioner_id,
            location_id=visit.location_id,
            starts_at=visit.starts_at,
        )


def tell_physios(
    *, visit: Appointment, before: Before | None, now: datetime, tell_at: datetime | None = None
) -> None:
    """Plan what there is to say. The caller has saved the visit; `before` is None when it has just been made.

    A change is told when it concerns today or tomorrow on the clinic's calendar, and at once, or at `tell_at`
    where reception has a few minutes to think again.
    """
    assert visit.patient_id is not None, "a visit that was made has a patient"
    knows = _drop_what_was_not_told_yet(visit)
    if before is not None:
        knows.setdefault(before.practitioner_id, before.starts_at)
    knows.setdefault(visit.practitioner_id, None)
    was_elsewhere = before is not None and before.location_id != visit.location_id
    to_tell = {
        key: known
        for key, known in knows.items()
        if _concerns_two_days(known, _theirs(visit, key), now=now)
        and (known != _theirs(visit, key) or (was_elsewhere and known is not None))
    }
    reached = Practitioner.objects.filter(pk__in=to_tell, active=True, user__is_active=True).exclude(
        user__email=""
    )
    rows = [
        Message(
            appointment=visit,
            patient_id=visit.patient_id,
            practitioner=practitioner,
            occasion=Message.Occasion.DIARY_CHANGED,
            channel=Message.Channel.EMAIL,
            sequence=visit.sequence,
            moved_from=to_tell[practitioner.pk],
            due_at=tell_at or now,
        )
        for practitioner in (reached if to_tell else ())
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def _drop_what_was_not_told_yet(visit: Appointment) -> Knowledge:
    """What is still unsaid is said anew, from what was known before it."""
    unsaid = visit.messages.filter(occasion=Message.Occasion.DIARY_CHANGED, state=Message.State.DUE)
    knows = {row.practitioner_id: row.moved_from for row in unsaid if row.practitioner_id is not None}
    unsaid.filter(sequence__lt=visit.sequence).update(
        state=Message.State.SKIPPED, problem="The visit changed."
    )
    return knows


def _theirs(visit: Appointment, practitioner_id: int) -> datetime | None:
    """When the visit is theirs now, if it is."""
    is_theirs = visit.practitioner_id == practitioner_id and visit.status != Status.CANCELLED
    return visit.starts_at if is_theirs else None


def _concerns_two_days(*moments: datetime | None, now: datetime) -> bool:
    today = clinic_day(now)
    return any(clinic_day(moment) in (today, today + ONE_DAY) for moment in moments if moment is not None)
