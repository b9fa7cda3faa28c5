"""From reading at home to a locked record, on phones."""

import os
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from booking.models import AdverseEvent, Appointment, Consent, VisitRecord
from booking.queries.links import copy_token_for, token_for
from booking.words import in_clinic_time
from tests.axe import sideways, violations_in_the_dark_too
from tests.journeys.test_every_page_can_be_used import NARROW
from tests.needling import another_physio, make_needled_visit, physio_of, sign

pytestmark = pytest.mark.django_db(transaction=True)
Visitor = Callable[..., Page]


def this_morning() -> datetime:
    return in_clinic_time(timezone.now()).replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def visit(site: str) -> Appointment:
    return make_needled_visit(starts_at=this_morning())


def signed_in(page: Page, user: User, site: str) -> Page:
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return page


def look(page: Page, name: str) -> None:
    """Nothing is wrong by axe's rules, and nothing scrolls sideways."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert violations_in_the_dark_too(page) == []
    assert sideways(page) == 0


def sign_on_the_phone(page: Page, visit: Appointment) -> None:
    page.goto(f"/physio/visits/{visit.pk}/consent/")
    page.get_by_text("It was explained to me").click()
    page.get_by_text("My questions were answered").click()
    page.get_by_label("Full name").fill("Elena Marsh")
    page.get_by_role("button", name="Sign with Maren").click()
    expect(page.get_by_text("Consent signed")).to_be_visible()


def test_consent_is_read_at_home_signed_in_the_room_and_taken_back(
    visitor: Visitor, site: str, visit: Appointment
) -> None:
    patient, physio = visitor(), signed_in(visitor(), physio_of(visit), site)
    patient.goto(f"/appointments/{token_for(visit)}/")
    patient.get_by_role("link", name="Something to read before you come").click()
    expect(patient.get_by_text("You sign in the room")).to_be_visible()
    look(patient, "1 read")
    assert Consent.objects.get().opened_at is not None

    physio.goto(f"/physio/visits/{visit.pk}/consent/")
    look(physio, "2 sign")
    sign_on_the_phone(physio, visit)
    look(physio, "3 signed")

    patient.goto(f"/signed/{copy_token_for(visit)}/")
    look(patient, "4 copy")
    patient.get_by_label("Day", exact=True).fill("3")
    patient.get_by_label("Month").fill("8")
    patient.get_by_label("Year").fill("1984")
    with patient.expect_response(lambda answer: answer.url.endswith(f"{copy_token_for(visit)}/")) as given:
        patient.get_by_role("button", name="Open my copy").click()
    assert given.value.headers["content-type"] == "application/pdf"

    patient.goto(f"/appointments/{token_for(visit)}/consent/")
    patient.get_by_role("link", name="Take it back").click()
    expect(patient.get_by_role("button", name="Take it back")).to_be_visible()
    look(patient, "5 take back")
    patient.get_by_role("button", name="Take it back").click()
    expect(patient.get_by_text("Taken back. Your visit stands as it was.")).to_be_visible()
    physio.goto(f"/physio/visits/{visit.pk}/")
    expect(physio.get_by_text("Consent taken back")).to_be_visible()


def test_needling_is_counted_locked_and_added_to(visitor: Visitor, site: str, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    page = signed_in(visitor(), physio_of(visit), site)
    page.goto(f"/physio/visits/{visit.pk}/")
    look(page, "6 card")
    page.get_by_role("link", name="Record what was done").click()
    page.get_by_role("group", name="Pain today").get_by_text("6", exact=True).click()
    page.get_by_role("group", name="What they can do").get_by_text("4", exact=True).click()
    page.get_by_text("Dry needling", exact=True).click()
    page.get_by_text("Neck", exact=True).click()
    for _ in range(4):
        page.get_by_role("button", name="One more: Needles in").click()
    page.get_by_role("spinbutton", name="Needles out").fill("3")
    page.get_by_label("Note").fill("Softer afterwards.")
    look(page, "7 record")
    page.get_by_role("button", name="Sign and lock").click()
    expect(page.get_by_text("4 went in, 3 came out.")).to_be_visible()
    look(page, "8 a needle is missing")
    page.get_by_role("button", name="One more: Needles out").click()
    page.get_by_role("button", name="Sign and lock").click()
    expect(page.get_by_text("4 needles in, 4 out")).to_be_visible()
    page.get_by_label("What is to be added").fill("The right side.")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Added. What was signed stays as it was.")).to_be_visible()
    look(page, "9 signed record")
    assert VisitRecord.objects.get().signed_at is not None
    assert not AdverseEvent.objects.exists()


def test_without_a_script_the_needles_are_typed(visitor: Visitor, site: str, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    page = signed_in(visitor(java_script_enabled=False), physio_of(visit), site)
    page.goto(f"/physio/visits/{visit.pk}/record/")
    page.get_by_text("Dry needling", exact=True).click()
    page.get_by_text("Neck", exact=True).click()
    page.get_by_label("Needles in").fill("2")
    page.get_by_label("Needles out").fill("2")
    page.get_by_role("button", name="Sign and lock").click()
    expect(page.get_by_text("2 needles in, 2 out")).to_be_visible()


def test_the_narrowest_phone_scrolls_nothing_sideways(
    visitor: Visitor, site: str, visit: Appointment
) -> None:
    page = signed_in(visitor(viewport=NARROW, color_scheme="dark"), physio_of(visit), site)
    for address in ("consent/", "record/", "adverse-event/"):
        page.goto(f"/physio/visits/{visit.pk}/{address}")
        look(page, f"narrow {address.strip('/')}")


def test_the_physio_of_another_patient_is_refused(visitor: Visitor, site: str, visit: Appointment) -> None:
    user = another_physio().user
    assert user is not None
    page = signed_in(visitor(), user, site)
    for address in ("", "consent/", "record/"):
        answer = page.goto(f"/physio/visits/{visit.pk}/{address}")
        assert answer is not None
        assert answer.status == 403
