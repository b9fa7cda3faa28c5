"""A time is kept for somebody while they type and pay."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.models import Practitioner
from booking.actions.audit import Actor, record
from booking.actions.clinical.screening import require_permitted
from booking.actions.conflicts import TimePassed, not_open, saying_time_taken, wait_only_briefly
from booking.actions.terms import terms_of, times_of
from booking.models import Appointment, Location, Screening
from booking.queries.placement import Placement, placements, rooms_still_free
from booking.rules.lifecycle import Status, require_move
from booking.rules.payment_states import hold_end_while_paying
from catalogue.models import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A held appointment and the secret that proves it is ours. Only the secret's hash is stored."""

    appointment: Appointment
    secret: str


def place_hold(
    *,
    service: Service,
    starts_at: datetime,
    now: datetime,
    by: Actor,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
    source: str = Appointment.Source.ONLINE,
    instead_of: Appointment | None = None,
    screening: Screening | None = None,
) -> Hold:
    """Keep a time for HOLD_MINUTES, with this practitioner or with whoever is fairest.

    An earlier hold of the same person is let go in the same transaction, so their own hold never stands
    in their way, and is still theirs if the new time turns out to be taken.

    `screening` is what was answered beforehand, and goes along with the visit.

    Raises TimeTaken when nobody suitable is free, and as such TimePassed or TooSoon when nobody could be;
    ScreeningForbids or ScreeningExpired when the answers stand in the way.
    """
    if screening is not None:
        require_permitted(screening=screening, service=service, now=now)
    secret = secrets.token_urlsafe(24)
    with saying_time_taken(), transaction.atomic():
        wait_only_briefly()
        if instead_of is not None:
            release_hold(appointment=instead_of, now=now, by=by)
        times = times_of(service=service, starts_at=starts_at)
        lapse_overdue_holds(now=now, overlapping=(times["starts_at"], times["occupied_until"]))
        for placement in placements(
            service=service, starts_at=starts_at, practitioner=practitioner, location=location, now=now
        ):
            appointment = _held(
                service=service,
                starts_at=starts_at,
                placement=placement,
                now=now,
                secret=secret,
                source=source,
                screening=screening,
            )
            # Insert or nothing: whoever is second learns it at once, without an error and without a deadlock.
            Appointment.objects.bulk_create([appointment], ignore_conflicts=True)
            if Appointment.objects.filter(pk=appointment.pk).exists():
                record(verb="held", by=by, at=now, appointment=appointment)
                return Hold(appointment=appointment, secret=secret)
        raise not_open(service=service, starts_at=starts_at, now=now)


def opens_hold(*, appointment: Appointment, secret: str) -> bool:
    """Is this the secret that was handed out with the hold? Compared in constant time."""
    return hmac.compare_digest(appointment.hold_secret_hash, _hash(secret))


def release_hold(*, appointment: Appointment, now: datetime, by: Actor) -> None:
    """Let a held time go at once. Releasing what is no longer held changes nothing."""
    with transaction.atomic():
        held = Appointment.objects.locked().filter(pk=appointment.pk, status=Status.HELD).first()
        if held is None or _may_still_be_paid(held):
            return
        _lapse(held, now=now, by=by, verb="released")


def hold_again(*, appointment: Appointment, now: datetime, by: Actor) -> Appointment:
    """More time for a hold, up to LONGEST_HOLD; or come back to one that ran out while typing.

    One that ran out was anybody's in between, so it is held anew, for as long as any other: in another room
    where its own has been taken. Raises TimeTaken when somebody else has the time now, TimePassed once it has
    begun.
    """
    with saying_time_taken(), transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment.pk)
        if row.starts_at <= now:
            raise TimePassed
        if row.status == Status.HELD and row.hold_expires_at is not None and row.hold_expires_at <= now:
            _lapse(row, now=now, by=Actor.system(), verb="lapsed")
        if row.status == Status.LAPSED:
            _take_again(row, now=now)
        row.hold_expires_at = hold_end_while_paying(
            held_since=row.created_at,
            hold_ends=row.hold_expires_at or now,
            now=now,
            stretch=timedelta(minutes=settings.HOLD_MINUTES),
        )
        row.save(update_fields=["status", "room", "created_at", "hold_expires_at"])
        record(verb="held again", by=by, at=now, appointment=row)
        return row


def _take_again(row: Appointment, *, now: datetime) -> None:
    """With the same physio at the same place. The caller holds the row and saves it."""
    require_move(current=row.status, wanted=Status.HELD)
    lapse_overdue_holds(now=now, overlapping=(row.starts_at, row.occupied_until))
    free = rooms_still_free(row, now=now)
    if not free:
        raise not_open(service=row.service, starts_at=row.starts_at, now=now)
    row.room_id = row.room_id if row.room_id in free else free[0]
    row.status, row.created_at = Status.HELD, now


def lapse_overdue_holds(*, now: datetime, overlapping: tuple[datetime, datetime] | None = None) -> int:
    """Let go of holds whose time is up, and say how many. Those that others are busy with are left alone."""
    overdue = Appointment.objects.overdue_holds(now=now)
    if overlapping is not None:
        first, last = overlapping
        overdue = overdue.filter(starts_at__lt=last, occupied_until__gt=first)
    with transaction.atomic(savepoint=False):
        due = overdue.only("status", "patient_id").order_by("pk")
        rows = list(due.select_for_update(skip_locked=True, of=("self",)))
        for row in rows:
            _lapse(row, now=now, by=Actor.system(), verb="lapsed")
    return len(rows)


def _lapse(row: Appointment, *, now: datetime, by: Actor, verb: str) -> None:
    require_move(current=row.status, wanted=Status.LAPSED)
    row.status = Status.LAPSED
    row.save(update_fields=["status"])
    record(verb=verb, by=by, at=now, appointment=row)


def _may_still_be_paid(held: Appointment) -> bool:
    """A time is never freed while somebody could still pay for it: the payment is closed at Stripe first."""
    return held.payments.filter(Q(state="open") | Q(state="processing") | Q(state="created")).exists()


def _held(
    *,
    service: Service,
    starts_at: datetime,
    placement: Placement,
    now: datetime,
    secret: str,
    source: str,
    screening: Screening | None,
) -> Appointment:
    return Appointment(
        id=uuid.uuid4(),
        status=Status.HELD,
        service=service,
        practitioner_id=placement.practitioner_id,
        location_id=placement.location_id,
        room_id=placement.room_id,
        source=source,
        screening=screening,
        hold_secret_hash=_hash(secret),
        hold_expires_at=now + timedelta(minutes=settings.HOLD_MINUTES),
        created_at=now,
        **times_of(service=service, starts_at=starts_at),
        **terms_of(service),
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
