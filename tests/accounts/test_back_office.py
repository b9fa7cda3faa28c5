"""/admin/: who comes here for treatment is looked at there, and changed at reception."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Patient
from tests.factories import make_patient, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(make_user(role="manager", is_staff=True))
    return client


@pytest.fixture
def patient() -> Patient:
    return make_patient(email="")


def address(patient: Patient) -> str:
    return reverse("admin:accounts_patient_change", args=[patient.pk])


def test_a_patients_address_is_not_changed_behind_the_back_of_their_letters(
    manager: Client, patient: Patient
) -> None:
    assert manager.post(address(patient), {"email": "elena@mail.example"}).status_code == 403
    patient.refresh_from_db()
    assert patient.email == ""


def test_a_patient_is_one_step_from_their_record(manager: Client, patient: Patient) -> None:
    html = manager.get(address(patient)).content.decode()
    assert f'href="{reverse("reception:record", args=[patient.pk])}"' in html
