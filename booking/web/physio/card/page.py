"""/physio/patients/<id>/ and /physio/visits/<id>/: one patient's card, by itself or opened for a visit."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Patient, Practitioner
from booking.models import Appointment
from booking.queries.clinical.card import family_of, has_signed_record
from booking.web.physio.card.sections import SECTIONS
from booking.web.physio.door import about_my_patient, about_my_visit
from booking.web.physio.pages import page
from booking.web.physio.visit_words import Steps, say_minutes, say_place, standing_of, steps_of
from booking.web.reception.visit.marks import Mark
from booking.web.reception.visit.panel import say_born
from booking.words import clinic_day, say_day, say_telephone, say_time


@dataclass(frozen=True, slots=True, kw_only=True)
class CardHead:
    """Who it is. Facts only, no he or she."""

    name: str
    born: str
    tel: str
    phone: str
    alert: str
    family: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardVisit:
    """The visit for which the card was opened."""

    id: str
    day: str
    times: str
    about: str
    where: str
    mark: Mark
    note: str
    steps: Steps


@about_my_patient("GET")
def patient(request: HttpRequest, me: Practitioner, patient: Patient) -> HttpResponse:
    return _show(request, me, patient, None)


@about_my_visit("GET")
def visit(request: HttpRequest, me: Practitioner, visit: Appointment) -> HttpResponse:
    assert visit.patient is not None, "a visit that was made has a patient"
    if visit.patient.merged_into_id is not None:
        return redirect("physio:patient", visit.patient.merged_into_id)
    return _show(request, me, visit.patient, visit)


def _show(
    request: HttpRequest, me: Practitioner, patient: Patient, visit: Appointment | None
) -> HttpResponse:
    now = timezone.now()
    drawn = (draw(patient=patient, me=me, visit=visit, now=now) for draw in SECTIONS)
    facts = {
        "head": head_of(patient, now=now),
        "visit": shown_visit(visit, now=now) if visit else None,
        "sections": [section for section in drawn if section is not None],
    }
    return page(request, "card.html", facts)


def head_of(patient: Patient, *, now: datetime) -> CardHead:
    """One query, where the patient shares a sign-in."""
    family = ", ".join(person.name for person in family_of(patient))
    born = patient.date_of_birth
    return CardHead(
        name=patient.name,
        born=_("Born %(born)s") % {"born": say_born(born, today=clinic_day(now))} if born else "",
        tel=patient.phone.replace(" ", ""),
        phone=say_telephone(patient.phone) if patient.phone else "",
        alert=patient.alert,
        family=_("One sign-in with %(names)s") % {"names": family} if family else "",
        url=reverse("physio:patient", args=[patient.pk]),
    )


def shown_visit(visit: Appointment, *, now: datetime) -> CardVisit:
    words = {"start": say_time(visit.starts_at), "end": say_time(visit.ends_at)}
    return CardVisit(
        id=str(visit.pk),
        day=say_day(visit.starts_at),
        times=_("%(start)s to %(end)s") % words,
        about=f"{visit.service.name}, {say_minutes(visit)}",
        where=say_place(visit),
        mark=standing_of(visit, now=now),
        note=visit.patient_note,
        steps=steps_of(visit, has_record=has_signed_record(visit), now=now),
    )
