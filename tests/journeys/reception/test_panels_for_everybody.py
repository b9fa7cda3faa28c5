"""What opens only when something is asked or goes wrong, looked at by axe in light and in dark."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.actions.messages.post import make_payment
from tests.axe import violations
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box, drag, press


def found(page: Page) -> list[tuple[str, Any]]:
    both = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        both += violations(page)
    return both


def booked(reception: Desk, name: str, clock: str) -> Any:
    return make_appointment(
        service=reception.service,
        starts_at=at(clock),
        patient=make_patient(name=name, email="tom@mail.example"),
    )


def test_a_clash_and_the_way_past_it(reception: Desk) -> None:
    booked(reception, "Tom Hale", "10:00")
    booked(reception, "Joan Nye", "13:00")
    page = reception.opens()
    box(page, "Joan Nye").wait_for()
    drag(page, "Tom Hale", "Maren", "13:15")
    page.get_by_text("Overbook on purpose").click()
    expect(page.get_by_label("Why")).to_be_visible()
    assert found(page) == []
    page.get_by_role("button", name="Overbook", exact=True).click()
    expect(page.get_by_label("Why")).to_be_focused()
    assert found(page) == []


def test_money_on_its_way_back(reception: Desk) -> None:
    make_payment(booked(reception, "Tom Hale", "10:00"))
    page = reception.opens()
    box(page, "Tom Hale").click()
    page.get_by_role("link", name="Give money back").click()
    page.get_by_text("Goodwill").click()
    assert found(page) == []
    page.get_by_role("button", name="See what will happen").click()
    expect(page.get_by_text("goes back by itself to the card it came from.")).to_be_visible()
    assert found(page) == []


def test_a_series_of_which_one_did_not_fit(reception: Desk) -> None:
    make_patient(name="Elena Marsh")
    make_appointment(
        service=reception.service,
        starts_at=at("10:00") + timedelta(days=7),
        patient=make_patient(name="Joan Nye"),
    )
    page = reception.opens()
    press(page, "Maren", "10:00")
    page.keyboard.type("mar")
    expect(page.locator(".r-pick", has_text="Elena Marsh")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_text("Repeat weekly").click()
    page.get_by_label("Weeks in a row").fill("3")
    assert found(page) == []
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_text("2 of 3 booked")).to_be_visible()
    assert found(page) == []


def test_a_cancellation_that_says_no_reason(reception: Desk) -> None:
    booked(reception, "Tom Hale", "10:00")
    page = reception.opens()
    box(page, "Tom Hale").click()
    page.get_by_role("link", name="Cancel the visit").click()
    expect(page.get_by_role("button", name="Cancel the visit")).to_be_visible()
    assert found(page) == []
    page.get_by_role("button", name="Cancel the visit").click()
    expect(page.locator("#panel .o-error")).to_be_visible()
    assert found(page) == []
