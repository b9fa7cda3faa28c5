"""What comes beside the diary, or as a page of its own, is seen, and takes no hand off its place."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Route, expect

from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import DAY, at, box, press


def test_moved_from_a_page_of_its_own_the_clerk_reads_whom_to_ring(reception: Desk) -> None:
    visit = make_appointment(
        service=reception.service,
        starts_at=at("10:00"),
        patient=make_patient(name="Tom Hale", email=""),
    )
    page = reception.signs_in()
    page.goto(f"/reception/visits/{visit.pk}/move/")
    page.locator("#id_time").fill("13:00")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("There is no e-mail address, so ring them.")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the diary")).to_be_visible()


def test_the_most_urgent_things_are_renewed_under_a_hand_that_rests_on_them(reception: Desk) -> None:
    now = timezone.now()
    begun = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    make_appointment(
        service=reception.service,
        starts_at=begun,
        status="arrived",
        arrived_at=now - timedelta(minutes=20),
        patient=make_patient(name="Tom Hale"),
    )
    page = reception.signs_in()
    page.clock.install()
    page.goto("/reception/")
    button = page.locator("#urgent").get_by_role("button", name="In the room")
    page.wait_for_load_state("networkidle")
    button.focus()
    with page.expect_response("**/reception/urgent/") as renewed:
        page.clock.fast_forward(31_000)
    renewed.value.finished()
    page.wait_for_load_state("networkidle")
    expect(button).to_be_focused()


def test_escape_stops_a_panel_that_is_on_its_way(reception: Desk) -> None:
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=make_patient(name="Tom Hale"))
    page = reception.opens()
    waiting: list[Route] = []
    page.route("**/reception/visits/*/", lambda route: waiting.append(route))
    box(page, "Tom Hale").click()
    while not waiting:
        page.wait_for_timeout(20)
    page.keyboard.press("Escape")
    page.unroute("**/reception/visits/*/")
    box(page, "Tom Hale").focus()
    page.keyboard.press("n")
    expect(page.locator("#who")).to_be_focused()


def test_a_week_of_a_series_that_is_put_right_counts_at_once(reception: Desk) -> None:
    make_patient(name="Elena Marsh")
    make_appointment(
        service=reception.service,
        starts_at=at("10:00") + timedelta(days=7),
        patient=make_patient(name="Joan Nye"),
    )
    page = reception.opens()
    press(page, "Maren", "10:00")
    page.keyboard.type("mar")
    expect(page.locator(".r-pick", has_text="Elena Marsh")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_text("Repeat weekly").click()
    page.get_by_label("Weeks in a row").fill("2")
    page.get_by_role("button", name="Book", exact=True).click()
    panel = page.locator("#panel")
    expect(panel.get_by_text("1 of 2 booked")).to_be_visible()
    panel.locator("[data-week=open] button[name=instead]").first.click()
    expect(panel.get_by_text("2 of 2 booked")).to_be_visible()
    expect(panel.locator("[data-week] a").last).to_be_focused()
    expect(page.locator("[data-said-strip]")).to_contain_text("Elena Marsh: booked")


def test_a_walk_in_is_one_key_away_in_the_week_too(reception: Desk) -> None:
    page = reception.opens(path="/reception/", day=DAY)
    page.get_by_text("Week", exact=True).click()
    expect(page.locator("#diary")).to_have_attribute("data-view", "week")
    page.locator("#diary").focus()
    page.keyboard.press("w")
    expect(page.get_by_role("heading", name="Walk-in, starts now")).to_be_visible()
