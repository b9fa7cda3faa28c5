"""A hand that presses twice, or holds a key down, does a thing once."""

from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import Patient
from booking.models import Appointment, Receipt
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box, press, today_at

LATE = 300  # milliseconds until an answer is let through


def slowly(page: Page, address: str) -> None:
    def answer(route: Route) -> None:
        page.wait_for_timeout(LATE)
        route.continue_()

    page.route(address, answer)


def test_money_is_taken_once(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    desk = reception.opens()
    slowly(desk, "**/payments/")
    box(desk, "Tom Hale").click()
    panel = desk.locator("#panel")
    panel.get_by_label("Amount in GBP").fill("20")
    panel.get_by_text("Cash", exact=True).click()
    panel.get_by_role("button", name="Take £20").dblclick()
    expect(panel.get_by_text("£20 by cash")).to_have_count(1)
    desk.wait_for_load_state("networkidle")
    assert Receipt.objects.get().amount_minor == 2000


def test_somebody_new_is_written_down_once(reception: Desk) -> None:
    desk = reception.opens()
    press(desk, "Ruth", "11:00")
    desk.locator("#who").press_sequentially("nina ray")
    desk.get_by_role("link", name="Somebody new").click()
    desk.get_by_label("Telephone").fill("07400 123456")
    slowly(desk, "**/patients/new/")
    desk.get_by_role("button", name="Write down and go on").dblclick()
    desk.get_by_role("button", name="Book", exact=True).click()
    expect(box(desk, "Nina Ray")).to_be_visible()
    assert Patient.objects.get().name == "Nina Ray"


def test_a_key_held_down_is_one_press(reception: Desk) -> None:
    soon = today_at("12:00")
    make_appointment(service=reception.service, starts_at=soon, patient=make_patient(name="Tom Hale"))
    desk = reception.opens(day=timezone.now())
    box(desk, "Tom Hale").focus()
    for _ in range(5):
        desk.keyboard.down("c")  # again and again without a release: what a held key says
    desk.keyboard.up("c")
    expect(desk.locator("#panel")).to_contain_text("Here")
    for _ in range(5):
        desk.keyboard.down("Enter")
    desk.keyboard.up("Enter")
    desk.wait_for_load_state("networkidle")
    expect(desk.locator("#panel .r-trouble, #panel [role=alert]")).to_have_count(0)
    assert Appointment.objects.get().status in ("arrived", "in_room")


def test_among_the_ways_to_pay_the_arrows_choose(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    desk = reception.opens()
    box(desk, "Tom Hale").click()
    panel = desk.locator("#panel")
    panel.get_by_label("Card terminal").focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowUp")
    expect(panel.get_by_label("Cash", exact=True)).to_be_checked()
    expect(panel.get_by_label("Cash", exact=True)).to_be_focused()


def test_a_field_that_is_emptied_names_no_sum(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    desk = reception.opens()
    box(desk, "Tom Hale").click()
    button = desk.locator("#panel [data-take]")
    expect(button).to_have_text("Take £64")
    with desk.expect_response("**/reception/urgent/"):
        desk.evaluate("htmx.ajax('GET', '/reception/urgent/', { target: '#urgent', swap: 'innerMorph' })")
    desk.get_by_label("Amount in GBP").fill("")
    expect(button).not_to_contain_text("£")
