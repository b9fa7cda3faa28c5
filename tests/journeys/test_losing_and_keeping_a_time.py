"""Two people want one time; a hold runs out; two tabs; the keyboard alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.models import Appointment
from catalogue.models import Service
from tests.journeys.steps import (
    DAY,
    chip,
    choose_the_clinic,
    fill_in,
    open_calendar,
    path_of,
    press_book,
    take,
)
from tests.web.patient.scene import working_day

pytestmark = pytest.mark.django_db(transaction=True)


def leaves(**left: float) -> None:
    """The hold ends so long from now."""
    Appointment.objects.filter(status="held").update(hold_expires_at=timezone.now() + timedelta(**left))


def test_two_people_race_for_one_time(visitor: Callable[..., Page], service: Service) -> None:
    faster, slower = visitor(), visitor()
    open_calendar(faster)
    open_calendar(slower)

    take(faster)
    chip(slower, DAY).click()

    expect(slower.get_by_role("heading", name="10:00 was taken a moment ago")).to_be_visible()
    expect(slower.get_by_text("Maren is free at 9:00, 11:00 and 12:00.")).to_be_visible()
    slower.get_by_role("button", name="Take 11:00").click()
    expect(slower.get_by_role("heading", name="Your details")).to_be_visible()


def test_a_double_press_is_as_good_as_one_even_without_scripts(
    visitor: Callable[..., Page], service: Service
) -> None:
    page = visitor(java_script_enabled=False)
    open_calendar(page)
    take(page)
    page.get_by_role("button", name="Another time").click()

    chip(page, working_day(3, "11:00")).dblclick()

    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    assert Appointment.objects.get(status="held").starts_at == working_day(3, "11:00")


def test_a_hold_that_runs_out_while_typing_is_taken_back(
    visitor: Callable[..., Page], service: Service
) -> None:
    page = visitor()
    open_calendar(page)
    take(page)
    leaves(seconds=2)
    page.reload()
    fill_in(page)
    choose_the_clinic(page)

    expect(page.locator("[data-held]")).to_contain_text("What you type is kept")
    press_book(page)

    expect(page.get_by_text("Booked", exact=True)).to_be_visible()


def test_a_hold_that_ran_out_and_went_to_somebody_else_costs_no_typing(
    visitor: Callable[..., Page], service: Service
) -> None:
    page, other = visitor(), visitor()
    open_calendar(page)
    take(page)
    fill_in(page)
    choose_the_clinic(page)
    leaves(seconds=-1)
    open_calendar(other)
    take(other)

    press_book(page)
    expect(page.get_by_text("Nothing was charged, and what you typed is kept.")).to_be_visible()
    page.get_by_role("button", name="Take 11:00").click()
    expect(page.get_by_label("Name")).to_have_value("Elena Marsh")
    page.get_by_text("I agree to this").click()
    press_book(page)

    expect(page.get_by_text("Booked", exact=True)).to_be_visible()
    assert Appointment.objects.get(status="confirmed").starts_at == working_day(3, "11:00")


def test_more_time_is_one_press_and_costs_no_typing(visitor: Callable[..., Page], service: Service) -> None:
    page = visitor()
    open_calendar(page)
    take(page)
    leaves(minutes=1)
    page.reload()
    page.get_by_label("Name").fill("Elena Marsh")

    page.get_by_role("button", name="More time").click()

    expect(page.get_by_label("Name")).to_have_value("Elena Marsh")
    expect(page.locator("[data-clock]")).to_contain_text("9:5")


def test_what_is_left_is_read_out_at_two_minutes(visitor: Callable[..., Page], service: Service) -> None:
    page = visitor()
    open_calendar(page)
    take(page)
    leaves(seconds=122)
    page.reload()

    expect(page.locator(".o-hold [role=status]")).to_have_text("2 minutes left to book this time.")


def test_two_tabs_never_book_what_the_button_did_not_say(
    visitor: Callable[..., Page], service: Service
) -> None:
    page = visitor()
    open_calendar(page)
    take(page)
    fill_in(page)
    tab = page.context.new_page()
    open_calendar(tab)
    take(tab, working_day(3, "11:00"))

    press_book(page)

    expect(page.get_by_text("You have chosen another time since")).to_be_visible()
    assert not Appointment.objects.filter(status="confirmed").exists()


def test_a_day_chosen_by_a_script_is_read_out_and_keeps_the_focus(
    visitor: Callable[..., Page], service: Service
) -> None:
    page = visitor(viewport={"width": 1440, "height": 900})
    page.goto("/book/follow-up/")
    day = page.locator(".b-sheet a.o-day:not([aria-current])").first
    label = (day.get_attribute("aria-label") or "").split(",")[0]

    day.focus()
    page.keyboard.press("Enter")

    expect(page.locator("[data-heard]")).to_contain_text(f"{label}: ")
    expect(page.get_by_role("heading", name=label)).to_be_visible()
    assert label in (page.evaluate("document.activeElement.getAttribute('aria-label')") or "")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard never reaches {selector}")


def test_a_visit_can_be_booked_by_the_keyboard_alone(visitor: Callable[..., Page], service: Service) -> None:
    page = visitor(viewport={"width": 1440, "height": 900})
    open_calendar(page)
    tab_to(page, "button.o-chip")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    for field, text in {
        "name": "Elena Marsh",
        "date_of_birth_day": "3",
        "date_of_birth_month": "8",
        "date_of_birth_year": "1984",
        "phone": "07400 123456",
        "email": "elena.marsh@mail.example",
    }.items():
        tab_to(page, f"[name={field}]")
        page.keyboard.type(text)
    tab_to(page, "[name=pay]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=accepts_policy]")
    page.keyboard.press("Space")

    tab_to(page, "button.b-book")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Booked", exact=True)).to_be_visible()


def test_enter_in_a_field_books_and_does_not_let_the_time_go(
    visitor: Callable[..., Page], service: Service
) -> None:
    page = visitor()
    open_calendar(page)
    take(page)
    page.get_by_label("Name").fill("Elena Marsh")

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Please look at")).to_be_visible()
    assert path_of(page) == "/book/follow-up/details/"
    assert Appointment.objects.filter(status="held").exists()


def test_an_error_is_announced_and_focused(visitor: Callable[..., Page], service: Service) -> None:
    page = visitor()
    open_calendar(page)
    take(page)
    press_book(page)

    expect(page.locator(".o-summary")).to_be_focused()
    page.get_by_role("link", name="Mobile").click()
    expect(page.get_by_label("Mobile")).to_be_focused()
