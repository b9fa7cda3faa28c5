"""How an amount is said: in the clinic's currency, pence only when there are any."""

from decimal import Decimal

from django.conf import settings
from django.utils import formats

# Currencies counted in whole units or in thousandths (ISO 4217); all others in hundredths.
MINOR_DIGITS = {"BIF": 0, "CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "PYG": 0, "VND": 0, "XAF": 0, "XOF": 0} | {
    "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥"}


def say_money(minor: int, *, currency: str | None = None) -> str:
    """£64, or £64.50: pence are said only when there are any."""
    code = currency or settings.CLINIC_CURRENCY
    digits = MINOR_DIGITS.get(code, 2)
    amount = Decimal(minor).scaleb(-digits)
    places = 0 if amount == amount.to_integral_value() else digits
    number = formats.number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{SYMBOLS[code]}{number}" if code in SYMBOLS else f"{number} {code}"


def decimal_amount(minor: int, *, currency: str | None = None) -> str:
    """64.00, as machines read it."""
    digits = MINOR_DIGITS.get(currency or settings.CLINIC_CURRENCY, 2)
    return str(Decimal(minor).scaleb(-digits))
