"""/api/v1/docs/: the API, shown to people who write programs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from catalogue.models import Service

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def docs(visitor: Callable[..., Page], service: Service) -> Page:
    page = visitor(viewport=DESK)
    page.goto("/api/v1/docs/")
    return page


def test_every_operation_is_shown_under_the_sites_policy(
    visitor: Callable[..., Page], service: Service
) -> None:
    page = visitor(viewport=DESK)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto("/api/v1/docs/")
    expect(page.get_by_text("Hold a time", exact=True)).to_be_visible()
    expect(page.get_by_text("/problems/time-taken").first).to_be_visible()
    assert complaints == []


def test_a_reader_tries_an_operation_out(docs: Page) -> None:
    docs.get_by_text("What can be booked online").click()
    docs.get_by_role("button", name="Try it out").click()
    docs.get_by_role("button", name="Execute").click()
    expect(docs.locator(".live-responses-table")).to_contain_text('"slug": "follow-up"')
