"""What was done at a patient's visits, read by those who treat them."""

from uuid import UUID

from django.db.models import QuerySet

from booking.models import Appointment, VisitRecord
from catalogue.models import Published, Treatment

MOST_RECORDS = 5
"""How many of the latest a card shows."""


def whole() -> QuerySet[VisitRecord]:
    """With all that a page says of it: three queries, however many records."""
    return VisitRecord.objects.select_related(
        "appointment__service", "appointment__patient", "practitioner"
    ).prefetch_related("techniques__treatment", "additions__by")


def record_of(visit: Appointment) -> VisitRecord | None:
    return whole().filter(appointment=visit).first()


def signed_records_of(patient_id: UUID) -> list[VisitRecord]:
    """The latest first, whoever of the team wrote them."""
    rows = whole().filter(appointment__patient=patient_id, signed_at__isnull=False)
    return list(rows.order_by("-appointment__starts_at")[:MOST_RECORDS])


def techniques_offered(visit: Appointment) -> list[Treatment]:
    """What this visit's service may include."""
    rows = Treatment.objects.filter(services=visit.service_id, state=Published.State.PUBLISHED)
    return list(rows.order_by("position", "name"))
