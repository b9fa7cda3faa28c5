"""The physio's day on a bad line: what comes over it, and how long until the next patient can be read."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from config.demo.house import WEB_OPTIONS
from tests.benchmarks.measure import Figure
from tests.benchmarks.site import served
from tests.factories import make_appointment, make_clinic, make_patient, make_user
from tests.journeys.conftest import PHONE

FULL_DAY = 16
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 ms each way round, and 400 kbit/s."""

FIRST_VISIT, SECOND_VISIT = 105.0, 22.0
"""Kilobytes, headers included. A second visit is the page alone: it bears names, so it is not compressed."""
READABLE = 3.0  # seconds


@pytest.fixture
def phone(browser: Browser, process_env: dict[str, str], collected: Path) -> Iterator[BrowserContext]:
    """Maren's, signed in, with an empty cache and sixteen visits."""
    service = make_clinic(name="Follow-up, may include dry needling")
    maren = service.practitioners.get()
    maren.user = make_user(role="physio")
    maren.save()
    six = timezone.now().replace(hour=6, minute=0, second=0, microsecond=0)
    for number in range(FULL_DAY):
        make_appointment(
            service=service,
            starts_at=six + timedelta(minutes=50 * number),
            patient=make_patient(name="Wilhelmina Featherstonehaugh", alert="Latex allergy."),
            patient_note="Left shoulder blade since June, worse at the desk.",
        )
    client = Client()
    client.force_login(maren.user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    env = {**process_env, "STATIC_ROOT": str(collected)}
    with served("config.wsgi", env=env, options=WEB_OPTIONS) as site:
        context = browser.new_context(base_url=site.url, viewport=PHONE)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site.url}])
        yield context
        context.close()


def opened(phone: BrowserContext) -> tuple[Page, float]:
    """Today over the slow line, and the kilobytes that came, headers included."""
    page = phone.new_page()
    line = phone.new_cdp_session(page)
    came: list[float] = []
    line.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto("/physio/", wait_until="networkidle")
    page.locator(".p-next").wait_for()
    return page, sum(came) / 1000


def seconds_until_readable(page: Page) -> float:
    """Until the first words were painted; the next patient is among them, for no script draws the page."""
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return float(painted) / 1000


@pytest.mark.django_db(transaction=True)
def test_today_on_a_bad_line(phone: BrowserContext, report: Callable[[Figure], None]) -> None:
    first, weight = opened(phone)
    report(Figure("Today, first visit", weight, "105 kB", FIRST_VISIT, limit=1, unit="kB"))
    seconds = seconds_until_readable(first)
    report(Figure("Today, readable on slow 3G", seconds, "3 s", READABLE, limit=1, unit="s"))
    first.close()
    _, weight = opened(phone)
    report(Figure("Today, second visit", weight, "22 kB", SECOND_VISIT, limit=1, unit="kB"))
