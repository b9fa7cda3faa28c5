"""Enter does what was typed, never what a button nearby happens to offer. With scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from booking.models import Appointment
from booking.words import in_clinic_time
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import DAY, at, box, drag

WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def booking(reception: Desk) -> Callable[[bool], Page]:
    """The panel that books Elena Marsh, as a page of its own, where the first free times are offered."""
    elena = make_patient(name="Elena Marsh")

    def opens(scripts: bool) -> Page:
        page = reception.opens("Ivy Sharpe") if scripts else reception.signs_in(java_script_enabled=False)
        page.goto(f"/reception/book/?patient={elena.pk}")
        return page

    return opens


def fill_in(page: Page, clock: str) -> None:
    page.locator("#id_day").fill(f"{DAY:%Y-%m-%d}")
    page.locator("#id_time").fill(clock)
    page.locator("#id_time").press("Enter")


@WITH_AND_WITHOUT
def test_enter_in_the_time_books_the_time_that_was_typed(
    booking: Callable[[bool], Page], scripts: bool
) -> None:
    page = booking(scripts)
    assert page.locator(".r-soonest button").count() > 0
    fill_in(page, "15:30")
    expect(page.locator(".r-soonest")).to_have_count(0)
    expect(page.get_by_role("heading", name="Elena Marsh")).to_be_visible()
    assert Appointment.objects.get().starts_at == at("15:30")


@WITH_AND_WITHOUT
def test_enter_in_the_reason_overbooks(
    reception: Desk, booking: Callable[[bool], Page], scripts: bool
) -> None:
    make_appointment(service=reception.service, starts_at=at("13:00"), patient=make_patient(name="Joan Nye"))
    page = booking(scripts)
    fill_in(page, "13:15")
    expect(page.locator(".r-clash button[name=instead]").first).to_be_visible()
    page.get_by_text("Overbook on purpose").click()
    page.get_by_label("Why").fill("Both know")
    page.get_by_label("Why").press("Enter")
    expect(page.locator(".r-clash")).to_have_count(0)
    overbooked = Appointment.objects.get(patient__name="Elena Marsh")
    assert (in_clinic_time(overbooked.starts_at), overbooked.overbook_reason) == (at("13:15"), "Both know")


def test_enter_in_the_reason_overbooks_what_was_dragged(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    make_appointment(service=reception.service, starts_at=at("13:00"), patient=make_patient(name="Joan Nye"))
    page = reception.opens()
    box(page, "Tom Hale").wait_for()
    drag(page, "Tom Hale", "Maren", "13:15")
    page.get_by_text("Overbook on purpose").click()
    page.get_by_label("Why").fill("Both know")
    page.get_by_label("Why").press("Enter")
    expect(page.get_by_text("Tom Hale moved to 13:15")).to_be_visible()
    assert Appointment.objects.get(patient__name="Tom Hale").overbook_reason == "Both know"
