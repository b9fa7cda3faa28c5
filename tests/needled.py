"""Visits in which needles were recorded, for tests."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Practitioner
from booking.models import AfterCheck, Appointment, SafetyAlert, TechniqueUsed, VisitRecord
from catalogue.models import Treatment
from tests.factories import at, make_appointment, make_clinic, make_needling, make_patient, make_user

VISIT = at(2, "10:00")
"""Wednesday 2 December 2026."""


def needled_visit(
    *, starts_at: datetime = VISIT, uses_needles: bool = True, signed: bool = True, **fields: Any
) -> Appointment:
    """A visit that is over, with its record."""
    service = fields.pop("service", None) or make_clinic()
    record = fields.pop("record", {})
    if "patient" not in fields:
        fields["patient"] = make_patient()
    visit = make_appointment(service=service, starts_at=starts_at, status="completed", **fields)
    record_needles(visit, uses_needles=uses_needles, signed=signed, **record)
    return visit


def record_needles(
    visit: Appointment, *, uses_needles: bool = True, signed: bool = True, **fields: Any
) -> VisitRecord:
    record = VisitRecord.objects.create(
        appointment=visit, practitioner=visit.practitioner, written_at=visit.ends_at, **fields
    )
    slug = "dry-needling" if uses_needles else "manual-therapy"
    treatment = Treatment.objects.filter(slug=slug).first() or make_needling(
        slug=slug, name=slug, uses_needles=uses_needles
    )
    needles = {"needles_in": 6, "needles_out": 6} if uses_needles else {}
    TechniqueUsed.objects.create(record=record, treatment=treatment, regions=["low-back"], **needles)
    if signed:
        record.signed_at = visit.ends_at + timedelta(minutes=5)
        record.save()
    return record


def make_check(visit: Appointment, **fields: Any) -> AfterCheck:
    return AfterCheck.objects.create(appointment=visit, **{"due_at": visit.ends_at} | fields)


def make_alert(visit: Appointment, **fields: Any) -> SafetyAlert:
    defaults = {"patient": visit.patient, "kind": "emergency", "raised_at": visit.ends_at}
    return SafetyAlert.objects.create(appointment=visit, **defaults | fields)


def sign_in_as_physio(practitioner: Practitioner) -> Any:
    practitioner.user = make_user(role="physio", name=practitioner.name)
    practitioner.save()
    return practitioner.user
