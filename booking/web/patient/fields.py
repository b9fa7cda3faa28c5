"""What a patient types about themselves, forgiving in how it is typed and exact in what is wrong."""

import re
from datetime import date
from typing import Any

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from accounts.names import require_name, tidy
from accounts.telephones import could_ring

OLDEST = 120
SHORT_COUNTRY_NAMES = {"GB": gettext_lazy("UK"), "US": gettext_lazy("US")}


class NameField(forms.CharField):
    """One line of any script, its spaces tidied. What no name can hold is refused."""

    def clean(self, value: Any) -> str:
        name = tidy(super().clean(value))
        if name:
            require_name(name)
        return name


class PhoneField(forms.CharField):
    """A number as people of the clinic's country write it, or with + from anywhere; stored as +44…."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""  # nobody has to have one where the form does not ask for it
        try:
            number = phonenumbers.parse(typed, settings.CLINIC_COUNTRY)
        except phonenumbers.NumberParseException:
            raise ValidationError(
                _("This is not a telephone number. Write it with digits, for example %(example)s.")
                % {"example": example_mobile()}
            ) from None
        if not could_ring(number):
            raise ValidationError(what_is_wrong_with(number, typed=typed))
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def what_is_wrong_with(number: PhoneNumber, *, typed: str) -> str:
    """“One digit is missing: this has 10, a UK mobile has 11.” Counted as it is written at home."""
    if number.country_code != phonenumbers.country_code_for_region(settings.CLINIC_COUNTRY):
        return _("This number does not exist in its country. Check each digit, and the + at the front.")
    wanted, has = _digits(example_mobile()), _digits(typed)
    if typed.strip().startswith(("+", "00")):
        in_front = wanted - len(phonenumbers.national_significant_number(_example()))
        has = in_front + len(phonenumbers.national_significant_number(number))
    count = abs(wanted - has)
    words = {"has": has, "wanted": wanted, "country": _country(), "count": count}
    if has == wanted:
        return _("No telephone has this number. Check each digit. An example: %(example)s.") % {
            "example": example_mobile()
        }
    missing = ngettext("One digit is missing", "%(count)d digits are missing", count)
    spare = ngettext("There is one digit too many", "There are %(count)d digits too many", count)
    compared = _("this has %(has)d, a %(country)s mobile has %(wanted)d.")
    return f"{missing if has < wanted else spare}: {compared}" % words


def example_mobile() -> str:
    return phonenumbers.format_number(_example(), PhoneNumberFormat.NATIONAL)


def _example() -> PhoneNumber:
    example = phonenumbers.example_number_for_type(settings.CLINIC_COUNTRY, PhoneNumberType.MOBILE)
    assert example is not None, "CLINIC_COUNTRY is a country with telephones"
    return example


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _country() -> str:
    return str(SHORT_COUNTRY_NAMES.get(settings.CLINIC_COUNTRY, settings.CLINIC_COUNTRY))


class DateOfBirthWidget(forms.MultiWidget):
    template_name = "booking/widgets/date_of_birth.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts = {"day": 2, "month": 10, "year": 4}
        super().__init__(
            {
                part: forms.TextInput(
                    {
                        "autocomplete": f"bday-{part}",
                        "maxlength": str(length),
                        **({"inputmode": "numeric"} if part != "month" else {}),
                    }
                )
                for part, length in parts.items()
            },
            attrs,
        )

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = (_("Day"), _("Month"), _("Year"))
        for part, label in zip(context["widget"]["subwidgets"], labels, strict=True):
            part["label"] = label
        return context


class DateOfBirthField(forms.Field):
    """Three boxes, because people know their birthday in parts; the month as a number or a word.

    `today` is set by the form: a field reads no clock.
    """

    widget = DateOfBirthWidget
    today: date = date.max

    def clean(self, value: Any) -> date | None:
        parts = [str(part or "").strip() for part in value or []]
        if not any(parts):
            if self.required:
                raise ValidationError(_("Write the day, the month and the year of birth."))
            return None
        if not all(parts):
            missing = [name for name, part in zip(_part_names(), parts, strict=True) if not part]
            raise ValidationError(
                _("The %(missing)s is missing.") % {"missing": _(" and the ").join(missing)}
            )
        born = _date(*parts)
        if born >= self.today:
            raise ValidationError(_("This day is still to come. Check the year."))
        if self.today.year - born.year > OLDEST:
            raise ValidationError(
                _("Check the year: that would be more than %(years)d years ago.") % {"years": OLDEST}
            )
        return born


def _part_names() -> tuple[str, str, str]:
    return _("day"), _("month"), _("year")


def _date(day: str, month: str, year: str) -> date:
    if not re.fullmatch(r"[0-9]{4}", year):
        raise ValidationError(_("Write the year with four digits, for example 1984."))
    number = _month(month)
    if number is None:
        raise ValidationError(_("Write the month as a number from 1 to 12, or as a word."))
    if not re.fullmatch(r"[0-9]{1,2}", day) or not 1 <= int(day) <= 31:
        raise ValidationError(_("Write the day as a number from 1 to 31."))
    try:
        return date(int(year), number, int(day))
    except ValueError:
        raise ValidationError(
            _("There is no day %(day)d in %(month)s %(year)s.")
            % {"day": int(day), "month": MONTHS[number], "year": year}
        ) from None


def _month(typed: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", typed):
        return int(typed) if 1 <= int(typed) <= 12 else None
    wanted = typed.casefold().rstrip(".")
    found = [number for number, name in MONTHS.items() if str(name).casefold().startswith(wanted)]
    return found[0] if len(found) == 1 and len(wanted) >= 3 else None
