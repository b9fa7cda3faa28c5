"""Every page of the physio, opened once: axe's rules in both schemes, narrow enough, room for a thumb."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.axe import contrast, sideways, violations
from tests.journeys.conftest import PHONE
from tests.journeys.physio.conftest import Phone
from tests.journeys.physio.everybody import every_page
from tests.journeys.test_every_page_can_be_used import DESK, NARROW, too_small

pytestmark = pytest.mark.django_db(transaction=True)


def cramped(page: Page) -> list[Any]:
    """What is too small for a thumb, and by how much the page is too wide."""
    page.set_viewport_size(NARROW)
    return [*too_small(page), *([over] if (over := sideways(page)) else [])]


def wrong_on(page: Page) -> dict[str, Any]:
    """All rules on a phone in daylight; what a size or a scheme can change besides."""
    found: dict[str, Any] = {"narrow": cramped(page)}
    page.set_viewport_size(PHONE)
    found["light, phone"] = violations(page)
    for scheme, size in (("dark", PHONE), ("dark", DESK), ("light", DESK)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found[f"{scheme}, {size['width']}"] = contrast(page)
    page.set_viewport_size(PHONE)
    return {look: wrong for look, wrong in found.items() if wrong}


def test_every_page_can_be_used_at_any_size_in_either_scheme(phone: Phone) -> None:
    page = phone.opens()
    found = {name: wrong for name in every_page(phone, page) if (wrong := wrong_on(page))}
    assert found == {}


def test_the_address_can_be_copied(phone: Phone) -> None:
    page = phone.opens("/physio/calendar/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Make my address").click()
    address = page.get_by_label("Address of your calendar").input_value()
    page.get_by_role("button", name="Copy the address").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address
