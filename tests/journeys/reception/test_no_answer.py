"""What somebody did never arrives, or the site stumbles over it: the page says so and shows what is true."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page, Route, expect

from booking.models import Appointment
from booking.words import in_clinic_time, say_time
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box, drag, is_drawn_at

THREE = ("Tom Hale", "Joan Banks", "Samir Holt")
IT_DID_NOT_ANSWER = "The clinic’s computer did not answer to that."
WAYS_TO_FAIL = pytest.mark.parametrize(
    "fail", [lambda route: route.abort(), lambda route: route.fulfill(status=503)], ids=["away", "stumbles"]
)


@pytest.fixture
def also_expected() -> re.Pattern[str]:
    return re.compile(r"503 .*/(undo-)?move/$|Failed to load resource: .* responded with a status of 503")


@pytest.fixture
def desk(reception: Desk) -> Page:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    page = reception.opens()
    box(page, "Tom Hale").wait_for()
    return page


@WAYS_TO_FAIL
def test_a_move_without_an_answer_is_said_and_put_back(desk: Page, fail: object) -> None:
    desk.route("**/move/", fail)
    drag(desk, "Tom Hale", "Ruth", "13:00")
    expect(desk.locator("[data-said-strip]")).to_contain_text(IT_DID_NOT_ANSWER)
    is_drawn_at(desk, "Tom Hale", "Maren", "10:00")
    expect(desk.locator("#panel")).to_be_hidden()
    desk.unroute("**/move/")
    drag(desk, "Tom Hale", "Ruth", "13:00")
    expect(desk.get_by_text("Tom Hale moved to 13:00 with Ruth.")).to_be_visible()
    assert Appointment.objects.get().starts_at == at("13:00")


def three(reception: Desk) -> Page:
    """At nine, ten and eleven with Maren."""
    for hour, name in enumerate(THREE, start=9):
        make_appointment(
            service=reception.service, starts_at=at(f"{hour}:00"), patient=make_patient(name=name)
        )
    return reception.opens()


@WAYS_TO_FAIL
def test_an_undo_without_an_answer_is_offered_again(desk: Page, fail: object) -> None:
    drag(desk, "Tom Hale", "Ruth", "13:00")
    strip = desk.locator("[data-said-strip]")
    expect(strip).to_contain_text("Tom Hale moved to 13:00 with Ruth.")
    desk.route("**/undo-move/", fail)
    strip.get_by_role("button", name="Undo").click()
    expect(strip).to_contain_text(IT_DID_NOT_ANSWER)
    desk.unroute("**/undo-move/")
    strip.get_by_role("button", name="Undo").click()
    expect(strip).to_contain_text("Tom Hale is back at 10:00.")
    expect(strip.get_by_role("button", name="Undo")).to_be_hidden()
    is_drawn_at(desk, "Tom Hale", "Maren", "10:00")
    assert Appointment.objects.get().starts_at == at("10:00")


def test_while_one_answer_is_awaited_nothing_that_follows_is_lost(reception: Desk) -> None:
    page = three(reception)
    waiting: list[Route] = []
    page.route("**/move/", lambda route: waiting.append(route) if not waiting else route.continue_())
    for hour, name in enumerate(THREE, start=13):
        box(page, name).wait_for()
        drag(page, name, "Ruth", f"{hour}:00")
    waiting[0].continue_()
    expect(page.locator("[data-said-strip]")).to_contain_text("Samir Holt moved to 15:00 with Ruth.")
    for hour, name in enumerate(THREE, start=13):
        is_drawn_at(page, name, "Ruth", f"{hour}:00")
    moved = Appointment.objects.order_by("starts_at").values_list("starts_at", flat=True)
    assert list(moved) == [at("13:00"), at("14:00"), at("15:00")]


def test_the_last_of_three_visits_that_were_pressed_is_the_one_that_opens(reception: Desk) -> None:
    page = three(reception)
    waiting: list[Route] = []
    page.route("**/reception/visits/*/", lambda route: waiting.append(route))
    for name in THREE:
        box(page, name).click()
    while len(waiting) < len(THREE):
        page.wait_for_timeout(20)
    for route in waiting:
        with suppress(Error):  # the page no longer wants it
            route.continue_()
    expect(page.locator("#panel")).to_contain_text("Samir Holt")


def test_with_nobody_there_both_are_said_side_by_side(desk: Page) -> None:
    desk.context.set_offline(True)
    expect(desk.locator("[data-offline]")).to_be_visible()
    drag(desk, "Tom Hale", "Ruth", "13:00")
    strip, notice = desk.locator("[data-said-strip]"), desk.locator("[data-offline]")
    expect(strip).to_contain_text(IT_DID_NOT_ANSWER)
    is_drawn_at(desk, "Tom Hale", "Maren", "10:00")
    above, below = strip.bounding_box(), notice.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    desk.context.set_offline(False)
    expect(notice).to_be_hidden()


def test_after_a_sleep_the_notice_says_when_the_diary_was_true(reception: Desk) -> None:
    page = reception.signs_in()
    page.clock.install()
    page.goto("/reception/")
    page.wait_for_load_state("networkidle")
    opened = in_clinic_time(timezone.now())
    page.context.set_offline(True)
    page.clock.fast_forward("02:00:00")
    times = {say_time(opened + timedelta(minutes=by)) for by in (-1, 0, 1)}
    expect(page.locator("[data-offline]")).to_have_text(re.compile(rf"stood at ({'|'.join(times)})\."))
