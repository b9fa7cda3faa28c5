"""Sixty columns and seven hundred visits: what is near is drawn, and nobody notices that the rest is not."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import cache
from io import BytesIO
from urllib.parse import parse_qs

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from accounts.models import Practitioner
from booking.models import Appointment, Leave
from booking.words import clinic_day, clinic_zone
from catalogue.models import Service
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.full_clinic import full_clinic

DRAWN_DAYS = """
() => {
  const boxes = [...document.querySelectorAll(".ec-event[data-visit]")];
  return [...new Set(boxes.map((box) => box.dataset.day))].sort();
}
"""


@cache
def monday() -> datetime:
    """Of the coming week: read once, so that it stays the same one past midnight."""
    today = clinic_day(timezone.now())
    return datetime.combine(today + timedelta(days=7 - today.weekday()), time(9), tzinfo=clinic_zone())


@pytest.fixture
def week(visitor: Callable[..., Page], site: str) -> Page:
    full_clinic(now=monday(), days=5)
    page = Desk(visitor, Service.objects.earliest("pk")).signs_in()
    page.goto(f"/reception/?day={monday():%Y-%m-%d}&view=week")
    expect(boxes(page, day=1).first).to_be_attached()
    return page


def on(day: int) -> str:
    return f"{monday() + timedelta(days=day):%Y-%m-%d}"


def boxes(page: Page, *, day: int) -> Locator:
    return page.locator(f".ec-event[data-visit][data-day='{on(day)}']")


def scroll_to(page: Page, *, share: float) -> None:
    page.evaluate(
        "(share) => { const main = document.querySelector('.ec-main');"
        " main.scrollLeft = share * (main.scrollWidth - main.clientWidth); }",
        share,
    )


def pick_up(page: Page) -> tuple[float, float]:
    """A visit of Monday hangs on the pointer, which is there."""
    box = boxes(page, day=0).nth(8).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 20)
    page.locator(".ec-preview").wait_for()
    return box["x"] + 60, box["y"] + 20


def test_only_the_days_near_the_eye_are_drawn(week: Page) -> None:
    expect(boxes(week, day=1).first).to_be_attached()
    assert week.evaluate(DRAWN_DAYS) == [on(0), on(1)]


def test_the_days_that_a_scroll_brings_are_whole(week: Page) -> None:
    scroll_to(week, share=1)
    whole = Appointment.objects.filter(starts_at__date=clinic_day(monday()) + timedelta(days=4)).count()
    expect(boxes(week, day=4)).to_have_count(whole)


def test_days_that_were_left_far_behind_come_back(week: Page) -> None:
    scroll_to(week, share=1)
    expect(boxes(week, day=0)).to_have_count(0)
    scroll_to(week, share=0)
    expect(boxes(week, day=0).first).to_be_visible()


def test_from_a_day_to_its_week_that_day_is_in_sight_and_whole(week: Page) -> None:
    week.goto(f"/reception/?day={on(3)}")
    expect(boxes(week, day=3).first).to_be_attached()
    week.get_by_text("Week", exact=True).click()
    expect(boxes(week, day=2).first).to_be_attached()
    expect(boxes(week, day=3).nth(5)).to_be_in_viewport()
    expect(boxes(week, day=4).first).to_be_attached()


def test_what_changes_elsewhere_leaves_the_days_in_sight_as_they_are(week: Page) -> None:
    scroll_to(week, share=1)
    expect(boxes(week, day=4).first).to_be_attached()
    friday = monday() + timedelta(days=4)
    Leave.objects.create(
        practitioner=Practitioner.objects.get(slug="sofia"),
        starts_at=friday,
        ends_at=friday + timedelta(hours=2),
        reason="Dentist",
    )
    expect(week.locator(".ec-bg-event.is-away", has_text="Dentist")).to_be_attached()
    assert boxes(week, day=4).count() > 100


def test_the_arrow_keys_walk_from_monday_to_friday(week: Page) -> None:
    boxes(week, day=0).first.focus()
    for _ in range(4 * 12 + 11):
        week.keyboard.press("ArrowRight")
        expect(week.locator(".ec-event:focus")).to_be_in_viewport()
    expect(week.locator(".ec-event:focus")).to_have_attribute("data-day", on(4))


def test_the_arrow_keys_cross_a_day_on_which_nobody_comes(week: Page) -> None:
    """Its columns are more than what is drawn beside the screen."""
    wednesday = clinic_day(monday()) + timedelta(days=2)
    Appointment.objects.filter(starts_at__date=wednesday).delete()
    week.goto(f"/reception/?day={on(1)}&view=week")
    last = boxes(week, day=1).and_(week.locator(f"[data-physio={_last_column(week)}]"))
    last.first.focus()
    week.keyboard.press("ArrowRight")
    expect(week.locator(".ec-event:focus")).to_have_attribute("data-day", on(3))


def _last_column(week: Page) -> str:
    """Whose column is the last of Tuesday's."""
    expect(boxes(week, day=1).first).to_be_attached()
    physio: str = boxes(week, day=1).evaluate_all(
        "(boxes) => boxes.map((box) => [box.getBoundingClientRect().left, box.dataset.physio])"
        ".sort(([a], [b]) => b - a)[0][1]"
    )
    return physio


