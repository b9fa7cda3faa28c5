"""One day at the desk, from the first call to the sheets of paper, in one browser that is never reloaded."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from booking.models import Appointment, Receipt, WorkingHours
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import box, drag, press, stands_at, today_at


@pytest.fixture
def desk(reception: Desk) -> Page:
    """Today, whatever day that is: nobody is checked in on another. Joan comes at one."""
    for hours in WorkingHours.objects.filter(weekday=0):
        for weekday in (5, 6):
            hours.pk, hours.weekday = None, weekday
            hours.save()
    for name in ("Elena Marsh", "Tom Hale"):
        make_patient(name=name)
    joan = make_patient(name="Joan Nye")
    make_appointment(service=reception.service, starts_at=today_at("13:00"), patient=joan)
    page = reception.opens(day=today_at("13:00"))
    box(page, "Joan Nye").wait_for()
    return page


def test_a_day_at_the_desk(desk: Page) -> None:
    a_call_becomes_a_booking(desk)
    another_is_booked_with_the_keyboard_alone(desk)
    a_visit_is_dragged_and_put_back(desk)
    it_is_overbooked_on_purpose(desk)
    it_is_checked_in_with_the_keyboard_alone(desk)
    it_is_paid_in_cash(desk)
    a_cancellation_says_why(desk)
    each_physio_has_a_sheet_of_paper(desk)


def a_call_becomes_a_booking(page: Page) -> None:
    press(page, "Maren", "10:00")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("mar")
    expect(page.locator(".r-pick", has_text="Elena Marsh")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Book", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Elena Marsh is booked")).to_be_visible()
    stands_at(page, "Elena Marsh", "10:00")


def another_is_booked_with_the_keyboard_alone(page: Page) -> None:
    """At a time that was typed, not at the first free one that has the focus."""
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("hal")
    expect(page.locator(".r-pick", has_text="Tom Hale")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".r-soonest button").first).to_be_focused()
    walk(page, "Tab", to="#id_time")
    page.keyboard.type("15:30")
    walk(page, "Tab", to="#id_practitioner")
    page.keyboard.type("Ruth")
    walk(page, "Tab", to="button[data-go-on]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tom Hale is booked")).to_be_visible()
    stands_at(page, "Tom Hale", "15:30")


def a_visit_is_dragged_and_put_back(page: Page) -> None:
    drag(page, "Elena Marsh", "Ruth", "14:00")
    expect(page.get_by_text("Elena Marsh moved to 14:00 with Ruth.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"A message goes out in 2:\d\d"))).to_be_visible()
    stands_at(page, "Elena Marsh", "14:00")
    page.locator(".r-said").get_by_role("button", name="Undo").click()
    stands_at(page, "Elena Marsh", "10:00")


def it_is_overbooked_on_purpose(page: Page) -> None:
    drag(page, "Elena Marsh", "Maren", "13:15")
    expect(page.get_by_text("Maren has Joan Nye until 13:45.")).to_be_visible()
    stands_at(page, "Elena Marsh", "10:00")
    page.get_by_text("Overbook on purpose").click()
    page.get_by_label("Why").fill("Both know")
    page.get_by_role("button", name="Overbook", exact=True).click()
    stands_at(page, "Elena Marsh", "13:15")
    assert Appointment.objects.get(patient__name="Elena Marsh").overbook_reason == "Both know"


def it_is_checked_in_with_the_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    walk(page, "ArrowDown", to=".ec-event[aria-label^='Elena Marsh']")
    page.keyboard.press("c")
    expect(box(page, "Elena Marsh")).to_have_class(re.compile("s-arrived"))


def it_is_paid_in_cash(page: Page) -> None:
    page.get_by_text("Cash", exact=True).click()
    page.get_by_role("button", name="Take £64").click()
    expect(page.get_by_role("heading", name="Paid, £64")).to_be_visible()
    receipt = Receipt.objects.get()
    assert (receipt.method, receipt.appointment.patient.name) == ("cash", "Elena Marsh")


def a_cancellation_says_why(page: Page) -> None:
    box(page, "Joan Nye").click()
    page.get_by_role("link", name="Cancel the visit").click()
    page.get_by_text("Work or school").click()
    page.get_by_role("button", name="Cancel the visit").click()
    expect(box(page, "Joan Nye")).to_have_count(0)
    joan = Appointment.objects.get(patient__name="Joan Nye")
    assert (joan.status, joan.cancel_code) == ("cancelled", "work")


def each_physio_has_a_sheet_of_paper(page: Page) -> None:
    page.get_by_role("link", name="Day sheet").click()
    expect(page.get_by_role("heading", name="Day sheet")).to_be_visible()
    page.emulate_media(media="print")
    assert not page.locator(".r-bar").is_visible()
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages]
    assert ["Maren Holt" in sheet for sheet in sheets] == [True, False]
    assert ["Ruth Adeyemi" in sheet for sheet in sheets] == [False, True]
    assert ["Elena Marsh" in sheet for sheet in sheets] == [True, False]
    assert ["Tom Hale" in sheet for sheet in sheets] == [False, True]
    assert not any("Joan Nye" in sheet for sheet in sheets)


def walk(page: Page, key: str, *, to: str) -> None:
    """Press a key again and again until the focus has arrived."""
    for _ in range(20):
        page.keyboard.press(key)
        if page.locator(f"{to}:focus").count():
            return
    raise AssertionError(f"{key} does not lead to {to}")
