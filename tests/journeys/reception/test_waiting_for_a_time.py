"""Somebody waits for a time; it becomes free; they are rung and booked, and wait no more."""

import pytest
from playwright.sync_api import expect

from booking.models import Appointment
from booking.words import clinic_day
from tests.axe import violations
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import DAY, at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_time_that_becomes_free_goes_to_who_waits_for_it(reception: Desk, scheme: str) -> None:
    elena = make_patient(name="Elena Marsh")
    taken = make_appointment(service=reception.service, starts_at=at("10:00"))
    page = reception.opens(color_scheme=scheme)
    page.goto(f"/reception/patients/{elena.pk}/")
    page.get_by_role("link", name="Waiting list").click()
    page.get_by_label("Physio").select_option(label=taken.practitioner.name)
    for day in page.get_by_role("checkbox").all():
        day.press("Space")
    page.get_by_label(f"{DAY:%A}").press("Space")
    page.get_by_label("Not before").fill("10:00")
    page.get_by_label("Over by").fill(f"{taken.ends_at.astimezone(DAY.tzinfo):%H:%M}")
    page.get_by_label("Last day that helps").fill(f"{clinic_day(DAY):%Y-%m-%d}")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("Elena Marsh is on the waiting list.")).to_be_visible()
    expect(page.get_by_role("heading", name="Waiting list")).to_be_visible()
    assert violations(page) == []

    page.goto("/reception/lists/")
    expect(page.get_by_role("heading", name="A time they wait for")).to_have_count(0)
    Appointment.objects.filter(pk=taken.pk).update(status="cancelled")
    page.reload()
    expect(page.get_by_role("heading", name="A time they wait for")).to_be_visible()
    assert violations(page) == []

    page.get_by_role("link", name="Book it").click()
    expect(page.get_by_label("Time")).to_have_value("10:00")
    page.get_by_role("button", name="Book", exact=True).press("Enter")
    expect(page.get_by_role("link", name="Cancel the visit")).to_be_visible()
    booked = Appointment.objects.get(patient=elena)
    assert (booked.starts_at, booked.practitioner) == (taken.starts_at, taken.practitioner)
    page.goto("/reception/lists/")
    expect(page.get_by_role("heading", name="A time they wait for")).to_have_count(0)
