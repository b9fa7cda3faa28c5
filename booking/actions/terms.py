"""What a booking is made on: its span of time, and price and policy as they stand at this moment."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict

from django.conf import settings

from catalogue.models import Service


class Times(TypedDict):
    """From the start of the visit to its end, and to the moment the room has been turned round."""

    starts_at: datetime
    ends_at: datetime
    occupied_until: datetime


def times_of(*, service: Service, starts_at: datetime) -> Times:
    """The span a visit takes, in UTC.

    Python adds minutes to the clock on the wall of whatever zone a moment came in, so on the night the clocks
    change 45 minutes after 00:30 in London would be an hour out.
    """
    start = starts_at.astimezone(UTC)
    ends_at = start + timedelta(minutes=service.duration_minutes)
    return {
        "starts_at": start,
        "ends_at": ends_at,
        "occupied_until": ends_at + timedelta(minutes=service.turnaround_minutes),
    }


def terms_of(service: Service) -> dict[str, Any]:
    """The fields of an appointment that stay as they are at this moment."""
    policy = service.policy
    return {
        "price_minor": service.price_minor,
        "currency": settings.CLINIC_CURRENCY,
        "policy_version": str(policy),
        "policy_text": policy.text,
        "policy_free_until_hours": policy.free_until_hours,
        "policy_late_refund_percent": policy.late_refund_percent,
        "policy_no_show_refund_percent": policy.no_show_refund_percent,
    }
