"""Booking from a plan: its patient, its service, its rhythm, and its gate said in words."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.actions.clinical.plans import AllBooked, PlanHasEnded, ReassessmentFirst
from booking.models import CarePlan
from booking.queries.clinical.plans import RunningPlan, running_plans
from booking.web.reception.clash_words import Refusal

REFUSED = (PlanHasEnded, AllBooked, ReassessmentFirst)


def read_care_plan(data: Any, patient: Patient | None) -> RunningPlan | None:
    """The running plan that an address or a form names, if it is one of this patient's."""
    try:
        key = UUID(data.get("care_plan", ""))
    except ValueError:
        return None
    if patient is None:
        return None
    return next((found for found in running_plans(patient.pk) if found.plan.pk == key), None)


def refused_by_plan(plan: CarePlan, refusal: Exception) -> Refusal:
    words = {"physio": plan.practitioner.first_name, "after": getattr(refusal, "after", 0)}
    match refusal:
        case ReassessmentFirst():
            reason = _("%(physio)s reassesses after visit %(after)d. Until then nothing more is booked.")
        case AllBooked():
            reason = _("Every visit of the plan is booked already.")
        case _:
            reason = _("%(physio)s has ended the plan. Book the visit without it.")
    return Refusal(reasons=[reason % words], free="", instead=[], may_be_overridden=False)
