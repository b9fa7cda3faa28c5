"""Two records become one while something is being written of the one that will be no more."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Patient, User
from booking.actions.audit import Actor
from booking.actions.bookings import book
from booking.actions.clinical.consents import open_consent
from booking.actions.clinical.plans import make_plan
from booking.actions.desk.bookings import book_at_desk
from booking.actions.desk.records import merge
from booking.actions.holds import place_hold
from booking.actions.patients import PatientDetails
from booking.models import Appointment, CarePlan, Consent, Location
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_user
from tests.faults.together import behind
from tests.needling import make_needled_visit, sign, text

pytestmark = pytest.mark.django_db(transaction=True)

TEN = at(10, "10:00")


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


@pytest.fixture
def kept() -> Patient:
    return make_patient(name="Elena Marsh-Hale")


@pytest.fixture
def into_kept(kept: Patient, clerk: User) -> Callable[[Patient], Callable[[], Any]]:
    return lambda other: lambda: merge(kept_id=kept.pk, other_id=other.pk, by=clerk, now=NOW)


def test_a_visit_booked_online_belongs_to_the_record_that_is_kept(
    kept: Patient, into_kept: Callable[[Patient], Callable[[], Any]]
) -> None:
    other = make_patient()
    held = place_hold(service=make_clinic(), starts_at=TEN, now=NOW, by=Actor.patient()).appointment
    details = PatientDetails(
        name=other.name, email=other.email, phone=other.phone, date_of_birth=other.date_of_birth
    )
    ended = behind(
        into_kept(other),
        lambda: book(
            appointment_id=held.pk,
            patient=details,
            pays_at_clinic=True,
            accepts_policy=True,
            now=NOW,
            by=Actor.patient(),
        ),
    )
    assert (ended, Appointment.objects.get().patient) == ("won", kept)


def test_a_visit_booked_at_the_desk_belongs_to_the_record_that_is_kept(
    kept: Patient, into_kept: Callable[[Patient], Callable[[], Any]], clerk: User
) -> None:
    service, other = make_clinic(), make_patient()
    ended = behind(
        into_kept(other),
        lambda: book_at_desk(
            service=service,
            patient=other,
            practitioner=service.practitioners.get(),
            location=Location.objects.get(),
            starts_at=TEN,
            by=clerk,
            now=NOW,
        ),
    )
    assert (ended, Appointment.objects.get().patient) == ("won", kept)


def test_a_plan_belongs_to_the_record_that_is_kept(
    kept: Patient, into_kept: Callable[[Patient], Callable[[], Any]]
) -> None:
    seen = make_appointment(
        service=make_clinic(), starts_at=at(27, "10:00", month=11), status="completed", patient=make_patient()
    )
    ended = behind(
        into_kept(seen.patient),
        lambda: make_plan(
            patient=seen.patient,
            practitioner=seen.practitioner,
            service=seen.service,
            visits=6,
            every_days=7,
            reassess_after=3,
            goal="Run again",
            by=make_user(role="physio"),
            now=NOW,
        ),
    )
    assert (ended, CarePlan.objects.get().patient) == ("won", kept)


def test_a_consent_that_is_read_belongs_to_the_record_that_is_kept(
    kept: Patient, into_kept: Callable[[Patient], Callable[[], Any]]
) -> None:
    visit = make_needled_visit(starts_at=TEN)
    ended = behind(
        into_kept(visit.patient),
        lambda: open_consent(appointment_id=visit.pk, text_id=text().pk, by=Actor.patient(), now=NOW),
    )
    assert (ended, Consent.objects.get().patient) == ("won", kept)


def test_a_consent_that_is_signed_belongs_to_the_record_that_is_kept(
    kept: Patient, into_kept: Callable[[Patient], Callable[[], Any]]
) -> None:
    visit = make_needled_visit(starts_at=TEN)
    ended = behind(into_kept(visit.patient), lambda: sign(visit, now=TEN))
    assert (ended, Consent.objects.get().patient) == ("won", kept)
