"""Where a message goes: to the clinic itself, to the physio it is for, otherwise to the patient."""

from django.conf import settings

from booking.models import Message

TO_THE_CLINIC = frozenset({Message.Occasion.ALERT, Message.Occasion.ALERT_AGAIN})


def address_of(message: Message) -> str:
    """Empty where none is known."""
    if message.occasion in TO_THE_CLINIC:
        return settings.CLINIC_EMAIL
    if message.practitioner is not None:
        return message.practitioner.user.email if message.practitioner.user else ""
    return message.patient.email
