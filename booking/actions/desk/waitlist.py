"""The waiting list, as the desk keeps it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from accounts.models import Patient, Practitioner, User
from booking.actions.audit import Actor, record
from booking.actions.desk.hands import SeenToAlready
from booking.actions.patients import who_carries_on
from booking.models import Location, WaitlistEntry
from booking.queries.waitlist import waiting
from catalogue.models import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody waits for. With nobody in particular: with anyone; `weekdays` count from Monday, 0."""

    service: Service
    practitioner: Practitioner | None
    location: Location | None
    weekdays: tuple[int, ...]
    from_time: time | None
    until_time: time | None
    last_day: date


def put_on_waitlist(
    *, patient_id: UUID, wanted: Wanted, by: User, now: datetime, instead_of: UUID | None = None
) -> WaitlistEntry:
    """Somebody waits for one service once: what they wanted of it before is replaced, not their place.

    Whoever has come meanwhile, or whose last day is over, begins to wait anew. `instead_of` is an entry of
    theirs that is no longer what they want, be it for another service.
    """
    with transaction.atomic():
        patient = who_carries_on(patient_id)
        if instead_of is not None:
            other = WaitlistEntry.objects.filter(pk=instead_of, patient=patient, taken_off_at=None)
            other.exclude(service=wanted.service).update(taken_off_at=now)
        standing = waiting(now=now).filter(patient=patient, service=wanted.service)
        entry = standing.select_related(None).select_for_update().first()
        if entry is None:
            over = WaitlistEntry.objects.filter(patient=patient, service=wanted.service, taken_off_at=None)
            over.update(taken_off_at=now)
            entry = WaitlistEntry(patient=patient, service=wanted.service, added_at=now)
        entry.practitioner, entry.location = wanted.practitioner, wanted.location
        entry.weekdays, entry.last_day = sorted(wanted.weekdays), wanted.last_day
        entry.from_time, entry.until_time = wanted.from_time, wanted.until_time
        entry.save()
        _record("put on the waiting list", entry, by=by, now=now)
    return entry


def take_off_waitlist(*, entry_id: UUID, by: User, now: datetime) -> WaitlistEntry:
    """Raises SeenToAlready."""
    with transaction.atomic():
        entry = WaitlistEntry.objects.select_for_update().get(pk=entry_id)
        if entry.taken_off_at is not None:
            raise SeenToAlready
        entry.taken_off_at = now
        entry.save(update_fields=["taken_off_at"])
        _record("taken off the waiting list", entry, by=by, now=now)
    return entry


def carry_waitlist(*, kept: Patient, other: Patient, now: datetime) -> None:
    """When two records become one, before their visits do: a visit tells who does not wait any more.

    Of two waits for the same service the one that began first stands, unless it is over.
    """
    live = set(waiting(now=now).filter(patient__in=[kept, other]).values_list("pk", flat=True))
    standing = {
        row.service_id: row
        for row in WaitlistEntry.objects.select_for_update().filter(patient=kept, taken_off_at=None)
    }
    for row in WaitlistEntry.objects.select_for_update().filter(patient=other, taken_off_at=None):
        if rival := standing.get(row.service_id):
            weaker = max(row, rival, key=lambda entry: (entry.pk not in live, entry.added_at))
            weaker.taken_off_at = now
            weaker.save(update_fields=["taken_off_at"])
    WaitlistEntry.objects.filter(patient=other).update(patient=kept)


def _record(verb: str, entry: WaitlistEntry, *, by: User, now: datetime) -> None:
    detail = {"service": entry.service.slug, "last_day": entry.last_day.isoformat()}
    record(verb=verb, by=Actor.staff(by), at=now, patient_id=entry.patient_id, detail=detail)
