"""A line as on any day: a patient books and pays, everybody looks at their pages, every letter goes out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Patient, User
from booking import tasks
from booking.actions.messages.delivery import deliver_due
from booking.gateways.mail import Mailer
from booking.models import (
    Appointment,
    Payment,
    Refund,
)
from booking.queries.links import token_for
from booking.web.patient.new_visit.paying import return_url
from tests.faults.canary import Watch
from tests.web.patient.scene import held, typed, working_day

PHYSIO_PAGES = ("today", "week", "patients", "events", "calendar", "leave")
OF_A_PATIENT = ("patient", "plan")
OF_A_VISIT = ("visit", "consent", "record", "addition", "adverse-event")


@dataclass
class Scene:
    """Elena was needled by Maren yesterday and comes again; Maren, reception and a manager are signed in."""

    watch: Watch
    elena: Patient
    past: Appointment
    coming: Appointment
    maren: User
    clerk: User
    physio: Client
    desk: Client
    stranger: Client

    @property
    def needling(self) -> Any:
        return self.past.service.treatments.get()


def runs(scene: Scene) -> None:
    a_patient_books_and_pays_online(scene)
    the_patient_looks(scene)
    the_desk_looks_everywhere(scene)
    the_physio_looks_everywhere(scene)
    every_letter_goes_out()


def a_patient_books_and_pays_online(scene: Scene) -> None:
    patient = scene.stranger
    visit = held(patient, scene.past.service, working_day(3, "10:00"))
    patient.post("/book/follow-up/details/", typed(visit, pay="online", email=scene.elena.email))
    scene.watch.stand_in.pay(Payment.objects.get(appointment=visit).stripe_session_id)
    assert patient.get(return_url(visit), follow=True).status_code == 200
    visit.refresh_from_db()
    assert visit.status == "confirmed"
    cancel = f"/appointments/{token_for(visit)}/cancel/"
    back = patient.get(cancel).context["back"]  # what the page says goes back, and the button sends along
    assert patient.post(cancel, {"back": back}).status_code == 302
    tasks.settle_payments()
    visit.refresh_from_db()
    assert (visit.status, Refund.objects.get().state) == ("cancelled", "succeeded")


def the_patient_looks(scene: Scene) -> None:
    patient = scene.watch.browser()
    patient.force_login(scene.elena.holder)
    mine = f"/appointments/{token_for(scene.coming)}/"
    for page in ("/", "/book/", "/book/follow-up/", "/appointments/", mine, f"{mine}move/"):
        assert patient.get(page, follow=True).status_code == 200
    assert patient.get(f"{mine}calendar.ics").status_code == 200


def the_desk_looks_everywhere(scene: Scene) -> None:
    for page in ("diary", "day-list", "lists", "patients", "absences", "day-sheet", "takings"):
        assert scene.desk.get(reverse(f"reception:{page}")).status_code == 200
    for visit in (scene.past, scene.coming):
        assert scene.desk.get(reverse("reception:visit", args=[visit.pk])).status_code == 200
    assert scene.desk.get(reverse("reception:record", args=[scene.elena.pk])).status_code == 200
    day = f"{working_day(4, '11:00'):%Y-%m-%d}"
    assert scene.desk.get(reverse("api:diary"), {"from": day, "days": 7}).status_code == 200


def the_physio_looks_everywhere(scene: Scene) -> None:
    pages = [
        *((name, []) for name in PHYSIO_PAGES),
        *((name, [scene.elena.pk]) for name in OF_A_PATIENT),
        *((name, [scene.past.pk]) for name in OF_A_VISIT),
    ]
    for name, about in pages:
        try:
            address = reverse(f"physio:{name}", args=about)
        except NoReverseMatch:
            continue
        assert scene.physio.get(address).status_code < 500
    made = scene.physio.post(reverse("physio:calendar"), {"do": "make"})
    feed = urlsplit(made.context["address"]).path
    assert scene.watch.browser().get(feed).status_code == 200


def every_letter_goes_out() -> None:
    now = timezone.now()
    for moment in (now + timedelta(hours=hours) for hours in range(0, 24 * 14, 12)):
        deliver_due(clock=partial(_stands_at, moment), mailer=Mailer())


def _stands_at(moment: datetime) -> datetime:
    return moment
