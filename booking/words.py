"""How a moment and an amount are said to people: in the clinic's zone, language and currency.

Every page, message and calendar entry goes through here, so a browser or a server in another zone still says
clinic time.
"""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

# Currencies counted in whole units or in thousandths (ISO 4217); all others in hundredths.
MINOR_DIGITS = {"BIF": 0, "CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "PYG": 0, "VND": 0, "XAF": 0, "XOF": 0} | {
    "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥"}


def clinic_zone() -> ZoneInfo:
    return ZoneInfo(settings.CLINIC_TIME_ZONE)


def in_clinic_time(moment: datetime) -> datetime:
    """The same instant on the clinic's clock."""
    return timezone.localtime(moment, clinic_zone())


def clinic_day(moment: datetime) -> date:
    """Which day it is at the clinic."""
    return in_clinic_time(moment).date()


def say_time(moment: datetime) -> str:
    """10:20, or 8:30 without a leading nought."""
    local = in_clinic_time(moment)
    return f"{local.hour}:{local:%M}"


def say_day(moment: datetime | date, *, with_year: bool = False) -> str:
    """Thursday 3 December, with the year where it could be doubted."""
    day = clinic_day(moment) if isinstance(moment, datetime) else moment
    return formats.date_format(day, "l j F Y" if with_year else "l j F")


def say_short_day(moment: datetime | date) -> str:
    """Thu 3 Dec, where there is little room."""
    day = clinic_day(moment) if isinstance(moment, datetime) else moment
    return formats.date_format(day, "D j M")


def say_moment(moment: datetime) -> str:
    """Thursday 3 December, 10:20."""
    return f"{say_day(moment)}, {say_time(moment)}"


def say_relative_day(moment: datetime, *, now: datetime) -> str:
    """today, tomorrow, or the short day."""
    days = (clinic_day(moment) - clinic_day(now)).days
    return {0: _("today"), 1: _("tomorrow")}.get(days, say_short_day(moment))


def say_money(minor: int, *, currency: str | None = None) -> str:
    """£64, or £64.50: pence are said only when there are any."""
    code = currency or settings.CLINIC_CURRENCY
    digits = MINOR_DIGITS.get(code, 2)
    amount = Decimal(minor).scaleb(-digits)
    places = 0 if amount == amount.to_integral_value() else digits
    number = formats.number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{SYMBOLS[code]}{number}" if code in SYMBOLS else f"{number} {code}"
