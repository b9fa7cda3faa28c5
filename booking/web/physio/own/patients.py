"""/physio/patients/: my patients, by name."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Patient, Practitioner
from booking.queries.clinical.my_patients import my_patients
from booking.web.physio.door import physio
from booking.web.physio.pages import page
from booking.web.reception.record.search import typed_in
from booking.web.reception.record.when import say_when
from booking.web.reception.visit.panel import say_born
from booking.words import clinic_day


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPatient:
    name: str
    born: str
    visits: str
    has_alert: bool
    url: str


@physio("GET")
def patients(request: HttpRequest, me: Practitioner) -> HttpResponse:
    typed, now = typed_in(request), timezone.now()
    found = [_shown(patient, now=now) for patient in my_patients(me=me, typed=typed, now=now)]
    return page(request, "patients.html", {"typed": typed, "found": found})


def _shown(patient: Patient, *, now: datetime) -> MyPatient:
    last: datetime | None = patient.last_visit  # type: ignore[attr-defined]
    coming: datetime | None = patient.next_visit  # type: ignore[attr-defined]
    parts = [
        _("next %(when)s") % {"when": say_when(coming, now=now)} if coming else "",
        _("last %(when)s") % {"when": say_when(last, now=now)} if last else "",
    ]
    born = patient.date_of_birth
    return MyPatient(
        name=patient.name,
        born=say_born(born, today=clinic_day(now)) if born else "",
        visits=" · ".join(part for part in parts if part),
        has_alert=bool(patient.alert),
        url=reverse("physio:patient", args=[patient.pk]),
    )
