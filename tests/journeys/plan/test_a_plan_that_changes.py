"""Things go better than planned: the physio shortens the plan, and the desk books what it says now."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.actions.clinical.plans import make_plan
from booking.models import Appointment
from tests.axe import violations
from tests.factories import make_user
from tests.journeys.plan.test_a_plan_with_a_gate import DAY, DESK, signed_in
from tests.journeys.plan.test_a_plan_with_a_gate import seen as seen

pytestmark = pytest.mark.django_db(transaction=True)


def change(page: Page, **numbers: int) -> None:
    """Unfold what is planned, write other numbers, and keep them."""
    labels = {
        "visits": "Visits",
        "every": "Days between visits",
        "gate": "Reassess after so many visits",
    }
    if not page.get_by_label("Visits", exact=True).is_visible():
        page.locator("summary", has_text="Change the plan").click()
    for name, number in numbers.items():
        page.get_by_label(labels[name], exact=True).fill(str(number))
    page.get_by_role("button", name="Change the plan").click()


def test_the_desk_books_what_the_changed_plan_says(visitor: Callable[..., Page], seen: Appointment) -> None:
    user = seen.practitioner.user
    assert user is not None
    assert seen.patient is not None
    make_plan(
        patient=seen.patient, practitioner=seen.practitioner, service=seen.service, visits=6, every_days=7,
        reassess_after=3, goal="Run ten kilometres again", by=user, now=timezone.now(),
    )  # fmt: skip
    physio = signed_in(visitor(), user)
    physio.goto(f"/physio/patients/{seen.patient_id}/plan/")
    change(physio, visits=4, every=14, gate=2)
    expect(physio.get_by_text("The plan is changed. Visits that are booked stay booked.")).to_be_visible()
    expect(physio.get_by_text("0 of 4 done")).to_be_visible()
    expect(physio.get_by_role("heading", name="As it was planned before")).to_be_visible()
    assert violations(physio) == []

    desk = signed_in(visitor(viewport=DESK), make_user(role="reception"))
    desk.goto(f"/reception/patients/{seen.patient_id}/")
    expect(desk.get_by_text("Plan: 0 of 4, next reassessment after 2")).to_be_visible()
    desk.get_by_role("link", name="Book the next 2 visits").click()
    expect(desk.get_by_text("Visits 1 to 2 of the plan’s 4, every 14 days.")).to_be_visible()
    desk.get_by_label("Day").fill(f"{DAY:%Y-%m-%d}")
    desk.get_by_label("Time").fill("10:00")
    desk.get_by_role("button", name="Book", exact=True).click()
    expect(desk.get_by_text("2 of 2 booked")).to_be_visible()

    physio.reload()
    expect(physio.get_by_text("0 of 4 done, 2 booked")).to_be_visible()
    change(physio, visits=1, gate=1)
    expect(physio.get_by_text("2 visits are done or booked already.").first).to_be_visible()
    assert violations(physio) == []
