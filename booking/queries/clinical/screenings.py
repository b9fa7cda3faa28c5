"""What was answered before a time was chosen, for the treating team."""

from accounts.models import Patient
from booking.models import Appointment, Screening


def screening_of(*, patient: Patient, visit: Appointment | None) -> Screening | None:
    """The answers this visit was booked with; without a visit, or where none came with it, the latest.

    With its form and questions. Two queries.
    """
    rows = (
        Screening.objects.filter(patient=patient)
        .select_related("form__treatment")
        .prefetch_related("form__questions")
    )
    if visit is not None and visit.screening_id is not None:
        return rows.filter(pk=visit.screening_id).first()
    return rows.order_by("-answered_at").first()
