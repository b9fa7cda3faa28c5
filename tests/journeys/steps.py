"""What a person does on the pages, said once."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from booking.words import say_time
from tests.mailbox import Mailbox
from tests.web.patient.scene import working_day

EMAIL = "elena.marsh@mail.example"
DAY = working_day(3, "10:00")


def open_calendar(page: Page, day: datetime = DAY) -> None:
    page.goto(f"/book/follow-up/?day={day:%Y-%m-%d}")


def chip(page: Page, starts_at: datetime) -> Locator:
    return page.locator("button.o-chip", has=page.get_by_text(say_time(starts_at), exact=True))


def take(page: Page, starts_at: datetime = DAY) -> None:
    """Choose a time on the calendar that is open."""
    chip(page, starts_at).click()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()


def fill_in(page: Page) -> None:
    page.get_by_label("Name").fill("Elena Marsh")
    page.get_by_label("Day", exact=True).fill("3")
    page.get_by_label("Month").fill("8")
    page.get_by_label("Year").fill("1984")
    page.get_by_label("Mobile").fill("07400 123456")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_text("I agree to this").click()


def choose_the_clinic(page: Page) -> None:
    page.locator("label[for=pay-clinic]").click()


def press_book(page: Page) -> None:
    page.locator("button.b-book").click()


def book_at_the_clinic(page: Page, starts_at: datetime = DAY) -> None:
    open_calendar(page, starts_at)
    take(page, starts_at)
    fill_in(page)
    choose_the_clinic(page)
    press_book(page)
    expect(page.get_by_text("Booked", exact=True)).to_be_visible()


def code_from(mailbox: Mailbox) -> str:
    [message] = mailbox.wait_for(1)
    body = message.get_body(("plain",))
    assert body is not None
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", body.get_content())
    assert found is not None
    return found.group()


def path_of(page: Page) -> str:
    return urlsplit(page.url).path
