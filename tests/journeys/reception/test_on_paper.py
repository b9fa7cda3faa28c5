"""What comes out of the printer: the day without its tools, over the whole sheet."""

import re

import pytest
from playwright.sync_api import Page, expect

from booking.models import Location
from tests.factories import make_appointment, make_patient, make_practitioner, make_weekly_hours
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box


def sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_the_diary_fills_one_sheet_whatever_panel_stands_open(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    page = reception.opens()
    box(page, "Tom Hale").click()
    page.wait_for_selector("#panel [data-visit]")
    page.emulate_media(media="print")
    edges = page.evaluate(
        "[innerWidth, document.querySelector('.ec-main').getBoundingClientRect().right,"
        " document.querySelector('.ec-body').getBoundingClientRect().right]"
    )
    assert max(edges) - min(edges) < 40
    for tool in ("#panel", ".r-strip", "[data-new]", ".r-urgent"):
        assert not page.locator(tool).first.is_visible(), tool
    assert sheets(page) == 1


@pytest.mark.parametrize("height", [700, 1080, 1600])
def test_the_day_fits_one_sheet_from_a_screen_of_any_height(reception: Desk, height: int) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    page = reception.opens(viewport={"width": 1440, "height": height})
    box(page, "Tom Hale").wait_for()
    page.emulate_media(media="print")
    assert sheets(page) == 1


def test_no_column_is_cut_off_from_a_narrow_screen(reception: Desk) -> None:
    """There the diary scrolls sideways; paper doesn't."""
    for name in ("Ann Able", "Ben Baker", "Cy Carver", "Di Dale", "Ed Eames", "Flo Fry"):
        make_weekly_hours(practitioner=make_practitioner(name=name), location=Location.objects.get())
    page = reception.opens(viewport={"width": 390, "height": 844})
    expect(page.locator(".ec-col-head").last).not_to_be_in_viewport()
    page.emulate_media(media="print")
    right = page.locator(".ec-col-head").evaluate_all(
        "(heads) => Math.max(...heads.map((head) => head.getBoundingClientRect().right))"
    )
    assert right <= 390
