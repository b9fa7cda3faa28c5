"""Every page of the physio by axe's rules, in both schemes; narrow enough, and with room for a thumb."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from booking.models import Consent, LeaveRequest, Screening, VisitRecord
from tests.factories import make_consent_text, make_needling, make_screening_form
from tests.journeys.physio.conftest import Phone, just_now
from tests.journeys.test_every_page_can_be_used import NARROW, too_small, violations

pytestmark = pytest.mark.django_db(transaction=True)


def a_full_card(phone: Phone) -> str:
    """Somebody with an alert, a note, an amber screening, a consent that was read, and a visit before."""
    now = just_now()
    needling = make_needling(slug="needling")
    phone.service.treatments.add(needling)
    visit = phone.visit("Priya Nair", alert="Faints.", status="arrived", arrived_at=now, patient_note="Hip.")
    form = make_screening_form(treatment=needling)
    visit.screening = Screening.objects.create(
        form=form,
        patient=visit.patient,
        answers={"pregnant": "yes", "epilepsy": "no"},
        note="I am nervous.",
        colour="amber",
        advice="longer_visit",
        answered_at=now,
        expires_at=now.replace(year=now.year + 1),
    )
    visit.save()
    Consent.objects.create(patient=visit.patient, text=make_consent_text(treatment=needling), opened_at=now)
    before = phone.visit("Priya Nair", status="completed", starts_at=now.replace(year=now.year - 1))
    before.patient = visit.patient
    before.save()
    VisitRecord.objects.create(
        appointment=before,
        practitioner=before.practitioner,
        note="Upper trapezius.",
        written_at=now,
        signed_at=now,
    )
    LeaveRequest.objects.create(
        practitioner=visit.practitioner, starts_at=now, ends_at=now.replace(year=now.year + 1), asked_at=now
    )
    return str(visit.pk)


def every_page(phone: Phone, page: Page) -> Iterator[str]:
    visit = a_full_card(phone)
    page.goto("/physio/")
    yield "today"
    page.goto("/physio/?day=2027-01-02")
    yield "an empty day"
    page.goto(f"/physio/visits/{visit}/")
    yield "card"
    page.goto("/physio/week/")
    yield "week"
    page.goto("/physio/patients/")
    yield "patients"
    page.goto("/physio/patients/?q=nobody+like+that")
    yield "nobody found"
    page.goto("/physio/calendar/")
    yield "calendar"
    page.get_by_role("button", name="Make my address").click()
    page.get_by_role("heading", name="Your address, shown this once").wait_for()
    yield "calendar with an address"
    page.goto("/physio/leave/")
    yield "leave"
    page.get_by_role("button", name="Ask for this leave").click()
    page.get_by_role("heading", name="Please look at").wait_for()
    yield "leave with errors"
    page.goto("/physio/")
    if page.locator(".p-more summary").is_visible():
        page.locator(".p-more summary").click()
        yield "the menu"


@pytest.mark.parametrize(
    "options",
    [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 1440, "height": 900}}],
    ids=["light, on a phone", "dark, on a desk"],
)
def test_axe_finds_nothing(phone: Phone, options: dict[str, object]) -> None:
    page = phone.opens(**options)
    found = {name: wrong for name in every_page(phone, page) if (wrong := violations(page))}
    assert found == {}


def test_the_narrowest_phone_scrolls_nothing_sideways_and_leaves_room_for_a_thumb(phone: Phone) -> None:
    page = phone.opens(viewport=NARROW)
    facts = {
        name: (page.evaluate("document.documentElement.scrollWidth"), too_small(page))
        for name in every_page(phone, page)
    }
    assert facts == dict.fromkeys(facts, (NARROW["width"], []))


def test_the_address_can_be_copied(phone: Phone) -> None:
    page = phone.opens("/physio/calendar/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Make my address").click()
    address = page.get_by_label("Address of your calendar").input_value()
    page.get_by_role("button", name="Copy the address").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address
