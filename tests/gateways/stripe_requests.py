"""Requests as the product makes them, for the tests of the gateway and of the stand-in."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from booking.rules.checkout import checkout_parameters


def session_parameters(*, payment_id: UUID | None = None, **changes: Any) -> dict[str, Any]:
    """£64 for a neutral line item, open for 31 minutes from now."""
    parameters = checkout_parameters(
        payment_id=payment_id or uuid4(),
        amount_minor=6400,
        currency="GBP",
        description="Appointment, Oakmont Physio, 3 Dec",
        email="elena.marsh@mail.example",
        expires_at=datetime.now(UTC) + timedelta(minutes=31),
        success_url="http://localhost:8000/pay/back",
        cancel_url="http://localhost:8000/pay/cancelled",
    )
    return parameters | changes


def an_hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)
