"""She reads about dry needling, books, pays, proves her address, moves the visit and cancels it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Patient
from booking.models import Appointment, Refund
from booking.queries.links import token_for
from booking.words import say_day
from catalogue.models import Service
from config.demo.stripe import DECLINED
from tests.factories import make_appointment
from tests.journeys.steps import (
    DAY,
    chip,
    choose_the_clinic,
    code_from,
    fill_in,
    open_calendar,
    press_book,
    take,
)
from tests.mailbox import Mailbox
from tests.web.patient.scene import working_day

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1440, "height": 900}


def chooses_by_reading(page: Page) -> None:
    page.goto("/treatments/dry-needling/")
    page.locator('a[href="/book/?treatment=dry-needling"]').locator("visible=true").first.click()
    expect(page.get_by_text("These visits may include dry needling.")).to_be_visible()
    page.get_by_role("link", name="Follow-up").click()
    expect(page.get_by_role("heading", name="Choose a time")).to_be_visible()


def chooses_a_day(page: Page) -> None:
    day = page.get_by_role("link", name=f"{say_day(DAY)}, 8 free times")
    day.locator("visible=true").first.click()
    expect(page.get_by_role("heading", name=say_day(DAY))).to_be_visible()


def pays(page: Page) -> None:
    expect(page.get_by_text("£64.00").first).to_be_visible()
    page.get_by_role("button", name="Pay £64.00").click()
    expect(page.get_by_text("Paid £64")).to_be_visible()


def proves_her_address(page: Page, mailbox: Mailbox) -> None:
    page.get_by_label("Code").fill(code_from(mailbox))
    page.get_by_role("button", name="Confirm my address").click()
    expect(page.get_by_text("One visit ahead.")).to_be_visible()


def moves(page: Page) -> None:
    page.get_by_role("link", name="Move").first.click()
    page.wait_for_url("**/move/")
    page.goto(f"{page.url}?day={DAY:%Y-%m-%d}")
    chip(page, working_day(3, "14:00")).click()
    page.get_by_role("button", name="Move to").click()
    expect(page.get_by_text("Moved to")).to_be_visible()


def cancels(page: Page) -> None:
    page.get_by_role("link", name="Cancel it").click()
    expect(page.get_by_text("All £64 goes back to the card you paid with.")).to_be_visible()
    page.get_by_role("button", name="Cancel, £64 back").click()
    expect(page.get_by_text("£64 is on its way back to your card.")).to_be_visible()


@pytest.mark.parametrize(
    "options",
    [{}, {"java_script_enabled": False}, {"viewport": DESK}],
    ids=["on a phone", "without scripts", "on a desk"],
)
def test_from_reading_to_cancelling(
    visitor: Callable[..., Page], service: Service, mailbox: Mailbox, options: dict[str, Any]
) -> None:
    page = visitor(**options)

    chooses_by_reading(page)
    chooses_a_day(page)
    take(page)
    fill_in(page)
    press_book(page)
    pays(page)
    proves_her_address(page, mailbox)
    moves(page)
    cancels(page)

    visit = Appointment.objects.get()
    assert (visit.status, visit.starts_at) == ("cancelled", working_day(3, "14:00"))
    assert Refund.objects.get().amount_minor == 6400
    assert Patient.objects.get().holder is not None


def test_a_declined_card_then_the_clinic(visitor: Callable[..., Page], service: Service) -> None:
    page = visitor()
    open_calendar(page)
    take(page)
    fill_in(page)
    press_book(page)
    page.locator(f'input[value="{DECLINED}"]').check(force=True)
    page.get_by_role("button", name="Pay £64.00").click()
    expect(page.get_by_text("The card was declined.")).to_be_visible()

    page.get_by_role("link", name="Back, without paying").click()
    expect(page.get_by_text("Nothing was charged. We still hold")).to_be_visible()
    choose_the_clinic(page)
    page.get_by_text("I agree to this").click()
    press_book(page)

    expect(page.get_by_text("£64 to pay at the clinic")).to_be_visible()


def test_what_is_due_is_paid_from_the_link_in_a_message(
    visitor: Callable[..., Page], service: Service
) -> None:
    visit = make_appointment(service=service, starts_at=DAY)
    page = visitor()
    page.goto(f"/appointments/{token_for(visit)}/")

    page.get_by_role("button", name="Pay £64 now").click()
    page.get_by_role("button", name="Pay £64.00").click()

    expect(page.get_by_text("£64 is paid for your visit on")).to_be_visible()
    expect(page.get_by_text("Paid £64")).to_be_visible()


def test_the_button_and_the_policy_follow_the_way_to_pay(
    visitor: Callable[..., Page], service: Service
) -> None:
    page = visitor()
    open_calendar(page)
    take(page)

    policy = page.locator("p.b-by-way")
    expect(page.locator("button.b-book")).to_have_text("Pay £64 and book 10:00", use_inner_text=True)
    expect(policy).to_contain_text("£32 goes back and we keep £32", use_inner_text=True)
    choose_the_clinic(page)
    expect(page.locator("button.b-book")).to_have_text("Book 10:00, pay at the clinic", use_inner_text=True)
    expect(policy).not_to_contain_text("goes back", use_inner_text=True)


def test_another_time_keeps_what_was_typed(visitor: Callable[..., Page], service: Service) -> None:
    page = visitor()
    open_calendar(page)
    take(page)
    fill_in(page)

    page.get_by_role("button", name="Another time").click()
    take(page, working_day(3, "11:00"))

    expect(page.get_by_label("Name")).to_have_value("Elena Marsh")
    expect(page.get_by_label("Year")).to_have_value("1984")


def test_reloading_and_going_back_never_break_anything(
    visitor: Callable[..., Page], service: Service
) -> None:
    page = visitor()
    open_calendar(page)
    take(page)
    page.reload()
    page.go_back()
    expect(page.get_by_role("link", name="Back to 10:00")).to_be_visible()
    page.go_forward()
    fill_in(page)
    choose_the_clinic(page)
    press_book(page)
    expect(page.get_by_text("Booked", exact=True)).to_be_visible()

    page.go_back()

    expect(page.get_by_text("Booked", exact=True)).to_be_visible()
    assert Appointment.objects.count() == 1
