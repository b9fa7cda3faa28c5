"""A patient's record, as the desk keeps it."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Patient, User
from booking.actions.audit import Actor, record
from booking.actions.desk.merging import carry_clinical
from booking.actions.desk.waitlist import carry_waitlist
from booking.actions.messages.planning import plan_once_reachable
from booking.actions.patients import PatientDetails
from booking.models import Appointment, CarePlan, Message
from booking.rules.lifecycle import STILL_TO_COME


class SamePatient(Exception):
    """A record is merged into another one, and a merged one into none."""


def add_patient(*, details: PatientDetails, by: User, now: datetime) -> Patient:
    """Write down somebody new, on the telephone. The door has shown likely duplicates first."""
    with transaction.atomic():
        patient = Patient.objects.create(**asdict(details), created_at=now)
        record(verb="added patient", by=Actor.staff(by), at=now, patient_id=patient.pk)
    return patient


def change_contact(
    *, patient_id: UUID, details: PatientDetails, changed: Collection[str], by: User, now: datetime
) -> Patient:
    """Change how somebody is reached. Another e-mail address has to be proved before it opens anything.

    Only the fields named in `changed` are written: what a colleague corrected while this form stood open is
    left as they wrote it. With a first address the visits to come are confirmed and remembered by mail.
    """
    with transaction.atomic():
        rows, visits = _locked([patient_id], now=now)
        patient = rows[patient_id]
        wanted = {name: value for name, value in asdict(details).items() if name in changed}
        wanted = {name: value for name, value in wanted.items() if getattr(patient, name) != value}
        had_address = bool(patient.email)
        if patient.email.lower() != wanted.get("email", patient.email).lower():
            patient.holder, patient.email_proved_at = None, None
        for name, value in wanted.items():
            setattr(patient, name, value)
        patient.save()
        record(
            verb="changed contact",
            by=Actor.staff(by),
            at=now,
            patient_id=patient.pk,
            detail={"fields": sorted(wanted)},
        )
        if not had_address:
            _plan_what_was_not_sent(visits, patient, now=now)
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
    Visits of a record that had no address are confirmed and remembered by mail once there is one. Raises
    SamePatient.
    """
    if kept_id == other_id:
        raise SamePatient
    with transaction.atomic():
        rows, visits = _locked([kept_id, other_id], now=now)
        kept, other = rows[kept_id], rows[other_id]
        if kept.merged_into_id or other.merged_into_id:
            raise SamePatient
        unreached = [row.pk for row in (kept, other) if not row.email]
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
        _plan_what_was_not_sent([row for row in visits if row.patient_id in unreached], kept, now=now)
        record(
            verb="merged",
            by=Actor.staff(by),
            at=now,
            patient_id=kept.pk,
            detail={"other_id": str(other.pk)},
        )
    return kept


def _locked(patient_ids: Collection[UUID], *, now: datetime) -> tuple[dict[UUID, Patient], list[Appointment]]:
    """These records, and their visits to come, so that nobody waits in a circle.

    Plans and visits come before the records, and each kind in one order: whoever changes a visit holds it
    before they write of its patient. No key changes, so nobody who only points to a row waits for us.
    """
    plans = CarePlan.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    visits = Appointment.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    list(plans.filter(patient__in=patient_ids))
    rows = list(visits.filter(patient__in=patient_ids))
    people = Patient.objects.select_for_update(no_key=True).filter(pk__in=patient_ids).order_by("pk")
    coming = [row for row in rows if row.status in STILL_TO_COME and row.starts_at > now]
    return {person.pk: person for person in people}, coming


def _plan_what_was_not_sent(visits: Iterable[Appointment], patient: Patient, *, now: datetime) -> None:
    """Of visits whose record had no address until now."""
    if not patient.email:
        return
    for visit in visits:
        visit.patient = patient
    plan_once_reachable(appointments=visits, now=now)


def takes_address(*, kept: Patient, other: Patient) -> bool:
    """Whether two records that become one are reached by the other’s address: a proved one is better."""
    return bool(not kept.email or (other.email_proved_at and not kept.email_proved_at))


def _take_address(kept: Patient, other: Patient) -> None:
    """An address goes with its proof and the sign-in that proved it: none of them proves another address.

    The one that is not used stays on the other record.
    """
    proof = ("email", "holder", "email_proved_at")
    same = kept.email.lower() == other.email.lower()
    if takes_address(kept=kept, other=other):
        for name in proof:
            ours, theirs = getattr(kept, name), getattr(other, name)
            setattr(kept, name, theirs)
            setattr(other, name, ours)
    elif same and kept.holder is None:
        kept.holder = other.holder
