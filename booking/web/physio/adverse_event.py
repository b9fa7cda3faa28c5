"""/physio/visits/<id>/adverse-event/: what went wrong, written down while it is fresh."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Practitioner
from booking.actions.clinical.adverse_events import NotYetHappened, WhatHappened, report_adverse_event
from booking.models import AdverseEvent, Appointment
from booking.web.physio.door import about_my_visit, signed_in
from booking.words import clinic_day


class AdverseEventForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=AdverseEvent.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what comes nearest.")},
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("How bad"),
        choices=AdverseEvent.Severity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    occurred_on = forms.DateField(
        label=gettext_lazy("When"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Say on which day.")},
    )
    description = forms.CharField(
        label=gettext_lazy("In words"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, data: Any = None, *, day: date) -> None:
        super().__init__(data, initial={"occurred_on": day}, label_suffix="", use_required_attribute=False)


@about_my_visit("GET", "POST")
def adverse_event(request: HttpRequest, me: Practitioner, visit: Appointment) -> HttpResponse:
    form = AdverseEventForm(
        request.POST if request.method == "POST" else None, day=clinic_day(visit.starts_at)
    )
    if request.method != "POST":
        return _show(request, visit, form)
    if not form.is_valid():
        return _show(request, visit, form, status=422)
    try:
        report_adverse_event(
            appointment_id=visit.pk,
            what=WhatHappened(**form.cleaned_data),
            by=signed_in(request),
            now=timezone.now(),
        )
    except NotYetHappened:
        form.add_error("occurred_on", _("Choose a day between the visit and today."))
        return _show(request, visit, form, status=422)
    messages.success(request, _("Reported. It is counted with the others."))
    return redirect("physio:visit", visit.pk)


def _show(
    request: HttpRequest, visit: Appointment, form: AdverseEventForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "physio/adverse_event.html", {"visit": visit, "form": form}, status=status)
