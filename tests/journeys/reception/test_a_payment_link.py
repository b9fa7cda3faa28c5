"""Reception mails a link, the patient pays by it, and a part of it goes back."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.actions.messages.delivery import deliver_due
from booking.actions.payments.reconciling import settle_due
from booking.gateways.mail import Mailer
from booking.gateways.stripe import gateway_from_settings
from booking.models import Receipt, Refund
from tests.actions.messages.post import make_receipt, text_of
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)


def link_in(mailbox: Mailbox) -> str:
    deliver_due(clock=timezone.now, mailer=Mailer())
    found = re.search(r"Pay £40 by card: (\S+)", text_of(mailbox.messages[-1]))
    assert found
    return found[1]


def test_from_the_link_to_a_part_back(
    reception: Desk, visitor: Callable[..., Page], mailbox: Mailbox
) -> None:
    patient = make_patient(name="Tom Hale", email="tom@mail.example")
    visit = make_appointment(service=reception.service, starts_at=at("10:00"), patient=patient)
    make_receipt(visit, 2400)
    desk = reception.opens()
    box(desk, "Tom Hale").click()
    panel = desk.locator("#panel")
    panel.get_by_role("button", name="Send a payment link").click()
    expect(panel.get_by_text("Payment link on its way")).to_be_visible()

    phone = visitor()
    phone.goto(link_in(mailbox))
    phone.get_by_role("button", name="Pay £40 now").click()
    phone.get_by_role("button", name="Pay £40.00").click()
    expect(phone.get_by_text("£40 is paid for your visit on")).to_be_visible()
    expect(phone.get_by_text("Paid £64")).to_be_visible()

    desk.reload()
    box(desk, "Tom Hale").click()
    expect(panel.get_by_text("£40 by card, online")).to_be_visible()
    panel.get_by_role("link", name="Give money back").click()
    panel.get_by_label("To the card, paid online, of £40").fill("30")
    panel.get_by_label("In cash, of £24").fill("0")
    panel.get_by_text("Goodwill").click()
    panel.get_by_role("button", name="See what will happen").click()
    expect(panel.get_by_text("£30 goes back by itself")).to_be_visible()
    panel.get_by_role("button", name="Give £30 back").click()
    expect(panel.get_by_text("£30 on its way back to the card")).to_be_visible()

    settle_due(gateway=gateway_from_settings(), now=timezone.now())
    desk.reload()
    box(desk, "Tom Hale").click()
    expect(panel.get_by_text("£30 refunded to the card")).to_be_visible()
    expect(panel.get_by_text("£30 of £64 refunded")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("£30 of £64 refunded")).to_be_visible()
    assert Refund.objects.get().amount_minor == 3000


def test_with_the_keyboard_the_way_is_chosen_before_anything_is_taken(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    desk = reception.opens()
    box(desk, "Tom Hale").click()
    panel = desk.locator("#panel")
    amount = panel.get_by_label("Amount in GBP")
    amount.fill("20")
    expect(panel.get_by_role("button", name="Take £20")).to_be_visible()
    amount.press("Enter")
    panel.get_by_label("Cash", exact=True).focus()
    desk.keyboard.press("Space")
    amount.press("Enter")
    expect(panel.get_by_text("£20 by cash")).to_be_visible()
    assert Receipt.objects.get().method == "cash"  # one: the first Enter took nothing
