"""Patients are tied to a sign-in by a proved address."""

from datetime import date

import pytest

from booking.actions.patients import PatientDetails, claim_patients, find_or_create_patient
from booking.models import AuditEntry
from tests.factories import NOW, make_patient, make_user

pytestmark = pytest.mark.django_db


def test_everybody_with_the_proved_address_comes_under_the_sign_in() -> None:
    user = make_user(email="marsh@mail.example")
    make_patient(name="Elena Marsh", email="Marsh@mail.example")
    make_patient(name="Ada Marsh", email="marsh@mail.example")
    assert claim_patients(user=user, email=user.email, now=NOW) == 2
    assert set(user.patients.values_list("name", flat=True)) == {"Elena Marsh", "Ada Marsh"}


def test_a_record_that_somebody_holds_stays_theirs() -> None:
    holder = make_user()
    patient = make_patient(email="marsh@mail.example", holder=holder)
    assert claim_patients(user=make_user(), email="marsh@mail.example", now=NOW) == 0
    patient.refresh_from_db()
    assert patient.holder == holder


def test_proving_an_address_is_written_down() -> None:
    user = make_user(email="marsh@mail.example")
    patient = make_patient(email=user.email)
    claim_patients(user=user, email=user.email, now=NOW)
    assert AuditEntry.objects.get().patient_id == patient.pk


def test_a_record_merged_into_another_is_not_tied_to_a_sign_in() -> None:
    user = make_user(email="marsh@mail.example")
    kept = make_patient(email="marsh@mail.example")
    make_patient(email="marsh@mail.example", merged_into=kept)
    claim_patients(user=user, email=user.email, now=NOW)
    assert list(user.patients.all()) == [kept]


def test_details_of_a_merged_record_lead_to_the_one_that_carries_on() -> None:
    kept = make_patient(name="Elena Marsh")
    make_patient(name="Helen Marsh", email="marsh@mail.example", merged_into=kept)
    details = PatientDetails(
        name="Helen Marsh", email="marsh@mail.example", phone="", date_of_birth=date(1984, 8, 3)
    )
    assert find_or_create_patient(details=details, holder=None, now=NOW) == kept
