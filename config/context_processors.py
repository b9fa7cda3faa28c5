"""What every template may print about the clinic."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def clinic(request: HttpRequest) -> dict[str, Any]:
    return {
        "clinic": {
            "name": settings.CLINIC_NAME,
            "phone": settings.CLINIC_PHONE,
            "email": settings.CLINIC_EMAIL,
            "time_zone": settings.CLINIC_TIME_ZONE,
            "country": settings.CLINIC_COUNTRY,
            "currency": settings.CLINIC_CURRENCY,
            "emergency_number": settings.EMERGENCY_NUMBER,
            "emergency_place": settings.EMERGENCY_PLACE,
            "urgent_advice_number": settings.URGENT_ADVICE_NUMBER,
            "url": settings.SITE_URL,
            "is_demo": settings.DEMO,
        }
    }
