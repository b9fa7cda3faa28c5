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
AT_ONCE, STUTTER, TAB_STARTS = 1000, 200, 1000  # milliseconds
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
SOMETHING_TO_DRAG = f"""
() => {{
  const boxes = [...document.querySelectorAll("{VISIT}[data-status=confirmed]")];
  const isInside = ({{ x, y }}) => 300 < x && x < innerWidth - 300 && 300 < y && y < innerHeight - 200;
  const {{ x, y }} = boxes.map((box) => box.getBoundingClientRect()).find(isInside);
  return {{ x: x + 20, y: y + 5 }};
}}
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
) -> Iterator[Callable[..., tuple[Page, str]]]:
    """Opens the diary with an empty cache, as a browser that has never been here."""
    monday = _next_monday()
    full_clinic(now=monday, days=7)
    client = Client()
    client.force_login(make_user(role="reception"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    env = {**process_env, "STATIC_ROOT": str(collected), "DATABASE_POOL_SIZE": "4"}
    with served("config.wsgi", env=env, options=WEB_OPTIONS) as site:

        def arrives(view: str, *, day: int = 0) -> tuple[Page, str]:
            context = browser.new_context(viewport=DESK)
            where = {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site.url}
            context.add_cookies([where])
            context.add_init_script(SEE_THE_FIRST)
            shown = monday + timedelta(days=day)
            page = context.new_page()
            page.wait_for_timeout(TAB_STARTS)  # nobody goes anywhere in a tab that isn't there yet
            return page, f"{site.url}/reception/?day={shown:%Y-%m-%d}&view={view}"

        yield arrives


def _next_monday() -> datetime:
    today = clinic_day(timezone.now())
    monday = today + timedelta(days=7 - today.weekday())
    return datetime.combine(monday, time(9), tzinfo=clinic_zone())


@pytest.mark.parametrize("view", ["day", "week"])
def test_the_first_visit_is_seen_at_once(
    arrive: Callable[..., tuple[Page, str]], report: Callable[[Figure], None], view: str
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
    arrive: Callable[..., tuple[Page, str]], report: Callable[[Figure], None], view: str
) -> None:
    page, address = arrive(view)
    page.goto(address)
    _pick_up(page)
    for step in range(60):
        page.mouse.move(300 + 3 * step, 300 + 2 * step)
    name = f"diary, {view} of 12, longest task while dragging"
    report(Figure(name, _longest_task(page), "200 ms", STUTTER, limit=1))


@pytest.mark.parametrize("begins", [0, 2])
def test_nothing_stutters_while_dragging_across_the_week(
    arrive: Callable[..., tuple[Page, str]], report: Callable[[Figure], None], begins: int
) -> None:
    """At the edge the diary scrolls by itself; then somebody scrolls to its end; then lets go."""
    page, address = arrive("week", day=begins)
    page.goto(address)
    _pick_up(page)
    page.mouse.move(DESK["width"] - 6, 500)
    page.wait_for_timeout(8000)
    page.mouse.move(700, 500)
    page.evaluate("() => { document.querySelector('.ec-main').scrollLeft = 1e6 }")
    page.wait_for_timeout(1500)
    for step in range(20):
        page.mouse.move(700 + 3 * step, 500 - 2 * step)
    with page.expect_response("**/move/"):
        page.mouse.up()
    page.wait_for_timeout(1500)
    where = "beginning" if begins == 0 else "middle"
    name = f"diary, week of 12, longest task of a drag from its {where} to its end"
    report(Figure(name, _longest_task(page), "200 ms", STUTTER, limit=1))


def _pick_up(page: Page) -> None:
    """A visit that stands on the screen, from where no edge is near; counts from before it is pressed."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    here = page.evaluate(SOMETHING_TO_DRAG)
    page.evaluate(COUNT_LONG_TASKS)
    page.mouse.move(here["x"], here["y"])
    page.mouse.down()
    page.mouse.move(here["x"] + 30, here["y"] + 20, steps=10)
    page.locator(".ec-preview, .ec-ghost").first.wait_for()


def _longest_task(page: Page) -> float:
    longest: float = page.evaluate("() => Math.max(0, ...window.longTasks)")
    page.context.close()
    return longest
