"""People in every clinical state at one physio's, and the pages on which they are met."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from playwright.sync_api import Page

from booking.actions.audit import Actor
from booking.actions.clinical.consents import withdraw_consent
from booking.actions.clinical.records import sign_record
from booking.models import Appointment, Consent, LeaveRequest, Screening
from booking.words import clinic_day
from catalogue.models import ScreeningForm
from tests.factories import make_consent_text, make_credential, make_screening_form
from tests.journeys.physio.conftest import Phone, just_now
from tests.needled import make_alert
from tests.needling import needled, sign, text

AN_HOUR = timedelta(hours=1)
A_YEAR = timedelta(days=365)


def today(away: timedelta) -> datetime:
    """So long ago. In the first hours of a day that was yesterday, so there it is after the other visits."""
    then = just_now() + away
    return then if clinic_day(then) == clinic_day(just_now()) else then + 4 * AN_HOUR


class Everybody:
    """Priya is next, amber, with an alert. Tom's red answers have run out.

    Elena signed, had needles and must be rung; Ivo signed and took it back, and his note is missing.
    """

    def __init__(self, phone: Phone) -> None:
        needling = phone.service.treatments.get()
        needling.uses_needles, needling.aftercare = True, "Move as you normally do."
        needling.save()
        make_consent_text(treatment=needling)
        make_credential(practitioner=phone.service.practitioners.get())
        form = make_screening_form(treatment=needling)
        now = timezone.now()

        self.amber = phone.visit(
            "Priya Nair", alert="Faints.", status="arrived", arrived_at=now, patient_note="Hip."
        )
        answer(self.amber, form, colour="amber", advice="longer_visit")
        Consent.objects.create(patient=self.amber.patient, text=text(), opened_at=now)
        self.red = phone.visit("Tom Reed", starts_at=just_now() + AN_HOUR)
        answer(self.red, form, age=A_YEAR, colour="red", advice="call_us")

        self.signed = phone.visit("Elena Marsh", status="in_room", starts_at=today(-AN_HOUR))
        sign(self.signed, now=now)
        sign_record(
            appointment_id=self.signed.pk, practitioner=self.signed.practitioner, written=needled(),
            by=phone.user, now=now,
        )  # fmt: skip
        make_alert(self.signed, raised_at=now)
        self.withdrawn = phone.visit("Ivo Lane", status="in_room", starts_at=today(-2 * AN_HOUR))
        consent = sign(self.withdrawn, now=now, signed_name="Ivo Lane")
        withdraw_consent(consent_id=consent.pk, withdrawn_by="patient", by=Actor.staff(phone.user), now=now)
        self.rung = make_alert(
            self.withdrawn, kind="call_back", raised_at=now, taken_at=now, taken_by=phone.user
        )
        Appointment.objects.filter(status="in_room").update(status="completed")
        LeaveRequest.objects.create(
            practitioner=self.amber.practitioner, starts_at=now, ends_at=now + A_YEAR, asked_at=now
        )


def answer(visit: Appointment, form: ScreeningForm, *, age: timedelta = timedelta(), **fields: str) -> None:
    """Yes to two of the questions, so long ago."""
    then = just_now() - age
    visit.screening = Screening.objects.create(
        form=form,
        patient=visit.patient,
        answers={"pregnant": "yes", "epilepsy": "no", "phobia": "unsure"},
        note="I am nervous.",
        answered_at=then,
        expires_at=then + timedelta(days=90),
        **fields,
    )
    visit.save()


def every_page(phone: Phone, page: Page) -> Iterator[str]:
    """Goes through the physio's pages once, and stops on each under the name it is known by."""
    met = Everybody(phone)
    yield from _goes(page, {
        "today, with alerts": "/physio/",
        "an empty day": "/physio/?day=2027-01-02",
        "week": "/physio/week/",
        "card, amber and read": f"/physio/visits/{met.amber.pk}/",
        "card, red and expired": f"/physio/visits/{met.red.pk}/",
        "card, signed": f"/physio/visits/{met.signed.pk}/",
        "card, withdrawn": f"/physio/visits/{met.withdrawn.pk}/",
        "consent to sign": f"/physio/visits/{met.amber.pk}/consent/",
        "consent signed": f"/physio/visits/{met.signed.pk}/consent/",
        "consent withdrawn": f"/physio/visits/{met.withdrawn.pk}/consent/",
        "record signed": f"/physio/visits/{met.signed.pk}/record/",
        "plan": f"/physio/patients/{met.signed.patient_id}/plan/",
        "alert": f"/physio/alerts/{met.rung.pk}/take/",
        "adverse event": f"/physio/visits/{met.signed.pk}/adverse-event/",
        "adverse events": "/physio/adverse-events/",
        "patients": "/physio/patients/",
        "nobody found": "/physio/patients/?q=nobody+like+that",
        "leave": "/physio/leave/",
    })  # fmt: skip
    page.get_by_role("button", name="Ask for this leave").click()
    page.get_by_role("heading", name="Please look at").wait_for()
    yield "leave with errors"
    page.goto(f"/physio/visits/{met.amber.pk}/record/")
    page.get_by_text("Dry needling", exact=True).click()
    yield "record"
    page.get_by_role("button", name="Sign and lock").click()
    page.get_by_text("Nothing you typed is lost").wait_for()
    yield "record with errors"
    page.goto("/physio/calendar/")
    page.get_by_role("button", name="Make my address").click()
    page.get_by_role("heading", name="Your address, shown this once").wait_for()
    yield "calendar with an address"
    page.locator(".p-more summary").click()
    yield "the menu"


def _goes(page: Page, addresses: dict[str, str]) -> Iterator[str]:
    for name, address in addresses.items():
        page.goto(address)
        yield name
