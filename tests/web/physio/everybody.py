"""One patient, what was written about them in confidence, and everybody who might come to read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.test import Client

from accounts.models import Practitioner, User
from booking.actions.clinical.records import sign_record
from booking.actions.feeds import make_feed_address
from booking.models import Appointment, Consent, SafetyAlert, Screening
from tests.factories import (
    make_appointment,
    make_consent_text,
    make_needling,
    make_patient,
    make_practitioner,
    make_screening_form,
    make_user,
)
from tests.needled import make_alert
from tests.needling import make_needled_visit, needled, physio_of, sign
from tests.web.physio.conftest import MORNING

SECRET = "Quillwort"
"""Stands in every note, remark and outcome about the patient."""
NAME = "Tamsin Oakapple"


@dataclass(frozen=True, kw_only=True)
class Confidence:
    """Tamsin came last week, which is signed, and is here today: one of two texts signed, nothing written."""

    visit: Appointment
    earlier: Appointment
    consent: Consent
    alert: SafetyAlert
    feed_secret: str

    @property
    def physio(self) -> Practitioner:
        return self.visit.practitioner

    @property
    def ids(self) -> Mapping[str, object]:
        """What stands in addresses, by the name it has there."""
        return {
            "visit_id": self.visit.pk,
            "appointment_id": self.visit.pk,
            "patient_id": self.visit.patient_id,
            "consent_id": self.consent.pk,
            "alert_id": self.alert.pk,
        }


def make_confidence() -> Confidence:
    patient = make_patient(name=NAME, email="tamsin@mail.example", holder=make_user(role="patient"))
    visit = make_needled_visit(starts_at=MORNING.replace(hour=10), patient=patient)
    consent = sign(visit, now=MORNING, remarks=SECRET)
    earlier = _seen_before(visit)
    _asks_for_a_second_signature(visit)
    form = make_screening_form(treatment=visit.service.treatments.get(slug="dry-needling"))
    codes = form.questions.values_list("code", flat=True)
    visit.screening = Screening.objects.create(
        form=form, patient=patient, answers=dict.fromkeys(codes, "no"),
        note=SECRET, colour="green", answered_at=MORNING, expires_at=MORNING.replace(year=2027),
    )  # fmt: skip
    visit.save()
    return Confidence(
        visit=visit,
        earlier=earlier,
        consent=consent,
        alert=make_alert(earlier),
        feed_secret=make_feed_address(practitioner=visit.practitioner, by=physio_of(visit), now=MORNING),
    )


def _seen_before(visit: Appointment) -> Appointment:
    then = MORNING.replace(day=1)
    earlier = make_appointment(
        service=visit.service, starts_at=then, patient=visit.patient, status="completed"
    )
    sign_record(
        appointment_id=earlier.pk,
        practitioner=visit.practitioner,
        written=replace(needled(), note=SECRET),
        by=physio_of(visit),
        now=MORNING,
    )
    return earlier


def _asks_for_a_second_signature(visit: Appointment) -> None:
    other = make_needling(slug="wet-needling", name="Wet needling")
    make_consent_text(treatment=other, title="Before the other one")
    visit.service.treatments.add(other)


def _with_a_day_of_their_own(role: str, confidence: Confidence) -> User:
    colleague = make_practitioner(user=make_user(role=role))
    theirs = make_patient(name="Somebody Else")
    make_appointment(
        service=confidence.visit.service, starts_at=MORNING.replace(hour=14), patient=theirs,
        practitioner=colleague, location=confidence.visit.location,
    )  # fmt: skip
    assert colleague.user is not None
    return colleague.user


def _has_left(confidence: Confidence) -> User:
    """No longer a physio of the clinic, with a sign-in that still works."""
    Practitioner.objects.filter(pk=confidence.physio.pk).update(active=False)
    return physio_of(confidence.visit)


def _is_locked_out(confidence: Confidence) -> User:
    """Signed in before the sign-in was taken away."""
    user = physio_of(confidence.visit)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return user


def _whose_it_is(confidence: Confidence) -> User:
    patient = confidence.visit.patient
    assert patient is not None
    assert patient.holder is not None
    return patient.holder


STRANGERS = frozenset({"anonymous", "locked out"})
"""Whom nobody knows, or nobody knows any more: they are asked to sign in."""
WITH_PAGES_OF_THEIR_OWN = frozenset({"another physio", "a manager who treats"})

PEOPLE: dict[str, Callable[[Confidence], User | None]] = {
    "anonymous": lambda _: None,
    "the patient": _whose_it_is,
    "another patient": lambda _: make_user(role="patient"),
    "reception": lambda _: make_user(role="reception"),
    "manager": lambda _: make_user(role="manager"),
    "a manager who treats": lambda confidence: _with_a_day_of_their_own("manager", confidence),
    "another physio": lambda confidence: _with_a_day_of_their_own("physio", confidence),
    "a physio without patients": lambda _: make_user(role="physio"),
    "has left": _has_left,
    "locked out": _is_locked_out,
}


def signed_in(client: Client, user: User | None) -> Client:
    if user is not None:
        client.force_login(user)
    return client


def everything() -> dict[str, list[Any]]:
    """Every row of the clinic, so that nothing can have changed unseen; sessions come and go."""
    labels = ("accounts", "booking", "catalogue")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}
