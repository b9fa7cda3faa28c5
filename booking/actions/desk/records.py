"""A patient's record, as the desk keeps it."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Patient, User
from booking.actions.audit import Actor, record
from booking.actions.desk.merging import carry_clinical
from booking.actions.desk.waitlist import carry_waitlist
from booking.actions.patients import PatientDetails
from booking.models import Appointment, Message


class SamePatient(Exception):
    """A record is merged into another one, and a merged one into none."""


def add_patient(*, details: PatientDetails, by: User, now: datetime) -> Patient:
    """Write down somebody new, on the telephone. The door has shown likely duplicates first."""
    with transaction.atomic():
        patient = Patient.objects.create(**asdict(details), created_at=now)
        record(verb="added patient", by=Actor.staff(by), at=now, patient_id=patient.pk)
    return patient


def change_contact(*, patient_id: UUID, details: PatientDetails, by: User, now: datetime) -> Patient:
    """Change how somebody is reached. Another e-mail address has to be proved before it opens anything."""
    with transaction.atomic():
        patient = Patient.objects.select_for_update().get(pk=patient_id)
        changed = {name: value for name, value in asdict(details).items() if getattr(patient, name) != value}
        if patient.email.lower() != details.email.lower():
            patient.holder, patient.email_proved_at = None, None
        for name, value in changed.items():
            setattr(patient, name, value)
        patient.save()
        record(
            verb="changed contact",
            by=Actor.staff(by),
            at=now,
            patient_id=patient.pk,
            detail={"fields": sorted(changed)},
        )
    return patient


def set_alert(*, patient_id: UUID, alert: str, by: User, now: datetime) -> None:
    """What staff see wherever this person appears; empty to take it away."""
    with transaction.atomic():
        Patient.objects.filter(pk=patient_id).update(alert=alert.strip())
        record(verb="changed alert", by=Actor.staff(by), at=now, patient_id=patient_id)


def block_online(*, patient_id: UUID, blocked: bool, by: User, now: datetime) -> None:
    """Let somebody book by telephone only, or let them book online again."""
    with transaction.atomic():
        Patient.objects.filter(pk=patient_id).update(online_blocked=blocked)
        verb = "blocked online booking" if blocked else "allowed online booking"
        record(verb=verb, by=Actor.staff(by), at=now, patient_id=patient_id)


def merge(*, kept_id: UUID, other_id: UUID, by: User, now: datetime) -> Patient:
    """Two records of one person become one.

    Visits, messages, a place on the waiting list and all that is clinical go along; the other record points
    on.

    What the kept record lacks (telephone, birthday, sign-in) it takes from the other; alerts are joined.
    Raises SamePatient. Locks are taken in one order, so clerks who merge crosswise don't wait in a circle.
    """
    if kept_id == other_id:
        raise SamePatient
    with transaction.atomic():
        rows = {
            row.pk: row
            for row in Patient.objects.select_for_update().filter(pk__in=[kept_id, other_id]).order_by("pk")
        }
        kept, other = rows[kept_id], rows[other_id]
        if kept.merged_into_id or other.merged_into_id:
            raise SamePatient
        carry_waitlist(kept=kept, other=other, now=now)
        Appointment.objects.filter(patient=other).update(patient=kept)
        Message.objects.filter(patient=other).update(patient=kept)
        carry_clinical(kept=kept, other=other, by=by, now=now)
        Patient.objects.filter(merged_into=other).update(merged_into=kept)
        for name in ("phone", "date_of_birth"):
            if not getattr(kept, name):
                setattr(kept, name, getattr(other, name))
        _take_address(kept, other)
        kept.alert = "\n".join(dict.fromkeys(alert for alert in (kept.alert, other.alert) if alert))
        kept.online_blocked = kept.online_blocked or other.online_blocked
        kept.save()
        other.merged_into, other.holder = kept, None
        other.save()
        record(
            verb="merged",
            by=Actor.staff(by),
            at=now,
            patient_id=kept.pk,
            detail={"other_id": str(other.pk)},
        )
    return kept


def _take_address(kept: Patient, other: Patient) -> None:
    """An address goes with its proof and the sign-in that proved it: none of them proves another address.

    A proved address is better than one that is not. The one that is not used stays on the other record.
    """
    proof = ("email", "holder", "email_proved_at")
    same = kept.email.lower() == other.email.lower()
    if not kept.email or (other.email_proved_at and not kept.email_proved_at):
        for name in proof:
            ours, theirs = getattr(kept, name), getattr(other, name)
            setattr(kept, name, theirs)
            setattr(other, name, ours)
    elif same and kept.holder is None:
        kept.holder = other.holder
