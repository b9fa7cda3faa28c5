"""The list under the search field: enough to tell two Elenas apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import Patient
from booking.queries.patients import FEWEST_LETTERS, find_patients
from booking.web.reception.booking.plan import Plan, read_plan
from booking.web.reception.needled import say_needled
from booking.web.reception.visit.panel import say_born
from booking.words import clinic_day, say_telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    name: str
    about: str
    alert: str
    url: str
    needled: str = ""


def found_facts(data: Any, *, now: datetime) -> dict[str, Any]:
    """What the list shows for what has been typed so far."""
    typed, plan = data.get("q", "").strip(), read_plan(data, now=now)
    rows = find_patients(typed, this_year=clinic_day(now).year)
    found = lines(rows, plan, now=now)
    return {
        "typed": typed,
        "plan": plan,
        "found": found,
        "needled": any(one.needled for one in found),
        "is_short": len(typed) < FEWEST_LETTERS,
        "new_query": f"{plan.query}&" if plan.query else "",
    }


def lines(rows: Sequence[Patient], plan: Plan, *, now: datetime) -> list[Found]:
    """Two queries: who was found, and who of them had needles lately."""
    needled = say_needled(rows, now=now)
    return [_line(patient, plan, now=now, needled=needled.get(patient.pk, "")) for patient in rows]


def _line(patient: Patient, plan: Plan, *, now: datetime, needled: str) -> Found:
    born = patient.date_of_birth
    about = [
        say_born(born, today=clinic_day(now)) if born else "",
        say_telephone(patient.phone) if patient.phone else patient.email,
    ]
    return Found(
        name=patient.name,
        about="; ".join(part for part in about if part),
        alert=patient.alert,
        needled=needled,
        url=f"{reverse('reception:book')}?{booking_query(plan, patient)}",
    )


def booking_query(plan: Plan, patient: Patient) -> str:
    return "&".join(part for part in (plan.query, f"patient={patient.pk}") if part)
