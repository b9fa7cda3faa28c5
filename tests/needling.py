"""A visit at which needling may be done: Maren Holt treats Elena Marsh, who is here."""

from datetime import date, datetime
from typing import Any

from accounts.models import Practitioner, User
from booking.actions.audit import Actor
from booking.actions.clinical.consents import sign_consent
from booking.actions.clinical.records import Used, Written
from booking.models import Appointment, Consent
from catalogue.clinical_versions import new_version, put_in_force
from catalogue.models import ConsentText, Treatment
from tests.factories import (
    make_appointment,
    make_clinic,
    make_consent_text,
    make_credential,
    make_needling,
    make_patient,
    make_user,
)


def make_needled_visit(*, starts_at: datetime, **fields: Any) -> Appointment:
    """Arrived, with a text in force and a credential for the whole body."""
    service = make_clinic(visit_kind="follow_up")
    needling = make_needling()
    make_consent_text(treatment=needling)
    service.treatments.add(needling)
    practitioner = service.practitioners.get()
    practitioner.name, practitioner.user = "Maren Holt", make_user(role="physio", name="Maren Holt")
    practitioner.save()
    make_credential(practitioner=practitioner)
    patient = fields.pop("patient", None) or make_patient(email="elena@mail.example")
    defaults = {"status": "arrived", "patient": patient}
    return make_appointment(service=service, starts_at=starts_at, **defaults | fields)


def text() -> ConsentText:
    return ConsentText.objects.get(state="published")


def put_a_new_text_in_force() -> ConsentText:
    """Who signed the one before is asked again."""
    draft = new_version(text())
    draft.signed_off_by, draft.signed_off_on = "Imogen Hale, lead physiotherapist", date(2026, 12, 3)
    draft.save()
    put_in_force(draft)
    return draft


def needling() -> Treatment:
    return Treatment.objects.get(slug="dry-needling")


def physio_of(visit: Appointment) -> User:
    user = visit.practitioner.user
    assert user is not None
    return user


def sign(visit: Appointment, *, now: datetime, **fields: Any) -> Consent:
    defaults: dict[str, Any] = {
        "signed_name": "Elena Marsh",
        "was_explained": True,
        "questions_answered": True,
        "text_id": text().pk,
        "practitioner": visit.practitioner,
        "by": Actor.staff(physio_of(visit)),
    }
    return sign_consent(appointment_id=visit.pk, now=now, **defaults | fields)


def needled(**fields: Any) -> Written:
    """Four needles in and out of the neck."""
    defaults = {"treatment": needling(), "regions": ["neck"], "needles_in": 4, "needles_out": 4}
    return Written(pain=6, function=4, note="Softer afterwards.", techniques=[Used(**defaults | fields)])


def another_physio() -> Practitioner:
    from tests.factories import make_practitioner

    return make_practitioner(user=make_user(role="physio"))
