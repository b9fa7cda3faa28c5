"""The same visit at another time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Practitioner
from booking.actions.audit import Actor, record
from booking.actions.cancellations import TooLate, coming
from booking.actions.conflicts import TimeTaken, lock_in_order, not_open, saying_time_taken, wait_only_briefly
from booking.actions.holds import lapse_overdue_holds
from booking.actions.messages.diary_changes import Before, tell_physios
from booking.actions.messages.planning import plan_moved
from booking.actions.terms import times_of
from booking.models import Appointment, Location
from booking.queries.placement import Placement, placements
from booking.rules.refunds import is_free_of_charge


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The visit as it is now, and when it was to be before."""

    appointment: Appointment
    moved_from: datetime


def move(
    *,
    appointment_id: UUID,
    starts_at: datetime,
    now: datetime,
    by: Actor,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
) -> Move:
    """Take the new time and let go of the old one, all or nothing. What was paid goes along.

    Raises TimeTaken when nobody suitable is free then, NotComing for a visit that is not coming, and TooLate
    for a patient past the moment until which the accepted policy lets them move.
    """
    with saying_time_taken(), transaction.atomic():
        wait_only_briefly()
        row = coming(appointment_id=appointment_id, by=by, now=now)
        if by.is_patient and not may_still_move(appointment=row, now=now):
            raise TooLate
        times = times_of(service=row.service, starts_at=starts_at)
        lapse_overdue_holds(now=now, overlapping=(times["starts_at"], times["occupied_until"]))
        found = placements(
            service=row.service,
            starts_at=starts_at,
            practitioner=practitioner,
            location=location,
            now=now,
            ignoring=row,
        )
        if not found:
            raise not_open(service=row.service, starts_at=starts_at, now=now)
        place = _one_to_take(row, found, starts_at)
        lock_in_order(
            practitioners={row.practitioner_id, place.practitioner_id},
            rooms={room for room in (row.room_id, place.room_id) if room is not None},
        )
        moved_from, before = row.starts_at, Before.of(row)
        row.practitioner_id, row.location_id, row.room_id = (
            place.practitioner_id,
            place.location_id,
            place.room_id,
        )
        row.overbooked_by_id, row.overbook_reason = None, ""  # it goes where there is room
        for name, moment in times.items():
            setattr(row, name, moment)
        row.sequence += 1
        row.save(
            update_fields=[
                "practitioner", "location", "room", "starts_at", "ends_at", "occupied_until", "sequence",
                "overbooked_by", "overbook_reason",
            ]
        )  # fmt: skip
        detail = {"from": moved_from.isoformat(), "practitioner_id": before.practitioner_id}
        record(verb="moved", by=by, at=now, appointment=row, detail=detail)
        plan_moved(appointment=row, before=before, now=now)
        tell_physios(visit=row, before=before, now=now)
    return Move(appointment=Appointment.objects.with_names().get(pk=row.pk), moved_from=moved_from)


def may_still_move(*, appointment: Appointment, now: datetime) -> bool:
    """By the policy the patient accepted, copied onto the visit when it was booked."""
    return is_free_of_charge(
        starts_at=appointment.starts_at, hours=appointment.policy_free_until_hours, now=now
    )


def _one_to_take(row: Appointment, found: list[Placement], starts_at: datetime) -> Placement:
    """The same physio if they are free, else whoever is fairest. Moving to where it stands is no move."""
    same = [place for place in found if place.practitioner_id == row.practitioner_id]
    for place in same or found:
        if starts_at != row.starts_at or place.practitioner_id != row.practitioner_id:
            return place
    raise TimeTaken
