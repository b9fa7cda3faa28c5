"""Consent on the card."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from booking.models import Appointment, Consent
from tests.factories import NOW, make_consent_text, make_needling

pytestmark = pytest.mark.django_db


@pytest.fixture
def older(visit: Appointment) -> Consent:
    """Tom signed version 1 on 30 November; version 2 is in force since."""
    needling = make_needling()
    visit.service.treatments.add(needling)
    former = make_consent_text(treatment=needling, state="retired")
    make_consent_text(treatment=needling, version=2)
    return Consent.objects.create(
        patient=visit.patient, text=former, opened_at=NOW - timedelta(days=1), signed_at=NOW,
        signed_name="Tom Hale", appointment=visit, practitioner=visit.practitioner,
    )  # fmt: skip


def read(client: Client, page: str, key: object) -> str:
    return " ".join(client.get(reverse(f"physio:{page}", args=[key])).content.decode().split())


@pytest.mark.parametrize("page", ["visit", "consent"])
def test_an_older_signature_is_said_with_its_day_and_what_is_to_do(
    physio: Client, visit: Appointment, older: Consent, page: str
) -> None:
    html = read(physio, page, visit.pk)
    assert "Older text signed" in html
    assert "Tom Hale signed version 1 on Monday 30 November 2026." in html
    assert "The text has changed: read it and sign it together." in html


def test_what_was_signed_before_opens_from_the_card(
    physio: Client, visit: Appointment, older: Consent
) -> None:
    address = reverse("physio:consent-paper", args=[visit.pk, older.pk])
    assert address in read(physio, "visit", visit.pk)
    assert physio.get(address)["Content-Type"] == "application/pdf"


def test_it_stands_on_the_card_without_a_visit_too(
    physio: Client, visit: Appointment, older: Consent
) -> None:
    assert "Older text signed" in read(physio, "patient", visit.patient_id)


def test_once_the_new_one_is_signed_the_older_is_not_spoken_of(
    physio: Client, visit: Appointment, older: Consent
) -> None:
    Consent.objects.create(
        patient=visit.patient, text=older.text.treatment.consenttexts.get(version=2), signed_at=NOW,
        signed_name="Tom Hale", appointment=visit, practitioner=visit.practitioner,
    )  # fmt: skip
    html = read(physio, "visit", visit.pk)
    assert "Consent signed" in html
    assert "version 1" not in html
