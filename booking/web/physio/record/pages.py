"""/physio/visits/<id>/record/: what was done, drafted and signed; and what is added below it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.actions.clinical.record_refusals import RecordRefused
from booking.actions.clinical.records import BEGUN, add_to_record, save_record, sign_record
from booking.gateways import doorbell
from booking.models import Appointment, VisitRecord
from booking.queries.clinical.records import record_of, techniques_offered
from booking.web.physio.door import about_my_visit, signed_in
from booking.web.physio.record.forms import AdditionForm, RecordForm
from booking.web.physio.record.refusals import in_words
from booking.web.physio.record.shown import shown_record


@about_my_visit("GET", "POST")
def record(request: HttpRequest, me: Practitioner, visit: Appointment) -> HttpResponse:
    written = record_of(visit)
    if visit.status not in BEGUN:
        return render(request, "physio/record/not_yet.html", {"visit": visit}, status=409)
    if written is not None and written.signed_at is not None:
        if request.method == "POST":
            messages.info(request, _("It was signed before. Add to it below; what is signed stays."))
            return redirect("physio:record", visit.pk)
        return _signed(request, visit, written, AdditionForm())
    treatments = techniques_offered(visit)
    if request.method != "POST":
        return _form(request, visit, RecordForm(treatments=treatments, draft=written))
    form = RecordForm(request.POST, treatments=treatments)
    if not form.is_valid():
        return _form(request, visit, form, status=422)
    return _keep(request, me, visit, form)


def _keep(request: HttpRequest, me: Practitioner, visit: Appointment, form: RecordForm) -> HttpResponse:
    signs = request.POST.get("do") == "sign"
    keep = sign_record if signs else save_record
    try:
        keep(
            appointment_id=visit.pk,
            practitioner=me,
            written=form.written(),
            by=signed_in(request),
            now=timezone.now(),
        )
    except RecordRefused as refusal:
        form.add_error(None, in_words(refusal))
        return _form(request, visit, form, status=409)
    if signs:
        doorbell.ring()
    messages.success(request, _("Signed and locked.") if signs else _("Saved. It is not signed yet."))
    return redirect("physio:record", visit.pk)


@about_my_visit("POST")
def addition(request: HttpRequest, me: Practitioner, visit: Appointment) -> HttpResponse:
    form, written = AdditionForm(request.POST), record_of(visit)
    if written is None or written.signed_at is None:
        return redirect("physio:record", visit.pk)
    if not form.is_valid():
        return _signed(request, visit, written, form, status=422)
    try:
        add_to_record(
            appointment_id=visit.pk,
            practitioner=me,
            text=form.cleaned_data["text"],
            by=signed_in(request),
            now=timezone.now(),
        )
    except RecordRefused as refusal:
        form.add_error(None, in_words(refusal))
        return _signed(request, visit, written, form, status=409)
    messages.success(request, _("Added. What was signed stays as it was."))
    return redirect("physio:record", visit.pk)


def _form(request: HttpRequest, visit: Appointment, form: RecordForm, *, status: int = 200) -> HttpResponse:
    return render(request, "physio/record/write.html", {"visit": visit, "form": form}, status=status)


def _signed(
    request: HttpRequest, visit: Appointment, written: VisitRecord, form: AdditionForm, *, status: int = 200
) -> HttpResponse:
    facts = {"visit": visit, "record": shown_record(written), "form": form}
    return render(request, "physio/record/signed.html", facts, status=status)
