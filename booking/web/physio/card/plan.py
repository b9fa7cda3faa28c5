"""The plan on a patient's card: what is done, booked and still to book, and where the gate stands."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Patient, Practitioner
from booking.models import Appointment
from booking.queries.clinical.plans import running_plans
from booking.web.physio.card.section import Section
from booking.web.physio.plan.shown import shown_plan


def section(
    *, patient: Patient, me: Practitioner, visit: Appointment | None, now: datetime
) -> Section | None:
    """Two queries; one where there is no plan."""
    running = running_plans(patient.pk)
    return Section(
        key="plan",
        title=_("Plan"),
        template="plan.html",
        facts={
            "plans": [shown_plan(found) for found in running],
            "has_mine": any(found.plan.practitioner_id == me.pk for found in running),
            "url": reverse("physio:plan", args=[patient.pk]),
        },
    )
