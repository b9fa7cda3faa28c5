"""What is clinical goes along when two records become one."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Patient, User
from booking.actions.desk.records import merge
from booking.models import Appointment, CarePlan, Consent, SafetyAlert, Screening
from tests.factories import at, make_patient, make_screening_form, make_user
from tests.needling import make_needled_visit, needling, text

pytestmark = pytest.mark.django_db
NOW = at(3, "10:30")


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


@pytest.fixture
def visit() -> Appointment:
    return make_needled_visit(starts_at=at(3, "10:00"))


@pytest.fixture
def kept(visit: Appointment) -> Patient:
    assert visit.patient is not None
    return visit.patient


@pytest.fixture
def other() -> Patient:
    return make_patient(name="Elena Marsch")


def merged(kept: Patient, other: Patient, clerk: User) -> None:
    merge(kept_id=kept.pk, other_id=other.pk, by=clerk, now=NOW)


def consent(
    patient: Patient, visit: Appointment, signed_at: datetime | None = None, **fields: Any
) -> Consent:
    if signed_at is not None:
        fields |= {
            "signed_at": signed_at,
            "signed_name": patient.name,
            "practitioner": visit.practitioner,
            "appointment": visit,
        }
    return Consent.objects.create(patient=patient, text=text(), **fields)


def in_force() -> list[Consent]:
    return list(Consent.objects.filter(signed_at__isnull=False, withdrawn_at=None))


def plan(patient: Patient, visit: Appointment, made_at: datetime) -> CarePlan:
    return CarePlan.objects.create(
        patient=patient,
        practitioner=visit.practitioner,
        service=visit.service,
        visits=4,
        reassess_after=2,
        made_at=made_at,
    )


def test_answers_and_alerts_go_along(kept: Patient, other: Patient, visit: Appointment, clerk: User) -> None:
    form = make_screening_form(treatment=needling())
    Screening.objects.create(
        form=form, patient=other, answers={}, colour="green", answered_at=NOW, expires_at=at(30, "10:00")
    )
    SafetyAlert.objects.create(patient=other, appointment=visit, kind="call_back", raised_at=NOW)
    merged(kept, other, clerk)
    assert (kept.screenings.count(), kept.safety_alerts.count()) == (1, 1)


@pytest.mark.parametrize("kept_signed", [True, False])
def test_a_signature_stands_before_a_reading(
    kept: Patient, other: Patient, visit: Appointment, clerk: User, kept_signed: bool
) -> None:
    signed = consent(kept if kept_signed else other, visit, NOW)
    consent(other if kept_signed else kept, visit, opened_at=NOW)
    merged(kept, other, clerk)
    assert list(Consent.objects.all()) == [signed]
    assert Consent.objects.get().patient == kept


def test_of_two_readings_the_first_is_kept(
    kept: Patient, other: Patient, visit: Appointment, clerk: User
) -> None:
    consent(kept, visit, opened_at=NOW)
    consent(other, visit, opened_at=NOW - timedelta(days=1))
    merged(kept, other, clerk)
    assert Consent.objects.get().opened_at == NOW - timedelta(days=1)


@pytest.mark.parametrize("days", [-1, 1])
def test_of_two_signatures_the_later_holds(
    kept: Patient, other: Patient, visit: Appointment, clerk: User, days: int
) -> None:
    first, second = consent(kept, visit, NOW), consent(other, visit, NOW + timedelta(days=days))
    merged(kept, other, clerk)
    assert in_force() == [max(first, second, key=lambda row: row.signed_at)]
    assert Consent.objects.filter(patient=kept).count() == 2


def test_who_said_no_later_has_said_no(
    kept: Patient, other: Patient, visit: Appointment, clerk: User
) -> None:
    consent(other, visit, NOW - timedelta(days=9))
    consent(
        kept, visit, NOW - timedelta(days=8), withdrawn_at=NOW - timedelta(days=1), withdrawn_by="patient"
    )
    merged(kept, other, clerk)
    assert in_force() == []


def test_who_signed_again_since_has_signed(
    kept: Patient, other: Patient, visit: Appointment, clerk: User
) -> None:
    later = consent(other, visit, NOW)
    consent(
        kept, visit, NOW - timedelta(days=8), withdrawn_at=NOW - timedelta(days=1), withdrawn_by="patient"
    )
    merged(kept, other, clerk)
    assert in_force() == [later]


@pytest.mark.parametrize("days", [1, 20])
def test_a_signature_that_gave_way_to_a_later_one_takes_nothing_back_in_merges_to_come(
    kept: Patient, other: Patient, visit: Appointment, clerk: User, days: int
) -> None:
    consent(kept, visit, NOW - timedelta(days=8))
    consent(other, visit, NOW - timedelta(days=9))
    third = make_patient(name="E Marsh")
    consent(third, visit, NOW - timedelta(days=days) - timedelta(hours=1))
    merged(kept, other, clerk)
    merged(kept, third, clerk)
    assert [row.signed_at for row in in_force()] == [max(row.signed_at for row in kept.consents.all())]


@pytest.mark.parametrize("days", [-1, 1])
def test_one_plan_runs_with_each_physio(
    kept: Patient, other: Patient, visit: Appointment, clerk: User, days: int
) -> None:
    first, second = plan(kept, visit, NOW), plan(other, visit, NOW + timedelta(days=days))
    merged(kept, other, clerk)
    assert CarePlan.objects.get(state="active") == max(first, second, key=lambda row: row.made_at)
    assert kept.plans.count() == 2
