"""Who is late, and who waits: today's two questions at the top of reception's screen."""

from datetime import datetime, timedelta

from booking.models import Appointment
from booking.rules.lifecycle import Status

LONGEST_VISIT = timedelta(hours=4)
MOST_OF_EACH = 5


def late_and_waiting(*, now: datetime, late_after: timedelta) -> tuple[list[Appointment], list[Appointment]]:
    """Those who should be here, while their visit lasts; and those who are here. The longest first.

    Somebody who was early waits only from the moment their visit was to begin. One query.
    """
    rows = (
        Appointment.objects.filter(
            status__in=[Status.CONFIRMED, Status.ARRIVED],
            starts_at__gt=now - LONGEST_VISIT,
            starts_at__lte=now + LONGEST_VISIT,
        )
        .with_names()
        .order_by("starts_at")
    )
    late = [
        row
        for row in rows
        if row.status == Status.CONFIRMED and row.starts_at + late_after <= now < row.ends_at
    ]
    waiting = [row for row in rows if row.status == Status.ARRIVED and row.arrived_at]
    waiting.sort(key=lambda row: max(row.starts_at, row.arrived_at or row.starts_at))
    return late[:MOST_OF_EACH], waiting[:MOST_OF_EACH]
