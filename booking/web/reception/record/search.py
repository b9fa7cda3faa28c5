"""/reception/patients/: who is it? By name, telephone or date of birth, typing errors forgiven."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import Patient
from booking.queries.patients import FEWEST_LETTERS, find_patients
from booking.web.reception.door import desk
from booking.web.reception.needled import say_needled
from booking.web.reception.pages import page
from booking.web.reception.visit.panel import say_born
from booking.words import clinic_day, say_telephone

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPatient:
    """Enough to tell two Elenas apart."""

    id: str
    name: str
    about: str
    alert: str
    url: str
    needled: str = ""


@desk("GET")
def patients(request: HttpRequest) -> HttpResponse:
    typed, now = typed_in(request), timezone.now()
    facts = {
        "typed": typed,
        "found": found_patients(typed, now=now),
        "is_short": len(typed) < FEWEST_LETTERS,
    }
    return page(request, "record/search.html", facts)


def typed_in(request: HttpRequest) -> str:
    """What was searched for, as far as a name or a number can be meant by it."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]


def found_patients(typed: str, *, now: datetime, without: Patient | None = None) -> Sequence[FoundPatient]:
    rows = find_patients(typed, this_year=clinic_day(now).year)
    needled = say_needled(rows, now=now)
    return [
        found_patient(patient, now=now, needled=needled.get(patient.pk, ""))
        for patient in rows
        if patient != without
    ]


def found_patient(patient: Patient, *, now: datetime, needled: str = "") -> FoundPatient:
    born = patient.date_of_birth
    about = (
        say_born(born, today=clinic_day(now)) if born else "",
        say_telephone(patient.phone) if patient.phone else "",
        patient.email,
    )
    return FoundPatient(
        id=str(patient.pk),
        name=patient.name,
        about="; ".join(part for part in about if part),
        alert=patient.alert,
        needled=needled,
        url=reverse("reception:record", args=[patient.pk]),
    )
