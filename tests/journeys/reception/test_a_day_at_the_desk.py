"""The telephone rings: from the call to the cancellation, with the mouse and without."""

import re

from playwright.sync_api import Page, expect

from booking.models import Appointment, Receipt
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box, drag, place, press, stands_at, today_at


def test_a_call_becomes_a_booking(reception: Desk) -> None:
    make_patient(name="Elena Marsh")
    page = reception.opens()
    press(page, "Maren", "10:00")
    expect(page.locator("#who")).to_be_focused()
    page.keyboard.type("mars")
    expect(page.locator(".r-pick", has_text="Elena Marsh")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Book", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Elena Marsh is booked")).to_be_visible()
    stands_at(page, "Elena Marsh", "10:00")


def test_somebody_new_is_booked_without_leaving_the_panel(reception: Desk) -> None:
    page = reception.opens()
    press(page, "Ruth", "11:00")
    page.locator("#who").press_sequentially("nina ray")
    page.get_by_role("link", name="Somebody new").click()
    page.get_by_label("Telephone").fill("07400 123456")
    page.get_by_role("button", name="Write down and go on").click()
    page.get_by_role("button", name="Book", exact=True).click()
    stands_at(page, "Nina Ray", "11:00")


def test_a_visit_is_dragged_and_put_back(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    page = reception.opens()
    drag(page, "Tom Hale", "Ruth", "13:00")
    expect(page.get_by_text("Tom Hale moved to 13:00 with Ruth.")).to_be_visible()
    expect(page.get_by_text("A message goes out in 2:5")).to_be_visible()
    page.locator(".r-said").get_by_role("button", name="Undo").click()
    stands_at(page, "Tom Hale", "10:00")


def test_a_clash_is_explained_and_overbooked_with_a_reason(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    make_appointment(service=reception.service, starts_at=at("13:00"), patient=make_patient(name="Joan Nye"))
    page = reception.opens()
    drag(page, "Tom Hale", "Maren", "13:15")
    expect(page.get_by_text("Maren has Joan Nye until 13:45.")).to_be_visible()
    stands_at(page, "Tom Hale", "10:00")
    page.get_by_text("Overbook on purpose").click()
    page.get_by_label("Why").fill("Both know")
    page.get_by_role("button", name="Overbook", exact=True).click()
    stands_at(page, "Tom Hale", "13:15")
    assert Appointment.objects.get(patient__name="Tom Hale").overbook_reason == "Both know"


def test_check_in_and_cash(reception: Desk) -> None:
    make_appointment(
        service=reception.service, starts_at=today_at("10:00"), patient=make_patient(name="Tom Hale")
    )
    page = reception.opens(day=today_at("10:00"))
    box(page, "Tom Hale").click()
    page.get_by_role("button", name="Check in").click()
    expect(box(page, "Tom Hale")).to_have_class(re.compile("s-arrived"))
    page.get_by_text("Cash", exact=True).click()
    page.get_by_role("button", name="Take £64").click()
    expect(page.get_by_role("heading", name="Paid, £64")).to_be_visible()
    assert Receipt.objects.get().method == "cash"


def test_a_cancellation_says_why(reception: Desk) -> None:
    visit = make_appointment(
        service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale")
    )
    page = reception.opens()
    box(page, "Tom Hale").click()
    page.get_by_role("link", name="Cancel the visit").click()
    page.get_by_text("Work or school").click()
    page.get_by_role("button", name="Cancel the visit").click()
    expect(box(page, "Tom Hale")).to_have_count(0)
    visit.refresh_from_db()
    assert (visit.status, visit.cancel_code) == ("cancelled", "work")


def test_booking_by_keyboard_alone(reception: Desk) -> None:
    make_patient(name="Elena Marsh")
    page = reception.opens()
    page.keyboard.press("n")
    page.keyboard.type("elena")
    expect(page.locator(".r-pick", has_text="Elena Marsh")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".r-soonest button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Elena Marsh is booked")).to_be_visible()
    assert Appointment.objects.filter(patient__name="Elena Marsh", status="confirmed").exists()


def test_check_in_by_keyboard_alone(reception: Desk) -> None:
    make_appointment(
        service=reception.service, starts_at=today_at("9:00"), patient=make_patient(name="Tom Hale")
    )
    make_appointment(
        service=reception.service, starts_at=today_at("10:00"), patient=make_patient(name="Joan Nye")
    )
    page = reception.opens(day=today_at("10:00"))
    box(page, "Joan Nye").wait_for()
    for key in ("ArrowDown", "ArrowDown", "c"):
        page.keyboard.press(key)
    expect(box(page, "Joan Nye")).to_have_class(re.compile("s-arrived"))


def test_escape_closes_and_gives_the_focus_back(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("9:00"), patient=make_patient(name="Tom Hale"))
    page = reception.opens()
    box(page, "Tom Hale").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Check in")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(box(page, "Tom Hale")).to_be_focused()


def test_a_press_lands_where_the_eye_says(reception: Desk) -> None:
    page: Page = reception.opens()
    x, y = place(page, "Maren", "14:00")
    page.mouse.click(x, y + 5)
    expect(page.get_by_text("14:00 with Maren")).to_be_visible()
