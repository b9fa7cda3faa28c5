"""/physio/patients/<id>/plan/: so many visits, so far apart, and after how many we look again."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Patient, Practitioner
from booking.actions.clinical.plans import PlanHasEnded, PlanRunsAlready, end_plan, make_plan
from booking.actions.desk.records import note_opened
from booking.queries.clinical.plans import running_plans
from booking.web.physio.door import about_my_patient, signed_in
from booking.web.physio.plan.forms import PlanForm
from booking.web.physio.plan.shown import shown_plan


@about_my_patient("GET", "POST")
def plan(request: HttpRequest, me: Practitioner, patient: Patient) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        return (
            _end(request, me, patient, now=now)
            if "end" in request.POST
            else _make(request, me, patient, now=now)
        )
    note_opened(patient_id=patient.pk, by=signed_in(request), now=now)
    return _show(request, me, patient)


def _make(request: HttpRequest, me: Practitioner, patient: Patient, *, now: datetime) -> HttpResponse:
    form = PlanForm(request.POST, me=me)
    if not form.is_valid():
        return _show(request, me, patient, form=form, status=422)
    try:
        make_plan(patient=patient, practitioner=me, by=signed_in(request), now=now, **form.cleaned_data)
    except PlanRunsAlready:
        trouble = _("A plan with you is running already. This is how it stands.")
        return _show(request, me, patient, trouble=trouble, status=409)
    messages.success(request, _("The plan is made. Reception books from it."))
    return redirect("physio:plan", patient.pk)


def _end(request: HttpRequest, me: Practitioner, patient: Patient, *, now: datetime) -> HttpResponse:
    mine = [found.plan for found in running_plans(patient.pk) if found.plan.practitioner_id == me.pk]
    try:
        if not mine:
            raise PlanHasEnded
        end_plan(plan_id=mine[0].pk, by=signed_in(request), now=now)
    except PlanHasEnded:
        trouble = _("No plan with you is running any more. Nothing was changed.")
        return _show(request, me, patient, trouble=trouble, status=409)
    messages.success(request, _("The plan has ended. Visits that are booked stay booked."))
    return redirect("physio:plan", patient.pk)


def _show(
    request: HttpRequest,
    me: Practitioner,
    patient: Patient,
    *,
    form: PlanForm | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    running = running_plans(patient.pk)
    mine = next((one for one in running if one.plan.practitioner_id == me.pk), None)
    facts = {
        "patient": patient,
        "mine": shown_plan(mine) if mine else None,
        "others": [shown_plan(one) for one in running if one is not mine],
        "form": form or PlanForm(me=me),
        "trouble": trouble,
    }
    return render(request, "physio/plan/plan.html", facts, status=status)
