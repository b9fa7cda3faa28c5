"""Who is coming: found again or written down new, and tied to a sign-in once the e-mail address is proved."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Patient, User
from booking.actions.audit import Actor, record


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDetails:
    """What a booking asks. The telephone number is in international form, +44….

    An older record may have no date of birth.
    """

    name: str
    email: str
    phone: str
    date_of_birth: date | None


def find_or_create_patient(*, details: PatientDetails, holder: User | None, now: datetime) -> Patient:
    """The same person when name, address and date of birth agree; otherwise somebody new.

    A record that was merged into another leads to the one that carries on.

    Nothing of an existing record is shown or changed by a booking from somebody not signed in: a guest
    who types another person's details only adds a visit to that person's list, which that person can see.
    """
    same = Patient.objects.filter(
        email__iexact=details.email, name__iexact=details.name, date_of_birth=details.date_of_birth
    )
    found = same.filter(holder=holder).first() if holder else None
    found = found or same.order_by("created_at").first()
    if found is not None:
        return who_carries_on(found.pk)
    proved = holder is not None and holder.email == details.email.lower()
    return Patient.objects.create(
        name=details.name,
        email=details.email,
        phone=details.phone,
        date_of_birth=details.date_of_birth,
        holder=holder if proved else None,
        email_proved_at=now if proved else None,
        created_at=now,
    )


def who_carries_on(patient_id: UUID) -> Patient:
    """This record, or the one it was merged into, locked: no merge leaves behind what is written of it."""
    rows = Patient.objects.select_for_update(no_key=True)
    row = rows.get(pk=patient_id)
    return row if row.merged_into_id is None else rows.get(pk=row.merged_into_id)


def claim_patients(*, user: User, email: str, now: datetime) -> int:
    """Tie every patient with this proved address to the sign-in that proved it, and say how many were new."""
    with transaction.atomic():
        unclaimed = list(
            Patient.objects.select_for_update()
            .filter(email__iexact=email, holder__isnull=True, merged_into__isnull=True)
            .order_by("pk")
        )
        for patient in unclaimed:
            patient.holder = user
            patient.email_proved_at = now
            patient.save(update_fields=["holder", "email_proved_at"])
            record(verb="address proved", by=Actor.patient(user), at=now, patient_id=patient.pk)
    return len(unclaimed)
