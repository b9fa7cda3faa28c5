"""/reception/patients/<id>/: one patient's record, and what the desk may change on it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.actions.desk.records import block_online, change_contact, set_alert
from booking.actions.reading import note_opened
from booking.queries.record import read_record
from booking.web.reception.door import clerk
from booking.web.reception.pages import page
from booking.web.reception.record.about import about_a_patient
from booking.web.reception.record.forms import AlertForm, ContactForm
from booking.web.reception.record.shown import shown_record
from booking.words import clinic_day


@about_a_patient("GET")
def record(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Who opens it is written down: the patient can ask who looked."""
    now = timezone.now()
    note_opened(patient_id=patient.pk, by=clerk(request), now=now)
    return show_record(request, patient, AlertForm(initial={"alert": patient.alert}), now=now)


@about_a_patient("GET", "POST")
def contact(request: HttpRequest, patient: Patient) -> HttpResponse:
    now = timezone.now()
    form = ContactForm(request.POST or None, patient=patient, today=clinic_day(now))
    if request.method != "POST" or not form.is_valid():
        facts = {"patient": patient, "form": form}
        return page(request, "record/contact.html", facts, status=422 if form.errors else 200)
    change_contact(
        patient_id=patient.pk,
        details=form.details(),
        changed=form.changed(),
        by=clerk(request),
        now=now,
    )
    messages.success(request, _("The contact details are changed."))
    return redirect("reception:record", patient.pk)


@about_a_patient("POST")
def alert(request: HttpRequest, patient: Patient) -> HttpResponse:
    now, form = timezone.now(), AlertForm(request.POST)
    if not form.is_valid():
        return show_record(request, patient, form, now=now, status=422)
    text = form.cleaned_data["alert"]
    set_alert(patient_id=patient.pk, alert=text, by=clerk(request), now=now)
    messages.success(request, _("The alert is set.") if text else _("The alert is taken away."))
    return redirect("reception:record", patient.pk)


@about_a_patient("POST")
def online(request: HttpRequest, patient: Patient) -> HttpResponse:
    blocked = request.POST.get("blocked") == "1"
    block_online(patient_id=patient.pk, blocked=blocked, by=clerk(request), now=timezone.now())
    words = {"name": patient.name}
    said = _("%(name)s books by telephone from now on.") if blocked else _("%(name)s can book online again.")
    messages.success(request, said % words)
    return redirect("reception:record", patient.pk)


def show_record(
    request: HttpRequest, patient: Patient, form: AlertForm, *, now: datetime, status: int = 200
) -> HttpResponse:
    shown = shown_record(read_record(patient=patient, now=now), now=now)
    return page(request, "record/record.html", {"record": shown, "alert_form": form}, status=status)
