"""The diary for whoever cannot see it, uses no mouse, or holds it in one hand."""

import pytest

from tests.axe import sideways, violations
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(reception: Desk, scheme: str) -> None:
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
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_selector("#who")
    assert violations(page) == []


def test_on_a_phone_only_the_diary_scrolls_sideways(reception: Desk) -> None:
    page = reception.opens()
    page.set_viewport_size({"width": 390, "height": 844})
    assert sideways(page) == 0


def test_on_a_phone_the_diary_leads_to_patients_hands_and_takings(reception: Desk) -> None:
    page = reception.opens()
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("patients", "lists", "takings"):
        assert page.locator(f'.r-strip a[href="/reception/{path}/"]').is_visible(), path
    assert sideways(page) == 0


def test_the_minutes_of_what_is_urgent_are_never_cut_off(reception: Desk) -> None:
    page = reception.opens()
    name = "Bartholomew Featherstonehaugh-Bannerman"
    bar = """<div class="o-next" data-s="{s}"><a class="r-what" href="#"><b>{name}, 22 min late</b>
             10:00 with Maren, Room 12</a><a class="btn" href="#">In the room</a></div>"""
    bars = "".join(bar.format(s=status, name=name) for status in ("late", "arrived"))
    page.evaluate("bars => (document.querySelector('#urgent').innerHTML = bars)", bars)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        cut = page.locator("#urgent b").evaluate_all(
            "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
        )
        assert cut == 0, width
