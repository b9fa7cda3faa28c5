"""The plans of a patient as the desk sees them: how far, and what may be booked now. Never the goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.queries.clinical.plans import RunningPlan, running_plans
from booking.web.reception.booking.forms import MOST_WEEKS
from booking.words import in_clinic_time


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """`waits` says for whom, when nothing can be booked before they have looked again."""

    words: str
    about: str
    waits: str
    book_url: str
    book_text: str


def plan_lines(patient_id: UUID | None, *, now: datetime) -> Sequence[PlanLine]:
    """Of the plans that are running. Two queries; one where there is none."""
    return [_line(found, now=now) for found in running_plans(patient_id)] if patient_id else []


def _line(found: RunningPlan, *, now: datetime) -> PlanLine:
    plan, progress = found.plan, found.progress
    physio = plan.practitioner.first_name
    words = {"done": progress.done, "visits": progress.visits, "gate": progress.gate}
    with_gate = _("Plan: %(done)d of %(visits)d, next reassessment after %(gate)d")
    about = _("%(service)s with %(physio)s") % {"service": plan.service.name, "physio": physio}
    if progress.booked:
        about = _("%(about)s; %(booked)d booked") % {"about": about, "booked": progress.booked}
    count = min(MOST_WEEKS, progress.may_be_booked)
    return PlanLine(
        words=(with_gate if progress.has_gate else _("Plan: %(done)d of %(visits)d")) % words,
        about=about,
        waits=_("Reassessment due: waits for %(physio)s") % {"physio": physio}
        if progress.reassessment_is_due
        else "",
        book_url=_book_url(found, now=now) if count else "",
        book_text=ngettext("Book the next visit", "Book the next %(count)d visits", count) % {"count": count}
        if count
        else "",
    )


def _book_url(found: RunningPlan, *, now: datetime) -> str:
    """Booking with everything filled in: so many days after the last visit, at the same time of day."""
    plan, last = found.plan, found.last_visit
    asked = {
        "patient": str(plan.patient_id),
        "care_plan": str(plan.pk),
        "practitioner": plan.practitioner.slug,
    }
    if last is not None:
        local = in_clinic_time(last.starts_at)
        day = max(local.date() + timedelta(days=plan.every_days), in_clinic_time(now).date())
        asked |= {"day": day.isoformat(), "time": f"{local:%H:%M}"}
    return f"{reverse('reception:book')}?{urlencode(asked)}"
