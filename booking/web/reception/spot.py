"""Where and when a visit is to be, as a form or an address says it: day, time, physio, place."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Practitioner
from booking.models import Location
from booking.queries.desk_times import works_at
from booking.queries.open_times import OpenTime
from booking.web.reception.asked import YEARS
from booking.words import clinic_zone

INSTEAD = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})@([\w-]+)/([\w-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    practitioner: Practitioner
    location: Location
    starts_at: datetime


class OneByName(forms.ModelChoiceField):
    """Chosen by slug. What no slug can be is no choice, and the database is not asked for it."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and not value.isprintable():
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": ""})
        return super().to_python(value)


class SpotForm(forms.Form):
    """Four fields that say where a visit stands; without a place, where the physio works at that time."""

    practitioner = OneByName(
        label=_("Physio"),
        queryset=Practitioner.objects.filter(active=True),
        to_field_name="slug",
        empty_label=None,
    )
    location = OneByName(
        label=_("Place"), queryset=Location.objects.filter(active=True), to_field_name="slug", required=False
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput({"type": "time", "step": "300"}, format="%H:%M")
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day.year not in YEARS:
            raise ValidationError(_("No diary has this day. Write the year with four digits, like 2026."))
        return day

    def clean_time(self) -> Any:
        time = self.cleaned_data["time"]
        if time.minute % 5 or time.second or time.microsecond:
            raise ValidationError(_("Visits begin on five minutes: 10:05, 10:10 and so on."))
        return time

    def spot(self, *, now: datetime) -> Spot:
        """Of a form that is valid."""
        data = self.cleaned_data
        starts_at = datetime.combine(data["day"], data["time"], tzinfo=clinic_zone())
        place: Location = data["location"] or works_at(
            practitioner=data["practitioner"], starts_at=starts_at, now=now
        )
        return Spot(practitioner=data["practitioner"], location=place, starts_at=starts_at)


def with_instead(data: Any) -> Any:
    """What was sent, with the time of the button that was pressed in place of the typed one, or of now."""
    found = INSTEAD.fullmatch(data.get("instead", ""))
    if not found:
        return data
    changed = data.copy()
    changed.pop("walk_in", None)
    changed["day"], changed["time"], changed["location"], changed["practitioner"] = found.groups()
    return changed


def instead_of(time: OpenTime) -> str:
    """The value of such a button: with whoever of those who are free comes first."""
    local = time.start.astimezone(clinic_zone())
    return f"{local:%Y-%m-%dT%H:%M}@{time.location.slug}/{time.practitioners[0].slug}"
