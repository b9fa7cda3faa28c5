"""What is asked of somebody who writes an absence down."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Practitioner
from booking.models import Leave, Location
from booking.web.reception.absence_lines import say_days, say_span
from booking.words import clinic_day, clinic_zone

FURTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An absence as instants: without times it is whole days, the last one included."""

    practitioner: Practitioner
    starts_at: datetime
    ends_at: datetime
    kind: str
    reason: str


class DaysForm(forms.Form):
    """From one day to another, not over yet and not further away than a calendar on the wall shows."""

    first_day = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_first_day(self) -> date:
        day: date = self.cleaned_data["first_day"]
        self._require_near(day)
        return day

    def clean_last_day(self) -> date | None:
        """Without a last day it is one day."""
        day: date | None = self.cleaned_data["last_day"] or self.cleaned_data.get("first_day")
        if day is not None:
            self._require_near(day)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This is before the first day. Check both."))
        elif last and last < clinic_day(self.now):
            self.add_error("last_day", _("This is over already. Check the year."))
        return data

    def _require_near(self, day: date) -> None:
        if abs(day - clinic_day(self.now)) > FURTHEST:
            raise forms.ValidationError(_("This is more than three years away. Check the year."))


def lasts(starts_at: datetime, ends_at: datetime) -> bool:
    """Whether any time passes between the two: none does in an hour that the clocks skip."""
    return starts_at.timestamp() < ends_at.timestamp()


class AbsenceForm(DaysForm):
    practitioner = forms.ModelChoiceField(
        label=gettext_lazy("Physio"),
        queryset=Practitioner.objects.filter(active=True),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What"), choices=Leave.Kind, initial=Leave.Kind.LEAVE, widget=forms.RadioSelect
    )
    first_time = forms.TimeField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.TimeInput({"type": "time", "step": "300"}, format="%H:%M"),
    )
    last_time = forms.TimeField(
        label=gettext_lazy("To"),
        required=False,
        widget=forms.TimeInput({"type": "time", "step": "300"}, format="%H:%M"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Seen by staff only."),
    )
    field_order = ["practitioner", "kind", "first_day", "first_time", "last_day", "last_time", "reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not lasts((wanted := self.wanted()).starts_at, wanted.ends_at):
            self.add_error("last_time", _("It has to end after it begins."))
        return data

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        zone, last = clinic_zone(), data["last_day"]
        ends = (
            datetime.combine(last, data["last_time"], tzinfo=zone)
            if data["last_time"]
            else datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
        )
        return Wanted(
            practitioner=data["practitioner"],
            starts_at=datetime.combine(data["first_day"], data["first_time"] or time.min, tzinfo=zone),
            ends_at=ends,
            kind=data["kind"],
            reason=data["reason"],
        )

    def in_words(self) -> str:
        wanted = self.wanted()
        words = {"who": wanted.practitioner.name, "when": say_span(wanted.starts_at, wanted.ends_at)}
        return _("%(who)s, %(when)s") % words


class ClosureForm(DaysForm):
    name = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=100,
        help_text=gettext_lazy("Patients read it, for example Boxing Day."),
    )
    location = forms.ModelChoiceField(
        label=gettext_lazy("Where"),
        queryset=Location.objects.filter(active=True),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Everywhere"),
    )
    field_order = ["name", "location", "first_day", "last_day"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Its fields stand on one page with those of the other form, so their ids differ."""
        super().__init__(*args, auto_id="closure_%s", **kwargs)

    def in_words(self) -> str:
        data = self.cleaned_data
        where = data["location"].name if data["location"] else _("Everywhere")
        words = {"name": data["name"], "where": where, "when": say_days(data["first_day"], data["last_day"])}
        return _("%(name)s, %(where)s, %(when)s") % words
