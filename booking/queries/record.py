"""One patient's record as the desk reads it: what is booked, what was paid, what was said, who looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Q

from accounts.models import Patient
from booking.models import (
    Appointment,
    AuditEntry,
    Consent,
    Message,
    Payment,
    Receipt,
    Refund,
    Screening,
    WaitlistEntry,
)
from booking.models.appointment import AppointmentQuerySet
from booking.queries.visits import HERE_NOW, MOST_BEFORE, with_money
from booking.queries.waitlist import waiting
from booking.rules.lifecycle import STILL_TO_COME

MOST_MESSAGES = 50
MOST_ENTRIES = 100
"""How many of the latest one page lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Coming: the next one first. Everything else: the latest first.

    The visits know their money. `entries` hold what was noted about records merged into this one too.
    """

    patient: Patient
    family: Sequence[Patient]
    merged: Sequence[Patient]
    waits: Sequence[WaitlistEntry]
    coming: Sequence[Appointment]
    before: Sequence[Appointment]
    payments: Sequence[Payment]
    receipts: Sequence[Receipt]
    refunds: Sequence[Refund]
    messages: Sequence[Message]
    entries: Sequence[AuditEntry]


def read_record(*, patient: Patient, now: datetime) -> Record:
    """A fixed number of queries, however long the record."""
    made = with_money(Appointment.objects.filter(patient=patient).made().with_names())
    is_coming = Q(status__in=STILL_TO_COME, ends_at__gt=now) | Q(status__in=HERE_NOW)
    merged = list(Patient.objects.filter(merged_into=patient).order_by("created_at"))
    return Record(
        patient=patient,
        family=_family(patient),
        merged=merged,
        waits=list(waiting(now=now).filter(patient=patient)),
        coming=list(made.filter(is_coming).order_by("starts_at")),
        before=list(made.exclude(is_coming).order_by("-starts_at")[:MOST_BEFORE]),
        payments=list(
            Payment.objects.filter(appointment__patient=patient)
            .filter(Q(state=Payment.State.PAID) | ~Q(problem=""))
            .select_related("appointment__service")
            .order_by("-created_at")[:MOST_BEFORE]
        ),
        receipts=list(
            Receipt.objects.filter(appointment__patient=patient)
            .select_related("appointment__service", "taken_by")
            .prefetch_related("reversals")
            .order_by("-taken_at")[:MOST_BEFORE]
        ),
        refunds=list(
            Refund.objects.filter(payment__appointment__patient=patient)
            .select_related("payment__appointment__service")
            .order_by("-created_at")[:MOST_BEFORE]
        ),
        messages=list(
            Message.objects.filter(patient=patient, practitioner=None)
            .select_related("appointment__service")
            .order_by("-due_at")[:MOST_MESSAGES]
        ),
        entries=list(
            AuditEntry.objects.filter(patient_id__in=[patient.pk, *(row.pk for row in merged)])
            .select_related("actor")
            .order_by("-at", "-id")[:MOST_ENTRIES]
        ),
    )


def visits_of(patient_ids: Sequence[UUID]) -> AppointmentQuerySet:
    """The visits of these people that were made, the latest first: to tell two records apart."""
    rows = Appointment.objects.filter(patient_id__in=patient_ids).made().with_names()
    return rows.order_by("-starts_at")


def _family(patient: Patient) -> list[Patient]:
    """Everybody else under the same sign-in."""
    if patient.holder_id is None:
        return []
    rows = Patient.objects.filter(holder_id=patient.holder_id, merged_into=None).exclude(pk=patient.pk)
    return list(rows.order_by("name"))


def is_all_there_is(visit: Appointment) -> bool:
    """Does the patient's record hold this visit, what was signed at it and answered for it, and no more?

    One query.
    """
    patient = visit.patient_id
    assert patient is not None, "a record is a patient's"
    visits = Appointment.objects.made().filter(patient=patient).exclude(pk=visit.pk)
    signed = Consent.objects.filter(patient=patient, signed_at__isnull=False).exclude(appointment=visit.pk)
    answers = Screening.objects.filter(patient=patient).exclude(appointments=visit.pk)
    more = Exists(visits) | Exists(signed) | Exists(answers)
    return not Patient.objects.filter(more, pk=patient).exists()
