"""Which day the diary shows: the heading, the columns, the address and the filters always agree."""

import re
from datetime import timedelta

from playwright.sync_api import Page, Route, expect

from booking.words import in_clinic_time, say_day
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import DAY, at, box
from tests.web.patient.scene import working_day

NEXT = working_day(3, "10:00")


def two_days(reception: Desk) -> None:
    service = reception.service
    make_appointment(service=service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    make_appointment(service=service, starts_at=NEXT, patient=make_patient(name="Joan Nye"))


def go_to(page: Page, day: str) -> None:
    page.get_by_role("link", name=day, exact=True).click()


DAYS = (in_clinic_time(NEXT).date() - in_clinic_time(DAY).date()).days  # a weekend may lie between the two


def until_next(page: Page) -> None:
    for _ in range(DAYS):
        go_to(page, "Later")


def test_back_leads_to_the_day_before_and_the_diary_goes_on_living(reception: Desk) -> None:
    two_days(reception)
    page = reception.opens()
    expect(box(page, "Tom Hale")).to_be_visible()
    page.wait_for_load_state("networkidle")  # the urgent things have been renewed as well
    until_next(page)
    expect(box(page, "Joan Nye")).to_be_visible()
    for _ in range(DAYS):
        page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(say_day(DAY))
    box(page, "Tom Hale").click()
    expect(page.locator("#panel")).to_contain_text("Tom Hale")


def test_until_the_other_day_is_there_the_heading_names_the_one_that_is(reception: Desk) -> None:
    two_days(reception)
    page = reception.opens()
    expect(box(page, "Tom Hale")).to_be_visible()
    waiting: list[Route] = []
    page.route(
        f"**/api/v1/diary/?from={DAY + timedelta(days=1):%Y-%m-%d}*", lambda route: waiting.append(route)
    )
    go_to(page, "Later")
    expect(page.locator("#diary")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("heading", level=1)).to_have_text(say_day(DAY))
    while not waiting:
        page.wait_for_timeout(20)
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text(say_day(DAY + timedelta(days=1)))
    expect(page.locator("#diary")).not_to_have_attribute("aria-busy", "true")
    expect(page).to_have_title(re.compile(re.escape(say_day(DAY + timedelta(days=1)))))


def test_a_screen_reader_hears_which_day_has_come(reception: Desk) -> None:
    two_days(reception)
    page = reception.opens()
    expect(box(page, "Tom Hale")).to_be_visible()
    until_next(page)
    expect(page.locator("[data-heard]")).to_have_text(f"{say_day(NEXT)}, 1 visit")


def test_after_back_the_filters_say_what_is_shown(reception: Desk) -> None:
    page = reception.opens()
    page.get_by_text("Week", exact=True).click()
    expect(page.locator("#diary")).to_have_attribute("data-view", "week")
    page.go_back()
    expect(page.locator("#diary")).to_have_attribute("data-view", "day")
    expect(page.get_by_role("radio", name="Day")).to_be_checked()


def test_after_midnight_today_is_the_new_day(reception: Desk) -> None:
    page = reception.signs_in()
    page.clock.install()
    page.goto("/reception/")
    page.wait_for_load_state("networkidle")
    heading = page.get_by_role("heading", level=1)
    yesterday = heading.text_content() or ""
    assert yesterday
    page.clock.fast_forward("24:00:00")
    expect(heading).not_to_have_text(yesterday)
    assert "day=" not in page.url


def test_the_arrows_choose_between_day_and_week(reception: Desk) -> None:
    page = reception.opens()
    page.get_by_role("radio", name="Day").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#diary")).to_have_attribute("data-view", "week")


def test_past_a_day_on_which_nobody_works_the_diary_goes_on(reception: Desk) -> None:
    day = in_clinic_time(DAY)
    saturday = day + timedelta(days=5 - day.weekday())
    monday = saturday + timedelta(days=2)
    make_appointment(service=reception.service, starts_at=monday, patient=make_patient(name="Tom Hale"))
    page = reception.opens(day=saturday)
    expect(page.get_by_text("Nobody works on this day.")).to_be_visible()
    go_to(page, "Later")
    go_to(page, "Later")
    box(page, "Tom Hale").click()
    expect(page.locator("#panel")).to_contain_text("Tom Hale")


def test_where_nobody_works_a_press_into_the_day_books_nothing(reception: Desk) -> None:
    day = in_clinic_time(DAY)
    page = reception.opens(day=day + timedelta(days=5 - day.weekday()))
    head = page.locator(".ec-col-head").bounding_box()
    assert head is not None
    page.mouse.click(head["x"] + 200, head["y"] + 300)
    page.keyboard.press("n")
    expect(page.locator("#who")).to_be_focused()
