"""What goes back when a visit is cancelled. Integer minor units (pence, cents, yen) throughout."""

from datetime import datetime, timedelta


def free_until(*, starts_at: datetime, hours: int) -> datetime:
    """The last moment at which moving or cancelling costs nothing.

    Counted in elapsed hours, so that it means the same length of notice on the days the clocks change.
    People are always shown the moment itself.
    """
    return starts_at - timedelta(hours=hours)


def is_free_of_charge(*, starts_at: datetime, hours: int, now: datetime) -> bool:
    """The moment itself still counts as in time."""
    return now <= free_until(starts_at=starts_at, hours=hours)


def refund_due(*, paid_minor: int, in_time: bool, late_refund_percent: int, by_clinic: bool) -> int:
    """All of it when the clinic cancels or the patient was in time, otherwise the policy's share.

    A half penny goes to the patient.
    """
    if by_clinic or in_time:
        return paid_minor
    return -(-paid_minor * late_refund_percent // 100)
