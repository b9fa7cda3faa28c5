"""What every template may print about the clinic."""

from functools import lru_cache
from typing import Any

import phonenumbers
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from booking.web.places import shown_places


def clinic(request: HttpRequest) -> dict[str, Any]:
    return {"clinic": {**named_clinic(), "places": SimpleLazyObject(_places)}}


def named_clinic() -> dict[str, Any]:
    """What the settings say, without a question to the database: enough for an error page."""
    phone, tel = _telephone(settings.CLINIC_PHONE, settings.CLINIC_COUNTRY)
    return {
        "name": settings.CLINIC_NAME,
        "phone": phone,
        "tel": tel,
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


def _places() -> Any:
    return shown_places(now=timezone.now())


@lru_cache(maxsize=4)
def _telephone(number: str, country: str) -> tuple[str, str]:
    """As people of that country read it, and as a phone dials it."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number, number.replace(" ", "")
    at_home = parsed.country_code == phonenumbers.country_code_for_region(country)
    written = phonenumbers.PhoneNumberFormat
    return (
        phonenumbers.format_number(parsed, written.NATIONAL if at_home else written.INTERNATIONAL),
        phonenumbers.format_number(parsed, written.E164),
    )
