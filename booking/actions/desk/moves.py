"""A visit dragged to another time or physio. The patient hears of it minutes later, unless it is undone."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import Practitioner, User
from booking.actions.audit import Actor, record
from booking.actions.cancellations import coming
from booking.actions.conflicts import lock_in_order, saying_time_taken, wait_only_briefly
from booking.actions.desk.bookings import note_overbooking, overbooking, require_spot
from booking.actions.holds import lapse_overdue_holds
from booking.actions.messages.diary_changes import Before, tell_physios
from booking.actions.messages.planning import may_have_heard, plan_moved
from booking.actions.terms import times_of
from booking.models import Appointment, AuditEntry, Location
from booking.queries.clashes import spot_for

MOVED_AT_DESK = "moved at the desk"
# Written together with a move, or by somebody who only looked.
BESIDE_A_MOVE = ("overbooked", "opened", "opened consent", "opened signed copy")


class ChangedMeanwhile(Exception):
    """Somebody else changed the visit since this screen was drawn. `current` is how it stands now."""

    def __init__(self, current: Appointment) -> None:
        super().__init__(str(current.pk))
        self.current = current


class StandsThereAlready(Exception):
    """It was put where it is: no move, so nothing was written and nobody is told."""


class NothingToUndo(Exception):
    """The last thing that happened to the visit was not a move, or the patient has been told of it."""


def move_at_desk(
    *,
    appointment_id: UUID,
    practitioner: Practitioner,
    location: Location,
    starts_at: datetime,
    seen_sequence: int,
    by: User,
    now: datetime,
    overbook_reason: str = "",
) -> Appointment:
    """Put the visit elsewhere; the room follows. The patient is told after MOVE_GRACE_MINUTES.

    `seen_sequence` is the version on the screen it was dragged on: of two who drag at once, the second gets
    ChangedMeanwhile. Raises Clashes as booking does, NotComing for a visit that is not coming, and
    StandsThereAlready.
    """
    with saying_time_taken(), transaction.atomic():
        wait_only_briefly()
        row = _as_seen(appointment_id, seen_sequence, by=by, now=now)
        before, stood = _where(row), Before.of(row)
        if (row.practitioner, row.location, row.starts_at) == (practitioner, location, starts_at):
            raise StandsThereAlready
        times = times_of(service=row.service, starts_at=starts_at)
        lapse_overdue_holds(now=now, overlapping=(times["starts_at"], times["occupied_until"]))
        lock_in_order(
            practitioners={row.practitioner_id, practitioner.pk},
            rooms=set(location.rooms.filter(kind=row.service.room_kind).values_list("pk", flat=True)),
            patient_id=row.patient_id,
        )
        spot = require_spot(
            spot_for(
                service=row.service,
                practitioner=practitioner,
                location=location,
                starts_at=starts_at,
                now=now,
                patient=row.patient,
                ignoring=row.pk,
            ),
            overbook_reason=overbook_reason,
        )
        fields = overbooking(spot, reason=overbook_reason, by=by)
        row.practitioner, row.location, row.room_id = practitioner, location, spot.room_id
        _set_times(row, starts_at)
        row.overbooked_by, row.overbook_reason = fields["overbooked_by"], fields["overbook_reason"]
        row.save()
        record(verb=MOVED_AT_DESK, by=Actor.staff(by), at=now, appointment=row, detail=before)
        note_overbooking(row, by=by, now=now)
        tell_at = now + timedelta(minutes=settings.MOVE_GRACE_MINUTES)
        plan_moved(appointment=row, before=stood, now=now, tell_at=tell_at)
        tell_physios(visit=row, before=stood, now=now, tell_at=tell_at)
    return Appointment.objects.with_names().get(pk=row.pk)


def undo_move(*, appointment_id: UUID, seen_sequence: int, by: User, now: datetime) -> Appointment:
    """Put the visit back where it was before its last move, as long as the patient has not heard of the move.

    Raises NothingToUndo, ChangedMeanwhile, or TimeTaken when the old place has been given away.
    """
    with saying_time_taken(), transaction.atomic():
        wait_only_briefly()
        row = _as_seen(appointment_id, seen_sequence, by=by, now=now)
        last = (
            AuditEntry.objects.filter(appointment_id=row.pk)
            .exclude(verb__in=BESIDE_A_MOVE)
            .order_by("-id")
            .first()
        )
        if last is None or last.verb != MOVED_AT_DESK or may_have_heard(appointment=row, now=now):
            raise NothingToUndo
        before = last.detail
        stood = Before.of(row)
        row.practitioner_id, row.location_id = before["practitioner_id"], before["location_id"]
        row.room_id = before["room_id"]
        row.overbooked_by_id, row.overbook_reason = before["overbooked_by_id"], before["overbook_reason"]
        _set_times(row, datetime.fromisoformat(before["starts_at"]))
        row.save()
        record(verb="move undone", by=Actor.staff(by), at=now, appointment=row)
        plan_moved(appointment=row, before=stood, now=now)
        tell_physios(visit=row, before=stood, now=now)
    return Appointment.objects.with_names().get(pk=row.pk)


def _as_seen(appointment_id: UUID, seen_sequence: int, *, by: User, now: datetime) -> Appointment:
    row = coming(appointment_id=appointment_id, by=Actor.staff(by), now=now)
    if row.sequence != seen_sequence:
        raise ChangedMeanwhile(row)
    return row


def _set_times(row: Appointment, starts_at: datetime) -> None:
    for name, moment in times_of(service=row.service, starts_at=starts_at).items():
        setattr(row, name, moment)
    row.sequence += 1


def _where(row: Appointment) -> dict[str, object]:
    """Where a visit stands, as the audit entry of a move keeps it."""
    return {
        "starts_at": row.starts_at.isoformat(),
        "practitioner_id": row.practitioner_id,
        "location_id": row.location_id,
        "room_id": row.room_id,
        "overbooked_by_id": row.overbooked_by_id,
        "overbook_reason": row.overbook_reason,
    }
