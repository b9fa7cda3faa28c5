"""Twelve physios and a week of visits: it opens at once, and nothing stutters under the hand."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import Practitioner
from booking.models import Leave
from catalogue.models import Service
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.full_clinic import full_clinic
from tests.journeys.reception.steps import DAY

LONG_TASK = 200  # milliseconds


@pytest.fixture
def full(visitor: Callable[..., Page], site: str) -> Page:
    full_clinic(now=DAY, days=2)
    page = Desk(visitor, Service.objects.earliest("pk")).signs_in()
    page.goto(f"/reception/?day={DAY:%Y-%m-%d}")
    page.wait_for_selector(".ec-event[data-visit]")
    return page


def test_every_visit_of_the_day_is_drawn(full: Page) -> None:
    assert full.locator(".ec-event[data-visit]").count() > 130


def test_in_a_low_window_the_diary_scrolls_and_the_window_does_not(full: Page) -> None:
    full.set_viewport_size({"width": 1440, "height": 600})
    full.reload()
    full.wait_for_selector(".ec-event[data-visit]")
    window, diary = full.evaluate(
        """() => [document.documentElement, document.querySelector(".ec-main")]
             .map((part) => part.scrollHeight - part.clientHeight)"""
    )
    assert window == 0
    assert diary > 0


def test_the_hours_stay_in_sight_when_a_week_is_scrolled_sideways(full: Page) -> None:
    full.get_by_text("Week", exact=True).click()
    full.wait_for_selector("#diary[data-view=week] .ec-event[data-visit]")
    layers = full.evaluate(
        """() => [".ec-body .ec-events", ".ec-body > .ec-sidebar", ".ec-header"]
             .map((part) => Number(getComputedStyle(document.querySelector(part)).zIndex))"""
    )
    assert layers == sorted(set(layers))


def test_nothing_stutters_while_dragging(full: Page, browser: Browser) -> None:
    """Measured in the page's own time on the processor, so that a busy machine does not fail it."""
    here = full.locator(".ec-event[data-status=confirmed]").nth(30).bounding_box()
    assert here is not None
    browser.start_tracing(page=full, categories=["devtools.timeline", "toplevel"])
    full.mouse.move(here["x"] + 20, here["y"] + 5)
    full.mouse.down()
    for step in range(30):
        full.mouse.move(here["x"] - 12 * step, here["y"] + 5 + 4 * step)
    tasks = longest_tasks(browser.stop_tracing())
    with full.expect_response("**/move/"):  # an answer under way would lock the tables that are emptied next
        full.mouse.up()
    assert len(tasks) > 30
    assert max(tasks) < LONG_TASK


def longest_tasks(trace: bytes) -> list[float]:
    """Milliseconds that each task of the page's main thread took."""
    events = json.loads(trace)["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    return [
        event["tdur"] / 1000
        for event in events
        if event["name"].endswith("RunTask") and "tdur" in event and (event["pid"], event["tid"]) in mains
    ]


def test_who_has_scrolled_sideways_stays_there_when_something_changes(full: Page) -> None:
    full.set_viewport_size({"width": 390, "height": 844})
    full.reload()
    full.wait_for_selector(".ec-event[data-visit]")
    full.evaluate("document.querySelector('.ec-main').scrollLeft = 500")
    maren = Practitioner.objects.get(slug="maren")
    Leave.objects.create(
        practitioner=maren, starts_at=DAY, ends_at=DAY + timedelta(hours=2), reason="Dentist"
    )
    expect(full.locator(".ec-bg-event.is-away", has_text="Dentist")).to_be_attached()
    full.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
    assert full.evaluate("document.querySelector('.ec-main').scrollLeft") == 500
