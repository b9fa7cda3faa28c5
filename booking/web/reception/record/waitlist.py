"""/reception/patients/<id>/waiting-list/: what a patient waits for, written down on the telephone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.actions.desk.waitlist import put_on_waitlist
from booking.models import WaitlistEntry
from booking.queries.usual_service import last_visit, services_at_desk, usual_service
from booking.web.reception.door import clerk
from booking.web.reception.pages import page
from booking.web.reception.record.about import about_a_patient
from booking.web.reception.record.waitlist_form import WaitlistForm, initially


@about_a_patient("GET", "POST")
def waitlist(request: HttpRequest, patient: Patient) -> HttpResponse:
    now, entry = timezone.now(), _entry(request.GET.get("entry", ""), patient)
    if request.method == "POST":
        form = WaitlistForm(request.POST, patient=patient, now=now)
        if form.is_valid():
            put_on_waitlist(
                patient_id=patient.pk,
                wanted=form.wanted(),
                by=clerk(request),
                now=now,
                instead_of=entry.pk if entry else None,
            )
            said = _("%(name)s is on the waiting list. A time that fits shows under “Needs a hand”.")
            messages.success(request, said % {"name": patient.name})
            return redirect("reception:record", patient.pk)
    else:
        usual = usual_service(last=last_visit(patient), practitioner=None, services=services_at_desk())
        form = WaitlistForm(initial=initially(entry, usual, now=now), patient=patient, now=now)
    facts = {"patient": patient, "form": form}
    return page(request, "record/waitlist.html", facts, status=422 if form.errors else 200)


def _entry(key: str, patient: Patient) -> WaitlistEntry | None:
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    rows = WaitlistEntry.objects.filter(pk=wanted, patient=patient, taken_off_at=None)
    return rows.select_related("service", "practitioner", "location").first()
