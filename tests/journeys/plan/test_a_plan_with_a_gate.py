"""Six visits with a gate after three: the desk books up to it, and once it is opened the rest."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from booking.models import Appointment, CarePlan, VisitRecord
from tests.axe import violations
from tests.factories import make_appointment, make_clinic, make_patient, make_user
from tests.web.patient.scene import working_day

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1440, "height": 900}
DAY = working_day(2, "10:00")


def signed_in(page: Page, user: User) -> Page:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": "localhost", "path": "/"}]
    )
    return page


@pytest.fixture
def seen(site: str) -> Appointment:
    """Elena was with Maren a week before the day on which the plan begins."""
    service = make_clinic(name="Follow-up", horizon_days=90)
    maren = service.practitioners.get()
    maren.name, maren.slug, maren.user = "Maren Holt", "maren", make_user(role="physio")
    maren.save()
    return make_appointment(
        service=service, starts_at=DAY - timedelta(days=7), status="completed",
        patient=make_patient(name="Elena Marsh"),
    )  # fmt: skip


def reassess(plan: CarePlan) -> None:
    """The three visits take place, and at the last of them the physio reassesses and signs."""
    now = timezone.now()
    for weeks, visit in enumerate(plan.appointments.order_by("-starts_at"), start=2):
        Appointment.objects.filter(pk=visit.pk).update(
            status="completed",
            starts_at=DAY - timedelta(days=7 * weeks),
            ends_at=DAY - timedelta(days=7 * weeks, minutes=-45),
            occupied_until=DAY - timedelta(days=7 * weeks, minutes=-45),
        )
    last = plan.appointments.latest("starts_at")
    VisitRecord.objects.create(
        appointment=last, practitioner=plan.practitioner, is_reassessment=True, written_at=now, signed_at=now
    )


def test_the_gate_holds_until_the_physio_has_looked_again(
    visitor: Callable[..., Page], seen: Appointment
) -> None:
    physio = signed_in(visitor(), seen.practitioner.user)
    physio.goto(f"/physio/patients/{seen.patient_id}/plan/")
    physio.get_by_label("Goal").fill("Run ten kilometres again")
    assert violations(physio) == []
    physio.get_by_role("button", name="Make the plan").click()
    expect(physio.get_by_text("0 of 6 done")).to_be_visible()
    assert violations(physio) == []

    desk = signed_in(visitor(viewport=DESK), make_user(role="reception"))
    desk.goto(f"/reception/patients/{seen.patient_id}/")
    expect(desk.get_by_text("Plan: 0 of 6, next reassessment after 3")).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("link", name="Book the next 3 visits").click()
    expect(desk.get_by_text("Visits 1 to 3 of the plan’s 6, every 7 days.")).to_be_visible()
    desk.get_by_label("Day").fill(f"{DAY:%Y-%m-%d}")
    desk.get_by_label("Time").fill("10:00")
    desk.get_by_label("Visits to book").fill("4")
    desk.get_by_role("button", name="Book", exact=True).click()
    expect(desk.get_by_text("3 of 4 booked")).to_be_visible()
    expect(desk.get_by_text("Maren reassesses after visit 3.")).to_be_visible()

    reassess(CarePlan.objects.get())
    desk.goto(f"/reception/patients/{seen.patient_id}/")
    desk.get_by_role("link", name="Book the next 3 visits").click()
    expect(desk.get_by_text("Visits 4 to 6 of the plan’s 6")).to_be_visible()
    desk.get_by_label("Day").fill(f"{DAY:%Y-%m-%d}")
    desk.get_by_role("button", name="Book", exact=True).click()
    expect(desk.get_by_text("3 of 3 booked")).to_be_visible()

    physio.reload()
    expect(physio.get_by_text("3 of 6 done, 3 booked")).to_be_visible()
