"""Twelve physios and a week of visits: it opens at once, and nothing stutters under the hand."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.factories import make_user
from tests.journeys.reception.conftest import DESK
from tests.journeys.reception.full_clinic import full_clinic
from tests.journeys.reception.steps import DAY

LONG_TASK = 200  # milliseconds


@pytest.fixture
def full(visitor: Callable[..., Page], site: str) -> Page:
    full_clinic(now=DAY, days=2)
    client = Client()
    client.force_login(make_user(role="reception"))
    page = visitor(viewport=DESK)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": "localhost", "path": "/"}]
    )
    page.goto(f"/reception/?day={DAY:%Y-%m-%d}")
    page.wait_for_selector(".ec-event[data-visit]")
    return page


def test_every_visit_of_the_day_is_drawn(full: Page) -> None:
    assert full.locator(".ec-event[data-visit]").count() > 130


def test_nothing_stutters_while_dragging(full: Page) -> None:
    full.evaluate(
        """() => {
             window.slow = [];
             const note = (list) => window.slow.push(...list.getEntries().map((one) => one.duration));
             new PerformanceObserver(note).observe({ type: "longtask" });
           }"""
    )
    visit = full.locator(".ec-event[data-status=confirmed]").nth(30)
    here = visit.bounding_box()
    assert here is not None
    full.mouse.move(here["x"] + 20, here["y"] + 5)
    full.mouse.down()
    for step in range(30):
        full.mouse.move(here["x"] - 12 * step, here["y"] + 5 + 4 * step)
    slow = full.evaluate("window.slow")
    full.keyboard.press("Escape")
    full.mouse.up()
    assert [duration for duration in slow if duration > LONG_TASK] == []
