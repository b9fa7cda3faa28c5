"""How often something went wrong after needling, beside how often there was needling at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from booking.models import AdverseEvent, TechniqueUsed, VisitRecord

MOST_LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Sessions with needles, and those of them after which somebody wrote an event down."""

    sessions: int
    with_minor: int
    with_major: int


def count_sessions(*, since: datetime) -> tuple[Counted, Counted]:
    """Since then, and of all time. One query. A session counts once, however much went wrong in it."""
    events = AdverseEvent.objects.filter(appointment_id=OuterRef("appointment_id"))
    needled = TechniqueUsed.objects.filter(record_id=OuterRef("pk"), treatment__uses_needles=True)
    late = Q(appointment__starts_at__gte=since)
    minor, major = Q(has_minor=True), Q(has_major=True)
    row = (
        VisitRecord.objects.filter(Exists(needled), signed_at__isnull=False)
        .annotate(
            has_minor=Exists(events.filter(severity=AdverseEvent.Severity.MINOR)),
            has_major=Exists(events.filter(severity=AdverseEvent.Severity.MAJOR)),
        )
        .aggregate(
            sessions=Count("pk"),
            minor=Count("pk", filter=minor),
            major=Count("pk", filter=major),
            late_sessions=Count("pk", filter=late),
            late_minor=Count("pk", filter=late & minor),
            late_major=Count("pk", filter=late & major),
        )
    )
    return (
        Counted(sessions=row["late_sessions"], with_minor=row["late_minor"], with_major=row["late_major"]),
        Counted(sessions=row["sessions"], with_minor=row["minor"], with_major=row["major"]),
    )


def latest_events() -> Sequence[AdverseEvent]:
    """What was written down, the latest first. One query."""
    rows = AdverseEvent.objects.select_related("appointment__practitioner").defer("description")
    return list(rows.order_by("-occurred_on", "-reported_at")[:MOST_LISTED])
