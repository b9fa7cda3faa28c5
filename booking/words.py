"""How a moment and an amount are said to people: in the clinic's zone, language and currency.

Every page, message and calendar entry goes through here, so a browser or a server in another zone still says
clinic time.
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from catalogue.money import say_money

__all__ = [
    "clinic_day",
    "clinic_zone",
    "in_clinic_time",
    "say_day",
    "say_initials",
    "say_moment",
    "say_money",
    "say_relative_day",
    "say_short_day",
    "say_telephone",
    "say_time",
]


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


def say_until(moment: datetime, *, now: datetime) -> str:
    """Wednesday 10:20 in the coming week; Wednesday 16 December, 10:20 when it is further away or past."""
    if 0 <= (clinic_day(moment) - clinic_day(now)).days < 7:
        return f"{formats.date_format(clinic_day(moment), 'l')} {say_time(moment)}"
    return say_moment(moment)


def say_relative_day(moment: datetime, *, now: datetime) -> str:
    """today, tomorrow, or the short day."""
    days = (clinic_day(moment) - clinic_day(now)).days
    return {0: _("today"), 1: _("tomorrow")}.get(days, say_short_day(moment))


def say_initials(name: str) -> str:
    """E. M. for Elena Marsh: whom it is about, for those who know, and for nobody else."""
    words = [word for word in name.split() if word[0].isalpha()]
    return " ".join(f"{word[0].upper()}." for word in (words[:1] + words[1:][-1:]))


def say_telephone(number: str) -> str:
    """0117 496 0120, as people of the clinic's country read it. What is no number stays as typed."""
    return _telephone_in(settings.CLINIC_COUNTRY, number)


@lru_cache(maxsize=256)
def _telephone_in(country: str, number: str) -> str:
    """A clinic has few numbers and says them often, and reading one is slow."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat
    at_home = parsed.country_code == phonenumbers.country_code_for_region(country)
    return phonenumbers.format_number(parsed, form.NATIONAL if at_home else form.INTERNATIONAL)
