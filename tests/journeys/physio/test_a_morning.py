"""A physio's morning on a phone: who is next, in, done; and what reception changes meanwhile."""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from booking.models import Appointment, Leave, LeaveRequest
from booking.words import say_day
from tests.journeys.physio.conftest import Phone
from tests.web.patient.scene import working_day

pytestmark = pytest.mark.django_db(transaction=True)
A_MINUTE = 60_000


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def status() -> str:
    return Appointment.objects.get().status


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without one"])
def test_the_next_patient_is_taken_in_and_done(phone: Phone, script: bool) -> None:
    phone.visit("Priya Nair", status="arrived", arrived_at=None)
    page = phone.opens(java_script_enabled=script)
    expect(page.get_by_role("heading", name="Priya Nair")).to_be_visible()
    press(page, "Start with Priya")
    expect(page.get_by_text("In the room since").first).to_be_visible()
    assert status() == "in_room"
    press(page, "Done with Priya")
    expect(page.get_by_role("heading", name="Everybody has been seen")).to_be_visible()
    assert status() == "completed"


def test_a_press_too_early_is_taken_back(phone: Phone) -> None:
    phone.visit("Priya Nair")
    page = phone.opens()
    press(page, "Start with Priya")
    press(page, "Undo “In the room”")
    expect(page.get_by_role("button", name="Start with Priya")).to_be_visible()


def test_a_cancellation_at_the_desk_is_on_the_open_page_within_a_minute(phone: Phone, desk: Client) -> None:
    visit = phone.visit("Tom Reed")
    page = phone.opens()
    expect(page.get_by_role("heading", name="Tom Reed")).to_be_visible()
    started = time.monotonic()
    desk.post(reverse("reception:cancel", args=[visit.pk]), {"code": "ill"})
    expect(page.locator("#changed")).to_contain_text("Tom R. cancelled", timeout=A_MINUTE)
    expect(page.get_by_role("heading", name="Nobody is booked with you today")).to_be_visible()
    assert time.monotonic() - started < 60


def test_an_arrival_is_on_the_open_page_and_stays_told_after_the_next_look(
    phone: Phone, desk: Client
) -> None:
    visit = phone.visit("Tom Reed")
    page = phone.opens()
    desk.post(reverse("reception:step", args=[visit.pk]), {"step": "check-in"})
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#changed")).to_contain_text("Tom R. is here")
    expect(page.locator(".p-next")).to_contain_text("Here")
    with page.expect_response(lambda answer: "since=" in answer.url):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#changed")).to_contain_text("Tom R. is here")


def test_going_back_shows_the_day_as_it_is(phone: Phone, desk: Client) -> None:
    visit = phone.visit("Tom Reed")
    page = phone.opens()
    page.get_by_role("link", name="Open the card").click()
    expect(page.get_by_role("heading", name="Tom Reed")).to_be_visible()
    desk.post(reverse("reception:cancel", args=[visit.pk]), {"code": "ill"})
    page.go_back()
    expect(page.get_by_role("heading", name="Nobody is booked with you today")).to_be_visible()


def test_on_a_line_that_fails_the_day_stays_and_says_so(phone: Phone) -> None:
    phone.visit("Tom Reed")
    page = phone.opens()
    page.context.set_offline(True)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("No connection just now")).to_be_visible()
    expect(page.get_by_role("heading", name="Tom Reed")).to_be_visible()
    page.context.set_offline(False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("No connection just now")).to_be_hidden()


def test_without_styles_and_scripts_the_day_can_still_be_read(phone: Phone) -> None:
    phone.visit("Tom Reed", alert="Latex allergy.")
    page = phone.opens("/accounts/login/", java_script_enabled=False)
    page.route(re.compile(r"\.(css|js|woff2|svg)"), lambda route: route.abort())
    page.goto("/physio/")
    expect(page.get_by_role("heading", name="Tom Reed")).to_be_visible()
    expect(page.get_by_text("Latex allergy.")).to_be_visible()
    expect(page.get_by_role("button", name="Start with Tom")).to_be_visible()


def test_leave_is_asked_for_granted_and_told(phone: Phone, desk: Client) -> None:
    day = working_day(14, "9:00")
    page = phone.opens("/physio/leave/")
    page.get_by_label("First day").fill(f"{day:%Y-%m-%d}")
    press(page, "Ask for this leave")
    expect(page.get_by_text(say_day(day, with_year=True), exact=True)).to_be_visible()
    desk.post(reverse("reception:answer-leave", args=[LeaveRequest.objects.get().pk]), {"do": "grant"})
    page.goto("/physio/")
    expect(page.get_by_text(f"Leave granted: {say_day(day, with_year=True)}.")).to_be_visible()
    assert Leave.objects.count() == 1
