"""What a booking is made on: price and policy, copied from the service so that no later edit reaches it."""

from typing import Any

from django.conf import settings

from catalogue.models import Service


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
