"""The diary stands open while the site behind it is killed and comes back: nobody has to reload anything."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Practitioner
from booking.actions.desk.bookings import book_at_desk
from booking.models import Location
from config.demo.ports import free_port
from config.demo.processes import Child
from tests.factories import make_patient, make_user
from tests.faults.plant import Plant, kill, plant
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def also_expected() -> re.Pattern[str]:
    """A line that is dead, or dies."""
    return re.compile(r"Failed to load resource: net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE)")


class Behind:
    """Web and Valkey of this test alone; only the database is everybody's."""

    def __init__(self, site: Plant, *, static: Path) -> None:
        self.site, self.static, self.port = site, static, free_port()
        site.start_broker()
        self.start_web()

    def start_web(self) -> None:
        address = {"SITE_URL": self.url, "STATIC_ROOT": str(self.static), "DATABASE_POOL_SIZE": "4"}
        self.web: Child = self.site.start_web(self.port, **address)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


@pytest.fixture
def behind(process_env: dict[str, str], collected: Path) -> Iterator[Behind]:
    with plant(process_env) as site:
        behind = Behind(site, static=collected)
        yield behind
        kill(behind.web)  # which would wait for the browser otherwise


@pytest.fixture
def site(behind: Behind) -> str:
    """In place of the server in the test's own process, which nothing can kill."""
    return behind.url


@pytest.fixture
def desk(reception: Desk) -> Page:
    page = reception.opens()
    page.evaluate("window.isStillTheSamePage = true")
    return page


def books(reception: Desk, name: str, starts_at: datetime) -> None:
    """A colleague, whose request was the last that got through."""
    book_at_desk(
        service=reception.service,
        patient=make_patient(name=name),
        practitioner=Practitioner.objects.get(slug="maren"),
        location=Location.objects.get(),
        starts_at=starts_at,
        by=make_user(role="reception"),
        now=timezone.now(),
    )


def appears(page: Page, name: str) -> None:
    """In the page as it stood open."""
    expect(box(page, name)).to_be_visible()
    assert page.evaluate("window.isStillTheSamePage")


def test_the_open_diary_outlives_the_web_server(behind: Behind, reception: Desk, desk: Page) -> None:
    notice = desk.locator("[data-offline]")
    kill(behind.web)
    expect(notice).to_have_text(re.compile(r"does not answer.*stood at \d{1,2}:\d\d\."))
    books(reception, "Elena Marsh", at("11:00"))
    behind.start_web()
    appears(desk, "Elena Marsh")
    expect(notice).to_be_hidden()
    box(desk, "Elena Marsh").click()
    expect(desk.locator("#panel").get_by_role("heading", name="Elena Marsh")).to_be_visible()


def test_the_open_diary_outlives_valkey(behind: Behind, reception: Desk, desk: Page) -> None:
    behind.site.kill_broker()
    books(reception, "Elena Marsh", at("11:00"))
    appears(desk, "Elena Marsh")
    behind.site.start_broker()
    books(reception, "Tom Hale", at("13:00"))
    appears(desk, "Tom Hale")
    expect(desk.locator("[data-offline]")).to_be_hidden()
