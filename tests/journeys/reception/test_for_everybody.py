"""The diary for whoever cannot see it, uses no mouse, or holds it in one hand."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box

SERIOUS = {"serious", "critical"}


def serious(page: Page) -> list[tuple[str, Any]]:
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(reception: Desk, scheme: str) -> None:
    for clock, status in (
        ("9:00", "completed"),
        ("10:00", "in_room"),
        ("11:00", "confirmed"),
        ("12:00", "no_show"),
    ):
        make_appointment(
            service=reception.service,
            starts_at=at(clock),
            status=status,
            patient=make_patient(name="Tom Hale"),
        )
    page = reception.opens(color_scheme=scheme)
    box(page, "Tom Hale").first.click()
    page.wait_for_selector("#panel [data-visit]")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_selector("#who")
    assert serious(page) == []


def test_on_a_phone_only_the_diary_scrolls_sideways(reception: Desk) -> None:
    page = reception.opens()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
