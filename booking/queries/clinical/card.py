"""What the head of a patient's card says beside the sections."""

from accounts.models import Patient
from booking.models import Appointment, VisitRecord


def family_of(patient: Patient) -> list[Patient]:
    """Everybody else under the same sign-in: whom they may come with, or answer for."""
    if patient.holder_id is None:
        return []
    rows = Patient.objects.filter(holder_id=patient.holder_id, merged_into=None).exclude(pk=patient.pk)
    return list(rows.order_by("name"))


def has_signed_record(visit: Appointment) -> bool:
    return VisitRecord.objects.filter(appointment=visit, signed_at__isnull=False).exists()
