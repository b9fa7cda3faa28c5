"""The flow of the day at the desk: here, in the room, done; or did not come; and one step back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from booking.actions.audit import Actor, record
from booking.models import Appointment
from booking.rules.lifecycle import CORRECTION, NotAllowed, Status, require_correction, require_move
from booking.words import clinic_day

MOMENT_OF = {
    Status.ARRIVED: "arrived_at",
    Status.IN_ROOM: "started_at",
    Status.COMPLETED: "completed_at",
}
"""Where the moment of each step is kept, so that waiting can be counted."""


class NotYet(Exception):
    """Nobody can have missed a visit that has not begun."""


class NotToday(Exception):
    """The visit is on a day to come: whoever stands at the desk is here for another one, or too early."""


def check_in(*, appointment_id: UUID, by: Actor, now: datetime) -> Appointment:
    """The patient is here. Raises NotToday, or NotAllowed for a visit that does not wait for its patient."""
    return _step(appointment_id, wanted=Status.ARRIVED, by=by, now=now)


def start(*, appointment_id: UUID, by: Actor, now: datetime) -> Appointment:
    """The patient has gone in."""
    return _step(appointment_id, wanted=Status.IN_ROOM, by=by, now=now)


def take_in(*, appointment_id: UUID, by: Actor, now: datetime) -> Appointment:
    """Into the room, past a desk where nobody sat: whoever was not checked in is here from now on."""
    with transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment_id)
        if row.status == Status.CONFIRMED:
            check_in(appointment_id=appointment_id, by=by, now=now)
        return start(appointment_id=appointment_id, by=by, now=now)


def complete(*, appointment_id: UUID, by: Actor, now: datetime) -> Appointment:
    """The visit is over."""
    return _step(appointment_id, wanted=Status.COMPLETED, by=by, now=now)


def mark_no_show(*, appointment_id: UUID, by: Actor, now: datetime) -> Appointment:
    """The patient did not come. Raises NotYet before the visit was to begin."""
    return _step(appointment_id, wanted=Status.NO_SHOW, by=by, now=now)


def step_back(*, appointment_id: UUID, by: Actor, now: datetime, seen: str = "") -> Appointment:
    """Undo the last step: a name was mistaken, or they did come after all.

    Raises NotAllowed where there is none, or where the visit does not stand any more as it was `seen`: sent
    twice, or after a colleague's step, it would undo what nobody meant.
    """
    with transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment_id)
        current = Status(row.status)
        earlier = CORRECTION.get(current)
        if earlier is None or (seen and seen != current):
            raise NotAllowed(current=current, wanted=current)
        require_correction(current=current, wanted=earlier)
        row.status = earlier
        if moment := MOMENT_OF.get(current):
            setattr(row, moment, None)
        row.save(update_fields=["status", "arrived_at", "started_at", "completed_at"])
        record(verb="put back", by=by, at=now, appointment=row, detail={"from": current, "to": earlier})
    return row


def _step(appointment_id: UUID, *, wanted: Status, by: Actor, now: datetime) -> Appointment:
    with transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment_id)
        require_move(current=row.status, wanted=wanted)
        if wanted == Status.NO_SHOW and now < row.starts_at:
            raise NotYet
        if wanted == Status.ARRIVED and clinic_day(row.starts_at) > clinic_day(now):
            raise NotToday
        row.status = wanted
        if moment := MOMENT_OF.get(wanted):
            setattr(row, moment, now)
        row.save(update_fields=["status", "arrived_at", "started_at", "completed_at"])
        record(verb=wanted.replace("_", " "), by=by, at=now, appointment=row)
    return row
