"""What others did to a physio's today and tomorrow, and whether anything was done at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from accounts.models import Practitioner
from booking.models import Appointment, AuditEntry
from booking.rules.spans import instant_of
from booking.rules.wall_clock import local_days
from booking.words import clinic_zone

MOVES = frozenset({"moved", "moved at the desk"})
CHANGES = frozenset({"confirmed", "cancelled", "arrived", "no show", "move undone"}) | MOVES
MOST_TOLD = 3

# Everything that is noted about a visit of these two days or its patient counts, and so does a visit that
# left them: the number and the versions of those that stay change with it. Hours, leave and closures are
# edited in the back office too, which notes nothing, so every word of those rows counts.
VERSION = """
WITH mine AS (
    SELECT id, patient_id, sequence FROM booking_appointment
    WHERE practitioner_id = %(me)s AND starts_at >= %(start)s AND starts_at < %(end)s
      AND status NOT IN ('held', 'lapsed')
)
SELECT concat_ws('-',
    (SELECT concat(count(*), '.', sum(sequence)) FROM mine),
    (SELECT concat(max(id), '.', sum(id)) FROM booking_auditentry
     WHERE verb <> 'opened record'
       AND (appointment_id IN (SELECT id FROM mine) OR patient_id IN (SELECT patient_id FROM mine))),
    (SELECT concat(count(*), '.', sum(hash_record(absence))) FROM booking_leave AS absence
     WHERE practitioner_id = %(me)s),
    (SELECT concat(count(*), '.', sum(hash_record(closure))) FROM booking_closure AS closure),
    (SELECT concat(count(*), '.', sum(hash_record(hours))) FROM booking_workinghours AS hours
     WHERE practitioner_id = %(me)s),
    (SELECT concat(count(*), '.', sum(hash_record(hours))) FROM booking_hoursondate AS hours
     WHERE practitioner_id = %(me)s),
    (SELECT max(answered_at) FROM booking_leaverequest WHERE practitioner_id = %(me)s))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing somebody else did: `entry` says what and when, `visit` how it stands now.

    `is_mine` is false once the visit has gone to another physio. `was_at` is set where it moved in time.
    """

    entry: AuditEntry
    visit: Appointment
    is_mine: bool
    was_at: datetime | None


def two_days(day: date) -> dict[str, datetime]:
    """From the first moment of a day to the last of the day after."""
    first, second = local_days(clinic_zone(), day, 2)
    return {"start": instant_of(first.start), "end": instant_of(second.end)}


def day_version(*, me: Practitioner, day: date) -> str:
    """The same text for as long as nothing has happened to these two days. One cheap statement."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"me": me.pk, **two_days(day)})
        (version,) = cursor.fetchone()
    return str(version)


def newest_entry() -> int:
    """The number of the last thing that was noted: what comes after it is a change. One query."""
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def changes_since(*, me: Practitioner, day: date, entry_id: int, without: Any) -> Sequence[Change]:
    """The latest first, one for each visit. `without` is whoever reads: their own doing is no news to them.

    Two queries, however much happened.
    """
    span = two_days(day)
    entries = list(
        AuditEntry.objects.filter(pk__gt=entry_id, verb__in=CHANGES, appointment_id__isnull=False)
        .exclude(actor=without)
        .order_by("-pk")[:200]
    )
    visits = {
        visit.pk: visit
        for visit in Appointment.objects.filter(pk__in={entry.appointment_id for entry in entries})
        .filter(Q(practitioner=me) | Q(pk__in=_taken_from(me, entries)))
        .with_names()
    }
    told: dict[UUID, Change] = {}
    for entry in entries:
        visit = visits.get(entry.appointment_id) if entry.appointment_id else None
        if visit is None or visit.pk in told:
            continue
        was_at = moved_from(entry)
        if any(moment and span["start"] <= moment < span["end"] for moment in (visit.starts_at, was_at)):
            is_mine = visit.practitioner_id == me.pk
            told[visit.pk] = Change(entry=entry, visit=visit, is_mine=is_mine, was_at=was_at)
    return list(told.values())[:MOST_TOLD]


def moved_from(entry: AuditEntry) -> datetime | None:
    """When the visit was to be before a move."""
    if entry.verb not in MOVES:
        return None
    before = entry.detail.get("starts_at") or entry.detail.get("from")
    return datetime.fromisoformat(before) if before else None


def _taken_from(me: Practitioner, entries: Sequence[AuditEntry]) -> set[UUID | None]:
    return {entry.appointment_id for entry in entries if entry.detail.get("practitioner_id") == me.pk}
