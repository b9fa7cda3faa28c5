"""The line of now stands at the clinic's time, whatever zone the computer at the desk believes it is in."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import A_FEW_MINUTES, DAY, at, place


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Sydney"])
def test_the_line_of_now_stands_at_the_clinics_time(reception: Desk, zone: str) -> None:
    page = reception.signs_in(timezone_id=zone)
    page.clock.install(time=at("11:30"))

    def at_half_past_eleven(route: Route) -> None:
        answer = route.fetch()
        told = re.sub(r'data-now="[^"]*"', f'data-now="{at("11:30").isoformat()}"', answer.text())
        route.fulfill(response=answer, body=told)

    page.route("**/reception/?day=*", at_half_past_eleven)
    page.goto(f"/reception/?day={DAY:%Y-%m-%d}")
    expect(page.locator("[data-clock]")).to_have_text("11:30")
    line = page.locator(".ec-now-indicator").bounding_box()
    assert line is not None
    assert abs(line["y"] - place(page, "Maren", "11:30")[1]) < A_FEW_MINUTES
