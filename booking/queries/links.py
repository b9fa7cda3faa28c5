"""The link in every message: opens one visit without signing in, and nothing else.

It is signed, not stored, so it works as long as the site's secret does and can't be guessed or altered.
Whoever holds it sees a first name only.

There are two. The one in a letter to a patient also says to which address it went: whoever has it reads that
mail. The other is shown to whoever books, and proves nothing about them: a guest may have typed the details
of somebody else.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from booking.models import Appointment

SALT = "booking.appointment-link"
LETTER_SALT = "booking.appointment-letter"
RETURN_SALT = "booking.paying"
"""Another salt: the supplier of the pay page sees that address, and it opens no visit."""

AFTER_SALT = "booking.after-visit"
"""Another salt: it opens the question of the next day, and no visit."""
COPY_SALT = "booking.consent-copy"
"""Another again: what was signed is opened by this link and a date of birth, not by the link to the visit."""


def token_for(appointment: Appointment) -> str:
    return signing.Signer(salt=SALT).sign(appointment.pk.hex)


def link_to(appointment: Appointment) -> str:
    """The whole address, as it stands in a message."""
    return settings.SITE_URL + reverse("booking:appointment", args=[token_for(appointment)])


def letter_token_for(appointment: Appointment, *, address: str) -> str:
    """For a letter to this address and nothing else: no page shows it."""
    return signing.Signer(salt=LETTER_SALT).sign(appointment.pk.hex + _mark_of(address))


def link_in_letter(appointment: Appointment, *, address: str) -> str:
    token = letter_token_for(appointment, address=address)
    return settings.SITE_URL + reverse("booking:appointment", args=[token])


def went_to(address: str, *, token: str) -> bool:
    """Is this the link from a letter that went to this address?"""
    signed = _signed(token, salt=LETTER_SALT)
    return bool(address) and constant_time_compare(signed[32:], _mark_of(address))


def appointment_id_in(token: str) -> UUID | None:
    """Which appointment a token speaks of; nothing for one that was altered, cut off or never ours."""
    return _id_signed(token, salt=SALT) or _id_in(_signed(token, salt=LETTER_SALT)[:32])


def appointment_for_token(token: str) -> Appointment | None:
    """The visit a link opens."""
    key = appointment_id_in(token)
    return Appointment.objects.made().with_names().filter(pk=key).first() if key else None


def pay_return_token_for(appointment: Appointment) -> str:
    return signing.Signer(salt=RETURN_SALT).sign(appointment.pk.hex)


def pay_return_link_to(appointment: Appointment) -> str:
    """Where the pay page sends people back to: the page that says what came of it."""
    return settings.SITE_URL + reverse("booking:returned", args=[pay_return_token_for(appointment)])


def appointment_id_in_pay_return(token: str) -> UUID | None:
    return _id_signed(token, salt=RETURN_SALT)


def after_token_for(appointment: Appointment) -> str:
    return signing.Signer(salt=AFTER_SALT).sign(appointment.pk.hex)


def after_link_to(appointment: Appointment) -> str:
    """Where somebody says how they are, a day after."""
    return settings.SITE_URL + reverse("booking:after", args=[after_token_for(appointment)])


def appointment_id_in_after(token: str) -> UUID | None:
    return _id_signed(token, salt=AFTER_SALT)


def link_to_reading(appointment: Appointment, *, address: str) -> str:
    """Where a patient reads what is signed in the room later, and takes it back. For a letter to them."""
    token = letter_token_for(appointment, address=address)
    return settings.SITE_URL + reverse("booking:consent", args=[token])


def copy_token_for(appointment: Appointment) -> str:
    return signing.Signer(salt=COPY_SALT).sign(appointment.pk.hex)


def link_to_copy(appointment: Appointment) -> str:
    return settings.SITE_URL + reverse("booking:consent-copy", args=[copy_token_for(appointment)])


def appointment_id_in_copy(token: str) -> UUID | None:
    return _id_signed(token, salt=COPY_SALT)


def _id_signed(token: str, *, salt: str) -> UUID | None:
    return _id_in(_signed(token, salt=salt))


def _signed(token: str, *, salt: str) -> str:
    """What was signed; nothing where it was not."""
    try:
        return signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature:
        return ""


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _mark_of(address: str) -> str:
    """Tells one address from another, and tells nobody which it is."""
    return salted_hmac(LETTER_SALT, address.lower()).hexdigest()[:16]
