"""Telephone numbers: typed as people write them, kept in one form."""

import phonenumbers
from django.conf import settings
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType


def in_international_form(text: str) -> str | None:
    """+447400123456 for “07400 123456” typed in the clinic's country; nothing for what is no number."""
    try:
        number = phonenumbers.parse(text, settings.CLINIC_COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if could_ring(number) else None


def could_ring(number: PhoneNumber) -> bool:
    """A number in use, or one as long as a mobile's.

    The tables of what is in use lag behind, and refusing somebody's own number keeps them from booking;
    a digit too few or too many is what people get wrong.
    """
    return phonenumbers.is_valid_number(number) or phonenumbers.is_possible_number_for_type(
        number, PhoneNumberType.MOBILE
    )
