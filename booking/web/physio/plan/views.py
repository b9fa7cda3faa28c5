"""/physio/patients/<id>/plan/: so many visits, so far apart, and after how many we look again."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Patient, Practitioner
from booking.actions.clinical.plan_changes import FewerThanMade, PlanTerms, change_plan
from booking.actions.clinical.plans import PlanHasEnded, PlanRunsAlready, end_plan, make_plan
from booking.models import CarePlan
from booking.queries.clinical.plans import RunningPlan, earlier_terms, running_plans
from booking.web.physio.door import about_my_patient, signed_in
from booking.web.physio.plan.forms import PlanForm, TermsForm
from booking.web.physio.plan.shown import shown_earlier, shown_plan


@about_my_patient("GET", "POST")
def plan(request: HttpRequest, me: Practitioner, patient: Patient) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        act: Callable[..., HttpResponse] = next(
            (act for name, act in (("end", _end), ("change", _change)) if name in request.POST), _make
        )
        return act(request, me, patient, now=now)
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


def _change(request: HttpRequest, me: Practitioner, patient: Patient, *, now: datetime) -> HttpResponse:
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _show(request, me, patient, form=form, status=422)
    try:
        change_plan(
            plan_id=_mine(me, patient).pk,
            terms=PlanTerms(**form.cleaned_data),
            by=signed_in(request),
            now=now,
        )
    except PlanHasEnded:
        return _ended(request, me, patient)
    except FewerThanMade as refusal:
        form.add_error("visits", _why_not_fewer(refusal.made))
        return _show(request, me, patient, form=form, status=409)
    messages.success(request, _("The plan is changed. Visits that are booked stay booked."))
    return redirect("physio:plan", patient.pk)


def _end(request: HttpRequest, me: Practitioner, patient: Patient, *, now: datetime) -> HttpResponse:
    try:
        end_plan(plan_id=_mine(me, patient).pk, by=signed_in(request), now=now)
    except PlanHasEnded:
        return _ended(request, me, patient)
    messages.success(request, _("The plan has ended. Visits that are booked stay booked."))
    return redirect("physio:plan", patient.pk)


def _mine(me: Practitioner, patient: Patient) -> CarePlan:
    """Raises PlanHasEnded, where none of mine is running."""
    for found in running_plans(patient.pk):
        if found.plan.practitioner_id == me.pk:
            return found.plan
    raise PlanHasEnded


def _ended(request: HttpRequest, me: Practitioner, patient: Patient) -> HttpResponse:
    trouble = _("No plan with you is running any more. Nothing was changed.")
    return _show(request, me, patient, trouble=trouble, status=409)


def _why_not_fewer(made: int) -> str:
    words = ngettext(
        "%(made)d visit is done or booked already. Plan at least that, or have it cancelled first.",
        "%(made)d visits are done or booked already. Plan at least so many, or have one cancelled first.",
        made,
    )
    return words % {"made": made}


def _show(
    request: HttpRequest,
    me: Practitioner,
    patient: Patient,
    *,
    form: TermsForm | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    """A form with errors stands open; of a plan that runs, the one that changes it is folded away."""
    running = running_plans(patient.pk)
    mine = next((one for one in running if one.plan.practitioner_id == me.pk), None)
    facts = {
        "patient": patient,
        "mine": shown_plan(mine) if mine else None,
        "earlier": [shown_earlier(row) for row in earlier_terms(mine.plan)] if mine else [],
        "others": [shown_plan(one) for one in running if one is not mine],
        "form": form or _fresh(me, mine),
        "trouble": trouble,
    }
    return render(request, "physio/plan/plan.html", facts, status=status)


def _fresh(me: Practitioner, mine: RunningPlan | None) -> TermsForm:
    return TermsForm(initial=asdict(PlanTerms.of(mine.plan))) if mine else PlanForm(me=me)
