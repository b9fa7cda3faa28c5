"""Reception's pages beside the diary: a record is found, corrected and merged; leave is added and seen to."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import Patient
from booking.models import Leave, Room
from booking.words import say_short_day
from tests.factories import make_appointment, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import DAY, at

pytestmark = pytest.mark.django_db(transaction=True)
SERIOUS = {"serious", "critical"}
PAGES = (
    "/reception/patients/?q=elena",
    "/reception/lists/",
    "/reception/absences/",
    f"/reception/day-sheet/?day={DAY:%Y-%m-%d}",
    "/reception/takings/",
)


def serious(page: Page) -> list[tuple[str, Any]]:
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found if one["impact"] in SERIOUS
    ]


def elena(**fields: Any) -> Patient:
    return make_patient(**{"name": "Elena Marsh", "email": "elena@mail.example"} | fields)


def find(page: Page, typed: str) -> None:
    page.goto("/reception/patients/")
    page.get_by_label("Who is it?").fill(typed)


def test_a_number_is_corrected_an_alert_set_and_a_duplicate_merged(reception: Desk) -> None:
    kept = elena()
    twin = elena(name="Elena Marsch", email="marsh@mail.example")
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=twin)
    page = reception.opens()
    find(page, "mrsh elena")
    page.get_by_role("link", name="Elena Marsh").click()

    page.get_by_role("link", name="Change contact").click()
    page.get_by_label("Telephone").fill("07400 123456")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="07400 123456")).to_be_visible()

    page.get_by_label("What staff should know").fill("Hard of hearing")
    page.get_by_role("button", name="Save the alert").click()
    expect(page.locator(".r-record-alert")).to_contain_text("Hard of hearing")

    page.get_by_role("link", name="Merge").click()
    page.get_by_role("link", name="Elena Marsch").click()
    assert serious(page) == []
    expect(page.get_by_text("1 visit and 0 messages")).to_be_visible()
    page.get_by_role("button", name="Same person: keep Elena Marsh").click()

    expect(page.get_by_text("The two records are one.")).to_be_visible()
    expect(page.get_by_role("link", name=f"{say_short_day(DAY)}, 10:00")).to_be_visible()
    expect(page.locator(".r-log").first).to_contain_text("merged another record into it")
    assert serious(page) == []
    kept.refresh_from_db()
    assert (kept.phone, kept.alert) == ("+447400123456", "Hard of hearing")


def test_leave_displaces_a_visit_that_is_then_moved(reception: Desk) -> None:
    visit = make_appointment(service=reception.service, starts_at=at("10:00"), patient=elena())
    page = reception.opens()
    page.goto("/reception/absences/")
    away = page.get_by_role("region", name="A physio is away")
    away.get_by_label("Physio").select_option("Maren Holt")
    away.get_by_label("First day").fill(f"{DAY:%Y-%m-%d}")
    page.get_by_role("button", name="See whom it displaces, and save").click()

    expect(page.get_by_role("heading", name="This displaces one visit")).to_be_visible()
    expect(page.get_by_text("Elena Marsh")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="Save, and move the visit").click()

    expect(page.get_by_role("heading", name="Nobody is there for them")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Needs a hand.*1"))).to_be_visible()
    page.get_by_role("link", name="Move").click()
    page.get_by_label("Physio", exact=True).select_option("Ruth Adeyemi")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("Ruth Adeyemi")).to_be_visible()

    page.goto("/reception/lists/")
    expect(page.get_by_role("heading", name="Nobody is there for them")).to_have_count(0)
    visit.refresh_from_db()
    assert visit.practitioner.name == "Ruth Adeyemi"
    assert Leave.objects.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_of_them(reception: Desk, scheme: str) -> None:
    patient = elena(alert="Hard of hearing")
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=patient)
    page = reception.opens(color_scheme=scheme)
    found = {}
    for path in (*PAGES, f"/reception/patients/{patient.pk}/"):
        page.goto(path)
        found[path] = serious(page)
    assert not any(found.values()), found


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_on_a_phone(reception: Desk, width: int) -> None:
    patient = elena(alert="Hard of hearing")
    make_appointment(service=reception.service, starts_at=at("10:00"), patient=patient)
    page = reception.opens()
    page.set_viewport_size({"width": width, "height": 844})
    for path in (*PAGES, f"/reception/patients/{patient.pk}/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_each_physio_gets_one_sheet_of_paper(reception: Desk) -> None:
    for physio, room in zip(reception.service.practitioners.all(), Room.objects.all(), strict=True):
        make_appointment(service=reception.service, starts_at=at("10:00"), practitioner=physio, room=room)
    page = reception.opens()
    page.goto(f"/reception/day-sheet/?day={DAY:%Y-%m-%d}")
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
