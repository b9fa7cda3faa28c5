"""The diary is never alone: others book and drag while it stands open."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from booking.models import Leave
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import at, box, drag, stands_at
from tests.journeys.steps import choose_the_clinic, fill_in, open_calendar, press_book, take


def test_a_booking_made_online_appears_within_five_seconds(
    reception: Desk, visitor: Callable[..., Page]
) -> None:
    desk, patient = reception.opens(), visitor()
    desk.evaluate("window.isStillTheSamePage = true")
    open_calendar(patient, at("11:00"))
    take(patient, at("11:00"))
    fill_in(patient)
    choose_the_clinic(patient)
    press_book(patient)
    expect(patient.get_by_text("Booked", exact=True)).to_be_visible()
    booked = time.monotonic()
    expect(box(desk, "Elena Marsh")).to_have_attribute("data-status", "confirmed", timeout=5000)
    assert time.monotonic() - booked < 5
    assert desk.evaluate("window.isStillTheSamePage")


def test_of_two_who_drag_the_same_visit_one_wins_and_the_other_sees_it(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    first, second = reception.opens("Ana Duarte"), reception.opens("Ivy Sharpe")
    for page in (first, second):
        box(page, "Tom Hale").wait_for()
    # The second holds the visit in the air, so her diary waits; the first lets go.
    here = box(second, "Tom Hale").bounding_box()
    assert here is not None
    second.mouse.move(here["x"] + 40, here["y"] + 4)
    second.mouse.down()
    second.mouse.move(here["x"] + 46, here["y"] + 60, steps=3)
    drag(first, "Tom Hale", "Maren", "14:00")
    expect(first.get_by_text("Tom Hale moved to 14:00.")).to_be_visible()
    second.mouse.move(here["x"] + 46, here["y"] + 130, steps=3)
    second.mouse.up()
    expect(second.get_by_text(re.compile("Ana changed this visit while you were moving it"))).to_be_visible()
    stands_at(second, "Tom Hale", "14:00")
    stands_at(first, "Tom Hale", "14:00")


def test_what_needs_a_hand_is_counted_while_the_diary_stands_open(reception: Desk) -> None:
    from booking.actions.audit import Actor, record

    visit = make_appointment(
        service=reception.service, starts_at=at("11:00"), patient=make_patient(name="Nina Ray")
    )
    page = reception.opens()
    before = page.locator("#hands").inner_text().strip(", ")
    Leave.objects.create(
        practitioner=visit.practitioner, starts_at=at("9:00"), ends_at=at("17:00"), kind="leave"
    )
    record(verb="confirmed", by=Actor.patient(), at=at("9:00"), appointment=visit)
    expect(page.locator("#hands")).to_have_text(re.compile(rf"{int(before or 0) + 1}$"), timeout=8000)
