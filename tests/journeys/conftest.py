"""A real browser before a real server: Chromium, the stand-in for Stripe, a real mailbox."""

import copy
import re
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.demo.stripe import StandIn
from tests.mailbox import Mailbox

if TYPE_CHECKING:
    from catalogue.models import Service

PHONE = {"width": 390, "height": 844}
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)  # two browsers and four servers may share two cores
# Lines that are no mistake: a refusal is an answer, and some tests cut the line on purpose.
EXPECTED = re.compile(
    r"Failed to load resource: the server responded with a status of 4"
    r"|Failed to load resource: net::ERR_(FAILED|INTERNET_DISCONNECTED)"
    r"|.*Failed to fetch"
)
NOTHING = re.compile(r"(?!)")


@pytest.fixture
def site(
    live_server: LiveServer, settings: Settings, stand_in: StandIn, mailbox: Mailbox, transactional_db: None
) -> str:
    """The address of the site, told where it stands and where its card page is."""
    settings.SITE_URL = live_server.url
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["form-action"] = ["'self'", stand_in.base_address]
    settings.CONTENT_SECURITY_POLICY = policy
    return str(live_server.url)


@pytest.fixture
def service(site: str) -> "Service":
    """A follow-up that may include dry needling, with one physio, on the hour."""
    from tests.factories import make_clinic, make_treatment

    treatment = make_treatment(slug="dry-needling", name="Dry needling")
    service = make_clinic(
        slug="follow-up", name="Follow-up", start_grid_minutes=60, horizon_days=40, turnaround_minutes=10
    )
    service.treatments.add(treatment)
    service.practitioners.update(name="Maren Holt", slug="maren-holt")
    return service


@pytest.fixture
def also_expected() -> re.Pattern[str]:
    """How the console tells what a test does to the site on purpose: nothing, unless the test says so."""
    return NOTHING


def await_quiet() -> None:
    """Until the server has answered what an open page asked last: tables emptied under it are a deadlock."""
    until, quiet = time.monotonic() + PATIENCE / 1000, 0
    busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    while quiet < 3 and time.monotonic() < until:
        time.sleep(0.02)
        with connection.cursor() as cursor:
            cursor.execute(f"{busy} AND pid <> pg_backend_pid() AND state <> 'idle'")
            quiet = quiet + 1 if cursor.fetchone() == (0,) else 0


@pytest.fixture
def visitor(browser: Browser, site: str, also_expected: re.Pattern[str]) -> Iterator[Callable[..., Page]]:
    """Somebody with a browser of their own; their page must never log an error or meet one of ours."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def note(what: str) -> None:
        if not EXPECTED.match(what) and not also_expected.match(what):
            wrong.append(what)

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error" or "Policy" in said.text:
            note(said.text)

    def read(answer: Response) -> None:
        if answer.status >= 500:
            note(f"{answer.status} {answer.url}")

    def arrives(**options: Any) -> Page:
        context = browser.new_context(
            **{"base_url": site, "viewport": PHONE, "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", read)
        page.on("console", hear)
        return page

    yield arrives
    for context in contexts:
        context.close()
    await_quiet()
    assert wrong == []
