"""How somebody has been, from visit to visit and on the days after."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from booking.models import AfterCheck, VisitRecord

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Signed records and answered checks, the earliest first."""

    records: Sequence[VisitRecord]
    checks: Sequence[AfterCheck]


def read_progress(patient_id: UUID) -> Progress:
    """Two queries, whatever there is. The latest of many are kept."""
    records = (
        VisitRecord.objects.filter(appointment__patient_id=patient_id, signed_at__isnull=False)
        .exclude(pain=None, function=None)
        .select_related("appointment")
        .order_by("-appointment__starts_at")
    )
    checks = (
        AfterCheck.objects.filter(appointment__patient_id=patient_id, answered_at__isnull=False)
        .select_related("appointment")
        .order_by("-answered_at")
    )
    return Progress(records=list(records[:MOST_SHOWN])[::-1], checks=list(checks[:MOST_SHOWN])[::-1])
