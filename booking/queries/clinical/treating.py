"""Who treats whom. Answers, notes and consents are read by the treating team and by nobody else."""

from uuid import UUID

from django.db.models import QuerySet

from accounts import roles
from accounts.models import Patient, Practitioner, User
from booking.models import Appointment
from booking.rules.lifecycle import MADE, Status

TREATS = MADE - {Status.CANCELLED}
"""A visit in one of these makes its physio part of the patient's treating team."""


def practitioner_of(user: object) -> Practitioner | None:
    """Whose day this is, for somebody signed in who treats. One query."""
    if not isinstance(user, User) or not roles.may_treat(user):
        return None
    return Practitioner.objects.filter(user=user, active=True).first()


def is_treated_by(*, patient_id: UUID, practitioner: Practitioner) -> bool:
    return Appointment.objects.filter(
        patient_id=patient_id, practitioner=practitioner, status__in=TREATS
    ).exists()


def patients_treated_by(practitioner: Practitioner) -> QuerySet[Patient]:
    ids = Appointment.objects.filter(practitioner=practitioner, status__in=TREATS).values("patient_id")
    return Patient.objects.filter(pk__in=ids, merged_into=None)
