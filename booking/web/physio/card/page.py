"""A patient's card, opened for one visit: section after section."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Practitioner
from booking.actions.desk.records import note_opened
from booking.models import Appointment
from booking.web.physio.card.sections import SECTIONS
from booking.web.physio.door import about_my_visit, signed_in


@about_my_visit("GET")
def visit(request: HttpRequest, me: Practitioner, visit: Appointment) -> HttpResponse:
    now, patient = timezone.now(), visit.patient
    assert patient is not None, "a visit that was made has a patient"
    note_opened(patient_id=patient.pk, by=signed_in(request), now=now)
    drawn = [draw(patient=patient, me=me, visit=visit, now=now) for draw in SECTIONS]
    facts = {"patient": patient, "sections": [section for section in drawn if section is not None]}
    return render(request, "physio/card.html", facts)