def test_from_a_box_that_was_scrolled_away_the_arrow_goes_to_the_one_beside_it(week: Page) -> None:
    boxes(week, day=0).first.focus()
    here = str(week.locator(".ec-event:focus").get_attribute("data-physio"))
    scroll_to(week, share=1)
    expect(boxes(week, day=4).first).to_be_attached()
    week.keyboard.press("ArrowRight")
    expect(week.locator(".ec-event:focus")).to_have_attribute("data-day", on(0))
    expect(week.locator(".ec-event:focus")).not_to_have_attribute("data-physio", here)


def test_a_finger_that_is_taken_away_does_not_stop_the_diary(week: Page) -> None:
    pick_up(week)
    week.evaluate("dispatchEvent(new PointerEvent('pointercancel', { isPrimary: true }))")
    Leave.objects.create(
        practitioner=Practitioner.objects.get(slug="sofia"),
        starts_at=monday(),
        ends_at=monday() + timedelta(hours=2),
        reason="Dentist",
    )
    expect(week.locator(".ec-bg-event.is-away", has_text="Dentist")).to_be_attached()
    expect(week.locator(".ec-ghost")).to_have_count(0)


def test_a_visit_can_be_dragged_to_a_day_that_was_not_drawn(week: Page) -> None:
    """The diary scrolls under the hand; what it comes to is there before the hand lets go."""
    x, y = pick_up(week)
    scroll_to(week, share=1)
    expect(boxes(week, day=4).first).to_be_attached()
    week.mouse.move(x + 30, y + 10)
    with week.expect_request("**/move/") as asked:
        week.mouse.up()
    assert on(0) < parse_qs(asked.value.post_data or "")["day"][0] <= on(4)
    asked.value.response()


def test_each_day_has_its_sheet_of_paper_with_all_its_visits(week: Page) -> None:
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(week.pdf(prefer_css_page_size=True))).pages]
    assert len(sheets) == 5
    for day, sheet in enumerate(sheets):
        visits = Appointment.objects.filter(starts_at__date=clinic_day(monday()) + timedelta(days=day))
        names = Counter(name.split()[0] for name in visits.values_list("patient__name", flat=True))
        assert {name: sheet.split().count(name) for name in names} == names


def test_after_printing_the_days_near_the_eye_are_left(week: Page) -> None:
    week.pdf()
    for day in (2, 3, 4):
        expect(boxes(week, day=day)).to_have_count(0)
    expect(week.locator(".r-paper")).to_have_count(0)
    assert week.evaluate(DRAWN_DAYS) == [on(0), on(1)]
