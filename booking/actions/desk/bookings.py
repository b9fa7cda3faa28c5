"""A visit that reception books, on the telephone or across the counter: confirmed at once."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import Patient, Practitioner, User
from booking.actions.audit import Actor, record
from booking.actions.bookings import confirm
from booking.actions.clinical.screening import take_last_answers
from booking.actions.conflicts import lock_in_order, saying_time_taken
from booking.actions.holds import lapse_overdue_holds
from booking.actions.patients import who_carries_on
from booking.actions.terms import terms_of, times_of
from booking.models import Appointment, Location
from booking.queries.clashes import Clash, Spot, spot_for
from booking.rules.lifecycle import Status
from catalogue.models import Service


class Clashes(Exception):
    """Something stands in the way. Nothing was written; `clashes` says what, and what may be overridden."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__(", ".join(clash.kind for clash in clashes))
        self.clashes = clashes

    @property
    def may_be_overridden(self) -> bool:
        return all(clash.may_be_overridden for clash in self.clashes)


def book_at_desk(
    *,
    service: Service,
    patient: Patient,
    practitioner: Practitioner,
    location: Location,
    starts_at: datetime,
    by: User,
    now: datetime,
    overbook_reason: str = "",
    note: str = "",
) -> Appointment:
    """Book without notice, off the grid, for a person who is known or in front of us; a walk-in starts now.

    With a reason it is overbooked on purpose: then it stands beside whatever is there, marked on the diary.
    Raises Clashes when something stands in the way that no reason was given for, or that none can override.
    """
    times = times_of(service=service, starts_at=starts_at)
    with saying_time_taken(), transaction.atomic():
        lapse_overdue_holds(now=now, overlapping=(times["starts_at"], times["occupied_until"]))
        lock_in_order(
            practitioners={practitioner.pk},
            rooms=set(location.rooms.filter(kind=service.room_kind).values_list("pk", flat=True)),
            patient_id=patient.pk,
        )
        patient = who_carries_on(patient.pk)
        spot = require_spot(
            spot_for(
                service=service,
                practitioner=practitioner,
                location=location,
                starts_at=starts_at,
                now=now,
                patient=patient,
            ),
            overbook_reason=overbook_reason,
        )
        appointment = Appointment(
            id=uuid.uuid4(),
            status=Status.HELD,
            service=service,
            practitioner=practitioner,
            location=location,
            room_id=spot.room_id,
            patient=patient,
            hold_expires_at=now,
            source=Appointment.Source.DESK,
            patient_note=note,
            policy_accepted_at=now,
            pays_at_clinic=True,
            created_at=now,
            **times,
            **terms_of(service),
            **overbooking(spot, reason=overbook_reason, by=by),
        )
        take_last_answers(appointment=appointment)
        confirm(appointment=appointment, now=now, by=Actor.staff(by))
        note_overbooking(appointment, by=by, now=now)
    return appointment


def require_spot(spot: Spot, *, overbook_reason: str) -> Spot:
    """Raises Clashes unless nothing stands in the way, or a reason was given for what may be overridden."""
    if spot.clashes:
        refusal = Clashes(spot.clashes)
        if not overbook_reason.strip() or not refusal.may_be_overridden:
            raise refusal
    return spot


def overbooking(spot: Spot, *, reason: str, by: User) -> dict[str, Any]:
    """The fields that say a visit was overbooked on purpose; empty ones when nothing stood in its way."""
    if not spot.clashes:
        return {"overbooked_by": None, "overbook_reason": ""}
    return {"overbooked_by": by, "overbook_reason": reason.strip()}


def start_now(now: datetime) -> datetime:
    """Now on the grid of five minutes on which every visit stands: the five minutes that are running."""
    return now - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)


def note_overbooking(appointment: Appointment, *, by: User, now: datetime) -> None:
    """Write down who overbooked and why, if anybody did."""
    if appointment.overbooked_by_id is not None:
        record(
            verb="overbooked",
            by=Actor.staff(by),
            at=now,
            appointment=appointment,
            detail={"reason": appointment.overbook_reason},
        )
