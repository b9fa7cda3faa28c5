"""What a receptionist does on the diary, said once."""

import re
import time
from datetime import datetime

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from booking.words import in_clinic_time
from tests.web.patient.scene import working_day

A_FEW_MINUTES = 6  # pixels
DAY = working_day(2, "9:00")


def at(clock: str) -> datetime:
    """A moment on the day that the diary shows."""
    hour, minute = (int(part) for part in clock.split(":"))
    return in_clinic_time(DAY).replace(hour=hour, minute=minute)


def today_at(clock: str) -> datetime:
    """A moment of this very day: nobody is checked in for another."""
    hour, minute = (int(part) for part in clock.split(":"))
    return in_clinic_time(timezone.now()).replace(hour=hour, minute=minute, second=0, microsecond=0)


def box(page: Page, name: str) -> Locator:
    return page.locator(".ec-event[data-visit]", has_text=name)


def place(page: Page, physio: str, clock: str) -> tuple[float, float]:
    """Where on the screen a time of a physio is: between the labels of the hours, in their column."""
    head = page.locator(".ec-col-head", has_text=physio).bounding_box()
    hour, minute = (int(part) for part in clock.split(":"))
    tops = page.evaluate(
        """() => [...document.querySelectorAll(".ec-sidebar .ec-slot, .ec-sidebar time, .ec-sidebar *")]
             .filter((one) => !one.childElementCount && /^\\d+:00$/.test(one.textContent.trim()))
             .map((one) => [parseInt(one.textContent), one.getBoundingClientRect()])
             .map(([hour, box]) => [hour, box.top + box.height / 2])"""
    )
    (first, top), (second, below) = tops[0], tops[1]
    an_hour = (below - top) / (second - first)
    assert head is not None
    return head["x"] + head["width"] / 2, top + (hour - first + minute / 60) * an_hour


def press(page: Page, physio: str, clock: str) -> None:
    """A click into empty time, a little below its upper edge."""
    x, y = place(page, physio, clock)
    page.mouse.click(x, y + 5)


def drag(page: Page, name: str, physio: str, clock: str) -> None:
    """From a few pixels below the top of the visit to as many below the time."""
    here = box(page, name).bounding_box()
    assert here is not None
    x, y = place(page, physio, clock)
    page.mouse.move(here["x"] + here["width"] / 2, here["y"] + 4)
    page.mouse.down()
    page.mouse.move(here["x"] + here["width"] / 2 + 6, here["y"] + 12)
    page.mouse.move(x, y + 4, steps=6)
    page.mouse.up()


def stands_at(page: Page, name: str, clock: str) -> None:
    """What the diary reads aloud, at the latest five seconds after it came to be."""
    words = re.compile(f", {at(clock):%H:%M}–")
    expect(box(page, name)).to_have_attribute("aria-label", words, timeout=5000)


def is_drawn_at(page: Page, name: str, physio: str, clock: str) -> None:
    """Where the eye finds it, in time: a box that was dropped keeps its words wherever it lies."""
    until = time.monotonic() + 15
    while not _is_drawn_at(page, name, place(page, physio, clock)):
        assert time.monotonic() < until, f"{name} is not at {clock} with {physio}"
        page.wait_for_timeout(50)


def _is_drawn_at(page: Page, name: str, spot: tuple[float, float]) -> bool:
    here, (x, y) = box(page, name).bounding_box(), spot
    return bool(here and abs(here["y"] - y) < A_FEW_MINUTES and here["x"] < x < here["x"] + here["width"])
