"""Fields that are stricter than the framework's own, and say what is wrong in plain words."""

import re
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.names import require_name, tidy
from accounts.telephones import in_international_form
from booking.words import in_clinic_time

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Bookings lie well within; outside, adding a month of days could leave the calendar."""


class InstantField(serializers.DateTimeField):
    """A moment as RFC 3339 writes it. Read with any offset, written with the clinic's."""

    default_error_messages = {
        "invalid": _("Write a moment like 2026-12-03T10:20:00+00:00, with its offset from UTC."),
        "overflow": _("The year lies between 2000 and 2100."),
    }

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str) or not INSTANT.fullmatch(value):
            self.fail("invalid")
        try:
            moment = datetime.fromisoformat(value.upper())
        except ValueError:
            self.fail("invalid")
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail("overflow")
        return moment.astimezone(UTC)

    def to_representation(self, value: datetime) -> str:
        return in_clinic_time(value).isoformat()


class DayField(serializers.DateField):
    """A day of the calendar, 2026-12-03."""

    default_error_messages = {
        "invalid": _("Write a day like 2026-12-03."),
        "out_of_range": _("The year lies between {first} and {last}."),
    }

    def __init__(self, *, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR, **options: Any) -> None:
        super().__init__(**options)
        self.first_year, self.last_year = first_year, last_year

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail("invalid")
        if not self.first_year <= day.year <= self.last_year:
            self.fail("out_of_range", first=self.first_year, last=self.last_year)
        return day


class TextField(serializers.CharField):
    """Text as such: a number or `true` is a slip, not a text."""

    default_error_messages = {"invalid": _("Send text.")}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class LineField(TextField):
    """Text on one line: names end up in the heads of messages, where a line break begins something new."""

    default_error_messages = {"control": _("Write it on one line, without control characters.")}

    def to_internal_value(self, data: Any) -> str:
        line = super().to_internal_value(data)
        if CONTROL.search(line):
            self.fail("control")
        return line


class NameField(LineField):
    """What somebody is called, its spaces tidied. What no name can hold is refused."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validators=[require_name], **options)

    def to_internal_value(self, data: Any) -> str:
        return tidy(super().to_internal_value(data))


class TelephoneField(LineField):
    """A telephone number as people write it, kept in international form."""

    default_error_messages = {
        "telephone": _("No telephone has this number. Write it like 07400 123456 or +44 7400 123456.")
    }

    def to_internal_value(self, data: Any) -> str:
        number = in_international_form(super().to_internal_value(data))
        if number is None:
            self.fail("telephone")
        return number


class YesField(serializers.BooleanField):
    """true or false. A text like “no” is not read as either."""

    default_error_messages = {"invalid": _("Send true or false.")}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid")
        return data
