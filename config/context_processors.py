"""What every template may print about the clinic."""

from typing import Any

import phonenumbers
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from booking.web.places import shown_places
from booking.words import say_telephone
from config.first_page import FirstPage, first_page_of


def clinic(request: HttpRequest) -> dict[str, Any]:
    return {
        "clinic": {**named_clinic(), "places": SimpleLazyObject(_places)},
        "first_page": SimpleLazyObject(lambda: _first_page(request)),
    }


def _first_page(request: HttpRequest) -> FirstPage | None:
    """Strangers are not looked up, so that a public page is the same for all of them, and may be cached."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return first_page_of(getattr(request, "user", None))


def named_clinic() -> dict[str, Any]:
    """What the settings say, without a question to the database: enough for an error page."""
    return {
        "name": settings.CLINIC_NAME,
        "phone": say_telephone(settings.CLINIC_PHONE),
        "tel": _dialled(settings.CLINIC_PHONE),
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


def _dialled(number: str) -> str:
    """As a phone dials it: +441174960120."""
    try:
        parsed = phonenumbers.parse(number, settings.CLINIC_COUNTRY)
    except phonenumbers.NumberParseException:
        return number.replace(" ", "")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
