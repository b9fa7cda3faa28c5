"""What was done at a visit: drafted, signed and locked, and only added to afterwards.

Signing is where safety is kept: every needle that went in is out or accounted for, consent is in force, and
whoever needled may needle there. The database keeps what was signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Practitioner, User
from booking.actions.audit import Actor, record
from booking.actions.clinical.adverse_events import WhatHappened, report_adverse_event
from booking.actions.clinical.aftercare import plan_after_needling
from booking.actions.clinical.record_refusals import (
    AlreadyLocked,
    ConsentMissing,
    NeedlesMissing,
    NeedlesNotCounted,
    NoCredential,
    NotBegun,
    NothingRecorded,
    NothingToAdd,
    NotLocked,
    NotYourRecord,
    RegionMissing,
)
from booking.models import AdverseEvent, Appointment, RecordAddition, TechniqueUsed, VisitRecord
from booking.queries.clinical.consents import is_in_force
from booking.queries.clinical.credentials import regions_not_covered
from booking.queries.visits import HERE_NOW
from booking.rules.lifecycle import Status
from booking.words import clinic_day
from catalogue.models import Treatment

BEGUN = HERE_NOW | {Status.COMPLETED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """One technique as it was typed."""

    treatment: Treatment
    regions: Sequence[str] = ()
    needles_in: int | None = None
    needles_out: int | None = None
    needles_missing: str = ""

    @property
    def leaves_needles(self) -> bool:
        return self.is_counted and self.needles_in != self.needles_out

    @property
    def is_counted(self) -> bool:
        return self.needles_in is not None and self.needles_out is not None

    @property
    def has_more_out_than_in(self) -> bool:
        return self.is_counted and (self.needles_out or 0) > (self.needles_in or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the physio typed about a visit."""

    pain: int | None = None
    function: int | None = None
    note: str = ""
    is_reassessment: bool = False
    techniques: Sequence[Used] = ()


def save_record(
    *, appointment_id: UUID, practitioner: Practitioner, written: Written, by: User, now: datetime
) -> VisitRecord:
    """Keep it as a draft. Raises NotYourRecord, NotBegun, AlreadyLocked, and NeedlesMissing even here:
    a needle that is not found is looked for now, not when the record is signed."""
    with transaction.atomic():
        draft = _write(appointment_id, practitioner, written, now=now)
        record(verb="saved record", by=Actor.staff(by), at=now, appointment=draft.appointment)
    return draft


def sign_record(
    *, appointment_id: UUID, practitioner: Practitioner, written: Written, by: User, now: datetime
) -> VisitRecord:
    """Write and lock it. Raises what stands in record_refusals.py.

    A needle left behind for a stated reason is an adverse event, reported in the same breath.
    """
    with transaction.atomic():
        signed = _write(appointment_id, practitioner, written, now=now)
        if not written.techniques and not written.note.strip():
            raise NothingRecorded
        for used in written.techniques:
            _require_safe(used, signed.appointment, practitioner)
        signed.signed_at = now
        signed.save(update_fields=["signed_at"])
        record(verb="signed record", by=Actor.staff(by), at=now, appointment=signed.appointment)
        for used in written.techniques:
            if used.leaves_needles:
                _report_needle(used, signed.appointment, by=by, now=now)
        if any(used.treatment.uses_needles for used in written.techniques):
            plan_after_needling(appointment=signed.appointment, now=now)
    return signed


def add_to_record(
    *, appointment_id: UUID, practitioner: Practitioner, text: str, by: User, now: datetime
) -> RecordAddition:
    """Put something right, or add it, below what was signed.

    Raises NotYourRecord, NotLocked, NothingToAdd.
    """
    if not text.strip():
        raise NothingToAdd
    with transaction.atomic():
        visit = Appointment.objects.select_related("practitioner").get(pk=appointment_id)
        if visit.practitioner_id != practitioner.pk:
            raise NotYourRecord
        signed = VisitRecord.objects.filter(appointment=visit, signed_at__isnull=False).first()
        if signed is None:
            raise NotLocked
        addition = RecordAddition.objects.create(record=signed, text=text.strip(), by=by, at=now)
        record(verb="added to record", by=Actor.staff(by), at=now, appointment=visit)
    return addition


def _write(
    appointment_id: UUID, practitioner: Practitioner, written: Written, *, now: datetime
) -> VisitRecord:
    """The draft as typed, in place of what was drafted before. Two tabs queue behind the visit."""
    visit = Appointment.objects.locked().get(pk=appointment_id)
    if visit.practitioner_id != practitioner.pk:
        raise NotYourRecord
    if visit.status not in BEGUN:
        raise NotBegun
    draft = VisitRecord.objects.filter(appointment=visit).first() or VisitRecord(appointment=visit)
    if draft.signed_at is not None:
        raise AlreadyLocked
    for used in written.techniques:
        explained = used.needles_missing.strip() and not used.has_more_out_than_in
        if used.leaves_needles and not explained:
            raise NeedlesMissing(used.treatment, went_in=used.needles_in or 0, came_out=used.needles_out or 0)
    draft.appointment, draft.practitioner, draft.written_at = visit, practitioner, now
    draft.pain, draft.function = written.pain, written.function
    draft.note, draft.is_reassessment = written.note.strip(), written.is_reassessment
    draft.save()
    draft.techniques.all().delete()
    TechniqueUsed.objects.bulk_create(
        TechniqueUsed(
            record=draft,
            treatment=used.treatment,
            regions=list(used.regions),
            needles_in=used.needles_in,
            needles_out=used.needles_out,
            needles_missing=used.needles_missing.strip() if used.leaves_needles else "",
        )
        for used in written.techniques
    )
    return draft


def _require_safe(used: Used, visit: Appointment, practitioner: Practitioner) -> None:
    if not used.regions:
        raise RegionMissing(used.treatment)
    if not used.treatment.uses_needles:
        return
    if not used.needles_in or used.needles_out is None:
        raise NeedlesNotCounted(used.treatment)
    if visit.patient_id is None or not is_in_force(
        patient_id=visit.patient_id, treatment_id=used.treatment.pk
    ):
        raise ConsentMissing(used.treatment)
    day = clinic_day(visit.starts_at)
    if uncovered := regions_not_covered(
        practitioner=practitioner, technique=used.treatment.slug, regions=used.regions, day=day
    ):
        raise NoCredential(used.treatment, regions=uncovered)


def _report_needle(used: Used, visit: Appointment, *, by: User, now: datetime) -> None:
    what = WhatHappened(
        kind=AdverseEvent.Kind.NEEDLE,
        severity=AdverseEvent.Severity.MAJOR,
        occurred_on=clinic_day(visit.starts_at),
        description=used.needles_missing,
    )
    report_adverse_event(appointment_id=visit.pk, what=what, by=by, now=now)
