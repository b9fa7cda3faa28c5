"""The diary in a browser: a week of twelve physios and a thousand visits, served as `make run` serves it."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from statistics import median

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from booking.words import clinic_day, clinic_zone
from config.demo.house import WEB_OPTIONS
from tests.benchmarks.measure import Figure
from tests.benchmarks.site import served
from tests.factories import make_user
from tests.journeys.reception.conftest import DESK
from tests.journeys.reception.full_clinic import full_clinic

ROUNDS = 5
AT_ONCE, STUTTER = 1000, 200  # milliseconds
VISIT = ".ec-event[data-visit]"

# From the beginning of the navigation until after the frame that holds the first visit.
SEE_THE_FIRST = f"""
new MutationObserver((changes, observer) => {{
  if (!document.querySelector("{VISIT}")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => (window.firstVisit = performance.now())));
}}).observe(document, {{ childList: true, subtree: true }});
"""
TELL_WHEN = """
() => new Promise((tell) => {
  const look = () => (window.firstVisit ? tell(window.firstVisit) : setTimeout(look, 10));
  look();
})
"""
COUNT_LONG_TASKS = """
() => {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  }).observe({ type: "longtask" });
}
"""


@pytest.fixture
def arrive(
    browser: Browser, process_env: dict[str, str], collected: Path
) -> Iterator[Callable[[str], tuple[Page, str]]]:
    """Opens the diary with an empty cache, as a browser that has never been here."""
    monday = _next_monday()
    full_clinic(now=monday, days=7)
    client = Client()
    client.force_login(make_user(role="reception"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    env = {**process_env, "STATIC_ROOT": str(collected), "DATABASE_POOL_SIZE": "4"}
    with served("config.wsgi", env=env, options=WEB_OPTIONS) as site:

        def arrives(view: str) -> tuple[Page, str]:
            context = browser.new_context(viewport=DESK)
            where = {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site.url}
            context.add_cookies([where])
            context.add_init_script(SEE_THE_FIRST)
            return context.new_page(), f"{site.url}/reception/?day={monday:%Y-%m-%d}&view={view}"

        yield arrives


def _next_monday() -> datetime:
    today = clinic_day(timezone.now())
    monday = today + timedelta(days=7 - today.weekday())
    return datetime.combine(monday, time(9), tzinfo=clinic_zone())


@pytest.mark.parametrize("view", ["day", "week"])
def test_the_first_visit_is_seen_at_once(
    arrive: Callable[[str], tuple[Page, str]], report: Callable[[Figure], None], view: str
) -> None:
    """By a browser that has never been here, and by one that opens the page as on every morning."""
    first, again = [], []
    for _ in range(ROUNDS + 1):
        page, address = arrive(view)
        for times in (first, again):
            page.goto(address)
            times.append(page.evaluate(TELL_WHEN))
            page.wait_for_load_state("networkidle")
        page.context.close()
    name = f"diary in a browser, {view} of 12, first visit seen"
    for figure in (
        Figure(f"{name}, opened again", median(again[1:]), "a second", AT_ONCE, limit=1),
        Figure(f"{name}, never here before", median(first[1:]), "a second", AT_ONCE, limit=1),
    ):
        report(figure)


@pytest.mark.parametrize("view", ["day", "week"])
def test_nothing_stutters_while_dragging(
    arrive: Callable[[str], tuple[Page, str]], report: Callable[[Figure], None], view: str
) -> None:
    page, address = arrive(view)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    here = page.locator(f"{VISIT}[data-status=confirmed]").nth(20)
    here.scroll_into_view_if_needed()
    box = here.bounding_box()
    assert box is not None
    page.evaluate(COUNT_LONG_TASKS)
    page.mouse.move(box["x"] + 20, box["y"] + 5)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(box["x"] + 20 + 3 * step, box["y"] + 5 + 2 * step)
    page.locator(".ec-preview, .ec-ghost").first.wait_for()
    longest = max(page.evaluate("window.longTasks"), default=0)
    page.context.close()
    report(Figure(f"diary, {view} of 12, longest task while dragging", longest, "200 ms", STUTTER, limit=1))
