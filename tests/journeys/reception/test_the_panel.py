"""The panel beside the diary: where a press leads, somebody new, and the way back to where one was."""

from playwright.sync_api import Page, expect

from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box, place, press, stands_at


def test_somebody_new_is_booked_without_leaving_the_panel(reception: Desk) -> None:
    page = reception.opens()
    press(page, "Ruth", "11:00")
    page.locator("#who").press_sequentially("nina ray")
    page.get_by_role("link", name="Somebody new").click()
    page.get_by_label("Telephone").fill("07400 123456")
    page.get_by_role("button", name="Write down and go on").click()
    page.get_by_role("button", name="Book", exact=True).click()
    stands_at(page, "Nina Ray", "11:00")


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
