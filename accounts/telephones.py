"""Telephone numbers: typed as people write them, kept in one form."""

import phonenumbers
from django.conf import settings


def in_international_form(text: str) -> str | None:
    """+447400123456 for “07400 123456” typed in the clinic's country; nothing for what is no number."""
    try:
        number = phonenumbers.parse(text, settings.CLINIC_COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
