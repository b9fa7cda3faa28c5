"""Who had needles in the last three days: a breathless call from them is taken as an emergency."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from booking.models import TechniqueUsed
from booking.rules.after_check import LATELY


def needled_lately(patient_ids: Iterable[UUID], now: datetime) -> dict[UUID, datetime]:
    """When each of these patients last had needles, of those who had them lately. One query, or none.

    Counted from the end of the visit, and only where a signed record says so.
    """
    wanted = list(patient_ids)
    if not wanted:
        return {}
    rows = (
        TechniqueUsed.objects.filter(
            record__signed_at__isnull=False,
            treatment__uses_needles=True,
            record__appointment__patient__in=wanted,
            record__appointment__ends_at__gt=now - LATELY,
        )
        .values("record__appointment__patient")
        .annotate(last=Max("record__appointment__starts_at"))
    )
    return {row["record__appointment__patient"]: row["last"] for row in rows}
