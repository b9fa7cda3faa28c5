"""A credential runs out: its times are gone, what was booked waits on a list, and a renewal heals it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.models import Appointment
from booking.words import clinic_day
from catalogue.models import Service
from tests.axe import violations
from tests.factories import make_appointment, make_credential, make_needling, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import DAY, at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def booked(reception: Desk) -> Appointment:
    """Elena, with Maren, who alone gives the service and holds what it needs until far away."""
    make_needling()
    Service.objects.update(required_credential="dry-needling", required_region="neck")
    service = reception.service
    service.refresh_from_db()
    maren = service.practitioners.get(slug="maren")
    service.practitioners.set([maren])
    make_credential(
        practitioner=maren, region="neck", number="DN-1", valid_until=clinic_day(DAY) + timedelta(days=400)
    )
    return make_appointment(service=service, starts_at=at("10:00"), patient=make_patient(name="Elena Marsh"))


def times(patient: Page, service: Service) -> Any:
    patient.goto(f"/book/{service.slug}/?day={DAY:%Y-%m-%d}")
    return patient.locator("button.o-chip")


def test_it_empties_the_times_lists_the_visits_and_is_renewed(
    reception: Desk, booked: Appointment, visitor: Any
) -> None:
    service = booked.service
    patient = visitor()
    expect(times(patient, service).first).to_be_visible()

    manager = reception.opens("Nia Bevan", role="manager")
    manager.get_by_role("link", name="Credentials").click()
    manager.get_by_role("link", name="Renew or end").click()
    expect(manager.get_by_role("button", name="End the credential")).to_be_visible()
    assert violations(manager) == []
    manager.get_by_label("Last valid day").fill(f"{clinic_day(timezone.now()) - timedelta(days=1):%Y-%m-%d}")
    manager.get_by_role("button", name="End the credential").click()
    expect(manager.get_by_text("1 booked visit stands on reception’s list.")).to_be_visible()
    expect(manager.get_by_role("link", name="1 booked visit falls after it")).to_be_visible()
    assert violations(manager) == []

    expect(times(patient, service)).to_have_count(0)
    desk = reception.opens()
    desk.goto("/reception/lists/")
    listed = desk.get_by_role("region", name="Credential not valid")
    expect(listed).to_contain_text("Elena Marsh")
    expect(listed.get_by_role("link", name="Move")).to_be_visible()
    expect(desk.get_by_role("link", name="Credentials")).to_have_count(0)

    manager.get_by_role("link", name="Renew or end").click()
    expect(manager.get_by_role("button", name="End the credential")).to_be_visible()
    manager.get_by_label("Number").fill("DN-2")
    manager.get_by_label("Last day").fill(f"{clinic_day(DAY) + timedelta(days=700):%Y-%m-%d}")
    manager.get_by_role("button", name="Renew the credential").click()
    expect(manager.get_by_text("Renewed.")).to_be_visible()

    desk.goto("/reception/lists/")
    expect(desk.get_by_role("region", name="Credential not valid")).to_have_count(0)
    expect(times(patient, service).first).to_be_visible()
