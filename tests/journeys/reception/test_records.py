"""Reception's pages beside the diary: a record is found, corrected and merged; leave is added and seen to."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Patient
from booking.models import Leave, LeaveRequest, Room
from booking.words import clinic_day, say_short_day
from tests.actions.messages.post import make_message, make_receipt
from tests.axe import sideways, violations
from tests.factories import make_appointment, make_credential, make_patient
from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.steps import DAY, at, today_at
from tests.needled import needled_visit

pytestmark = pytest.mark.django_db(transaction=True)


def elena(**fields: Any) -> Patient:
    return make_patient(**{"name": "Elena Marsh", "email": "elena@mail.example"} | fields)


@pytest.fixture
def addresses(reception: Desk) -> list[str]:
    """Every page beside the diary with something on it, and the panel of a visit as it is opened alone."""
    patient, twin = elena(alert="Hard of hearing"), elena(name="Elena Marsch")
    service, physio = reception.service, reception.service.practitioners.get(slug="maren")
    coming = make_appointment(service=service, starts_at=at("10:00"), patient=patient)
    late = today_at("9:00") - timedelta(days=1)
    done = needled_visit(service=service, starts_at=late, patient=patient)
    make_receipt(done, 2400)
    make_message(coming, state="failed", problem="No such mailbox.", due_at=timezone.now())
    make_credential(practitioner=physio, valid_until=clinic_day(timezone.now()) + timedelta(days=20))
    LeaveRequest.objects.create(
        practitioner=physio, starts_at=at("0:00"), ends_at=at("23:55"), asked_at=timezone.now()
    )
    record, open_visit = f"/reception/patients/{patient.pk}/", f"/reception/visits/{coming.pk}/"
    return [
        "/reception/patients/?q=elena", "/reception/lists/", "/reception/absences/", "/reception/takings/",
        "/reception/credentials/", f"/reception/day-sheet/?day={DAY:%Y-%m-%d}", record,
        f"{record}merge/?other={twin.pk}", open_visit, f"{open_visit}move/", f"{open_visit}cancel/",
        f"/reception/visits/{done.pk}/", f"/reception/visits/{done.pk}/refund/",
        f"/reception/book/?patient={patient.pk}", "/reception/list/",
    ]  # fmt: skip


def opened(page: Page, path: str) -> Page:
    """With all that is folded away unfolded."""
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    return page


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
    expect(page.get_by_text("1 visit and 0 messages")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Same person: keep Elena Marsh").click()

    expect(page.get_by_text("The two records are one.")).to_be_visible()
    expect(page.get_by_role("link", name=f"{say_short_day(DAY)}, 10:00")).to_be_visible()
    expect(page.locator(".r-log").first).to_contain_text("merged another record into it")
    assert violations(page) == []
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
    assert violations(page) == []
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
def test_axe_finds_nothing_on_any_of_them(reception: Desk, addresses: list[str], scheme: str) -> None:
    page = reception.signs_in(role="manager", color_scheme=scheme)
    found = {path: violations(opened(page, path)) for path in addresses}
    assert not any(found.values()), found


def test_nothing_scrolls_sideways_on_a_phone(reception: Desk, addresses: list[str]) -> None:
    page = reception.signs_in(role="manager")
    for path in addresses:
        opened(page, path)
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert sideways(page) == 0, (path, width)


def test_each_physio_gets_one_sheet_of_paper(reception: Desk) -> None:
    for physio, room in zip(reception.service.practitioners.all(), Room.objects.all(), strict=True):
        make_appointment(service=reception.service, starts_at=at("10:00"), practitioner=physio, room=room)
    page = reception.opens()
    page.goto(f"/reception/day-sheet/?day={DAY:%Y-%m-%d}")
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
