"""A held time becomes an appointment."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.actions.clinical.screening import tie_to_patient
from booking.actions.messages.diary_changes import tell_physios
from booking.actions.messages.planning import plan_confirmation
from booking.actions.patients import PatientDetails, find_or_create_patient
from booking.models import Appointment
from booking.queries.patients import books_by_telephone
from booking.queries.placement import rooms_still_free
from booking.rules.lifecycle import Status, require_move
from booking.rules.payment_states import hold_end_while_paying
from catalogue.models import Service


class HoldGone(Exception):
    """The time is no longer held: it lapsed, was let go, or has been booked already."""


class PolicyNotAccepted(Exception):
    """Nothing is booked before the patient has said yes to the policy."""


class PaymentNotAllowed(Exception):
    """This service is not paid in that way."""


class BooksByTelephone(Exception):
    """The clinic has decided to book this person by telephone. A door says how to ring, and never why."""


def book(
    *,
    appointment_id: UUID,
    patient: PatientDetails,
    pays_at_clinic: bool,
    accepts_policy: bool,
    now: datetime,
    by: Actor,
    holder: User | None = None,
    note: str = "",
) -> Appointment:
    """Write down who is coming. Paid at the clinic, or free, it is confirmed now; else it waits for money.

    While it waits the hold is stretched to PAYING_HOLD_MINUTES, longer than the pay page stays open, so that
    the time outlives every chance to pay for it; but never past LONGEST_HOLD.

    Raises HoldGone, also once the time has begun, PolicyNotAccepted, PaymentNotAllowed, BooksByTelephone, or
    what the answers given beforehand stand in the way of (see `tie_to_patient`); then nothing has been
    written.
    """
    if not accepts_policy:
        raise PolicyNotAccepted
    with transaction.atomic():
        row = Appointment.objects.locked().filter(pk=appointment_id).first()
        if (
            row is None
            or row.status != Status.HELD
            or row.hold_expires_at is None
            or row.hold_expires_at <= now
            or row.starts_at <= now
        ):
            raise HoldGone
        require_payment_allowed(service=row.service, pays_at_clinic=pays_at_clinic)
        row.patient = find_or_create_patient(details=patient, holder=holder, now=now)
        if by.is_patient and books_by_telephone(
            patient=row.patient,
            email=patient.email,
            phone=patient.phone,
            date_of_birth=patient.date_of_birth,
        ):
            raise BooksByTelephone
        tie_to_patient(appointment=row, holder=holder, by=by, now=now)
        row.patient_note = note
        row.policy_accepted_at = now
        row.pays_at_clinic = pays_at_clinic
        if pays_at_clinic or row.price_minor == 0:
            confirm(appointment=row, now=now, by=by)
        else:
            row.hold_expires_at = hold_end_while_paying(
                held_since=row.created_at,
                hold_ends=row.hold_expires_at,
                now=now,
                stretch=timedelta(minutes=settings.PAYING_HOLD_MINUTES),
            )
            row.save()
            record(verb="details given", by=by, at=now, appointment=row)
    return row


def require_payment_allowed(*, service: Service, pays_at_clinic: bool) -> None:
    """Raises PaymentNotAllowed when the service is not paid in the way asked for."""
    refused = Service.Pays.ONLINE if pays_at_clinic else Service.Pays.AT_CLINIC
    if service.pays == refused:
        raise PaymentNotAllowed


def confirm(*, appointment: Appointment, now: datetime, by: Actor) -> None:
    """Make the promise firm and plan its messages. The caller holds the row's lock and its transaction."""
    require_move(current=appointment.status, wanted=Status.CONFIRMED)
    appointment.status = Status.CONFIRMED
    appointment.confirmed_at = now
    appointment.hold_expires_at = None
    appointment.save()
    record(verb="confirmed", by=by, at=now, appointment=appointment)
    plan_confirmation(appointment=appointment, now=now)
    tell_physios(visit=appointment, before=None, now=now)


def confirm_if_still_free(*, appointment: Appointment, now: datetime, by: Actor) -> bool:
    """For money that arrived after the hold had lapsed: take the time again, unless somebody else has it.

    In another room where the old one is taken: it is the time and the physio that were promised. The caller
    holds the row's lock. The constraint decides, inside a savepoint, so a refusal leaves the caller's
    transaction whole. A visit that has already begun is not taken again.
    """
    if appointment.starts_at <= now:
        return False
    before = (appointment.status, appointment.hold_expires_at, appointment.confirmed_at, appointment.room_id)
    for room_id in _rooms_to_try(appointment, now=now):
        appointment.room_id = room_id
        try:
            with transaction.atomic():
                confirm(appointment=appointment, now=now, by=by)
        except IntegrityError:
            (
                appointment.status, appointment.hold_expires_at, appointment.confirmed_at, appointment.room_id
            ) = before  # fmt: skip
        else:
            return True
    return False


def _rooms_to_try(appointment: Appointment, *, now: datetime) -> Iterator[int | None]:
    """The one it was held in, and then whichever is free."""
    held_in = appointment.room_id
    yield held_in
    yield from (room for room in rooms_still_free(appointment, now=now) if room != held_in)
