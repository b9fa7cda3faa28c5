"""The panel that books: first who it is, then the rest, with everything filled in that can be guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.models import Appointment
from booking.queries.clinical.plans import RunningPlan
from booking.queries.desk_times import first_free_at_desk
from booking.queries.usual_service import last_visit, services_at_desk, usual_service
from booking.web.reception.answers import panel
from booking.web.reception.booking.care_plan import read_care_plan
from booking.web.reception.booking.forms import MOST_WEEKS, BookForm
from booking.web.reception.booking.found import found_facts
from booking.web.reception.booking.plan import Plan, read_patient
from booking.web.reception.clash_words import Instead, Refusal
from booking.web.reception.needled import say_needled
from booking.web.reception.spot import instead_of
from booking.web.reception.visit.panel import shown_patient
from booking.words import clinic_day, in_clinic_time, say_money, say_relative_day, say_short_day, say_time
from catalogue.models import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOption:
    """One line of “what for”."""

    id: int
    text: str
    is_chosen: bool


def show_booking(request: HttpRequest, plan: Plan, patient: Patient | None, *, now: datetime) -> HttpResponse:
    """Without a patient ask who it is; with one, the rest."""
    if patient is None:
        return panel(request, "who.html", {**found_facts(request.GET, now=now), "plan": plan})
    last, services = last_visit(patient), services_at_desk()
    care_plan = read_care_plan(request.GET, patient)
    if care_plan is not None:
        services = [care_plan.plan.service]
    asked = request.GET.get("service", "")
    service = next((one for one in services if one.slug == asked), None) or usual_service(
        last=last, practitioner=plan.practitioner, services=services
    )
    facts = {
        **_facts(patient, plan, service=service, services=services, now=now),
        **_of_plan(care_plan),
        "form": _form(
            _initial(patient, plan, last.practitioner.slug if last else "", now=now), care_plan=care_plan
        ),
        "soonest": _soonest(service, plan, now=now) if service and plan.starts_at is None else [],
        "known_by": _known_by(last, now=now) if last else "",
    }
    return panel(request, "book.html", facts)


def ask_again(
    request: HttpRequest,
    plan: Plan,
    form: BookForm,
    *,
    now: datetime,
    clash: Refusal | None = None,
    status: int,
) -> HttpResponse:
    patient = read_patient(request.POST)
    if patient is None:
        return show_booking(request, plan, None, now=now)
    services, care_plan = services_at_desk(), read_care_plan(request.POST, patient)
    if care_plan is not None:
        services = [care_plan.plan.service]
    chosen = next((one for one in services if str(one.pk) == request.POST.get("service")), None)
    facts = {
        **_facts(patient, plan, service=chosen, services=services, now=now),
        **_of_plan(care_plan),
        "form": form.of_a_plan() if care_plan else form,
        "clash": clash,
    }
    return panel(request, "book.html", facts, status=status)


def _facts(
    patient: Patient, plan: Plan, *, service: Service | None, services: Sequence[Service], now: datetime
) -> dict[str, Any]:
    return {
        "plan": plan,
        "patient_id": patient.pk,
        "patient": shown_patient(patient, today=clinic_day(now), needled=say_needled([patient], now=now)),
        "services": [
            ServiceOption(
                id=one.pk,
                text=f"{one.name}, {one.duration_minutes} min, {say_money(one.price_minor)}",
                is_chosen=one == service,
            )
            for one in services
        ],
    }


def _form(initial: dict[str, Any], *, care_plan: RunningPlan | None) -> BookForm:
    if care_plan is None:
        return BookForm(initial=initial)
    filled_in = {"care_plan": care_plan.plan.pk, "repeat": max(1, _at_once(care_plan))}
    return BookForm(initial=initial | filled_in).of_a_plan()


def _at_once(care_plan: RunningPlan) -> int:
    """How many visits of the plan can be booked in one go."""
    return min(MOST_WEEKS, care_plan.progress.may_be_booked)


def _of_plan(care_plan: RunningPlan | None) -> dict[str, Any]:
    """What the panel says of the plan that is booked from."""
    if care_plan is None:
        return {}
    progress, at_once = care_plan.progress, _at_once(care_plan)
    first = progress.done + progress.booked + 1
    words = {
        "first": first,
        "last": first + at_once - 1,
        "visits": progress.visits,
        "days": care_plan.plan.every_days,
    }
    several = _("Visits %(first)d to %(last)d of the plan’s %(visits)d, every %(days)d days.")
    one = _("Visit %(first)d of the plan’s %(visits)d.")
    return {
        "care_plan": (several if at_once > 1 else one) % words,
        "care_plan_id": care_plan.plan.pk,
    }


def _known_by(visit: Appointment, *, now: datetime) -> str:
    words = {"day": say_short_day(visit.starts_at), "physio": visit.practitioner.first_name}
    coming = _("Booked for %(day)s with %(physio)s")
    return (coming if visit.starts_at > now else _("Last here %(day)s with %(physio)s")) % words


def _initial(patient: Patient, plan: Plan, usual_physio: str, *, now: datetime) -> dict[str, Any]:
    local = in_clinic_time(plan.starts_at or now)
    return {
        "patient": patient.pk,
        "practitioner": plan.practitioner.slug if plan.practitioner else usual_physio,
        "location": plan.location.slug if plan.location else "",
        "day": plan.day if plan.day and plan.starts_at is None else local.date(),
        "time": local.time() if plan.starts_at else None,
        "repeat": 1,
    }


def _soonest(service: Service, plan: Plan, *, now: datetime) -> list[Instead]:
    """The next free times as buttons, for somebody who says “as soon as you can”."""
    free = first_free_at_desk(service=service, practitioner=plan.practitioner, now=now, from_day=plan.day)
    return [
        Instead(
            value=instead_of(time),
            text=f"{say_relative_day(time.start, now=now)} {say_time(time.start)}, "
            f"{time.practitioners[0].name.split(' ')[0]}",
        )
        for time in free
    ]
