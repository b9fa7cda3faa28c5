"""What Stripe is asked when money is to come or go: made once, stored, repeated word for word on every retry.

Nothing in it tells about health: the line item is neutral, and ids are opaque.
"""

from datetime import datetime
from typing import Any
from uuid import UUID


def checkout_parameters(
    *,
    payment_id: UUID,
    amount_minor: int,
    currency: str,
    description: str,
    email: str,
    expires_at: datetime,
    success_url: str,
    cancel_url: str,
) -> dict[str, Any]:
    """`description` is shown on the pay page and kept by Stripe: “Appointment, Oakmont Physio, 3 Dec”."""
    ours = {"payment": str(payment_id)}
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "allowed_payment_method_types": ["card"],
        # One amount, the one the patient saw with us, whatever their card's currency.
        "adaptive_pricing": {"enabled": False},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": currency.lower(),
                    "unit_amount": amount_minor,
                    "product_data": {"name": description},
                },
            }
        ],
        "client_reference_id": str(payment_id),
        "metadata": ours,
        "payment_intent_data": {"description": description, "metadata": ours},
        "customer_email": email,
        "expires_at": int(expires_at.timestamp()),
        "success_url": success_url,
        "cancel_url": cancel_url,
    }


def refund_parameters(*, refund_id: UUID, payment_intent_id: str, amount_minor: int) -> dict[str, Any]:
    return {
        "payment_intent": payment_intent_id,
        "amount": amount_minor,
        "metadata": {"refund": str(refund_id)},
    }
