"""What is asked of somebody who would take a time that becomes free."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Patient, Practitioner
from booking.actions.desk.waitlist import Wanted
from booking.models import Location, WaitlistEntry, WorkingHours
from booking.queries.waitlist import visit_by
from booking.rules.wanted_times import fits_between
from booking.web.reception.spot import OneByName
from booking.words import clinic_day, say_day
from catalogue.models import Service

USUALLY = timedelta(days=28)
FURTHEST = timedelta(days=366)
CLOCK = forms.TimeInput({"type": "time", "step": "300"}, format="%H:%M")


class WaitlistForm(forms.Form):
    service = OneByName(
        label=gettext_lazy("What for"),
        queryset=Service.objects.published(),
        to_field_name="slug",
        empty_label=None,
    )
    practitioner = OneByName(
        label=gettext_lazy("Physio"),
        queryset=Practitioner.objects.filter(active=True),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Anyone"),
    )
    location = OneByName(
        label=gettext_lazy("Where"),
        queryset=Location.objects.filter(active=True),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Everywhere"),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one day.")},
    )
    from_time = forms.TimeField(label=gettext_lazy("Not before"), required=False, widget=CLOCK)
    until_time = forms.TimeField(label=gettext_lazy("Over by"), required=False, widget=CLOCK)
    last_day = forms.DateField(
        label=gettext_lazy("Last day that helps"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, patient: Patient, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient, self.now = patient, now
        worked = set(WorkingHours.objects.values_list("weekday", flat=True).distinct())
        days = [(day.value, day.label) for day in WorkingHours.Weekday if day in worked]
        self.fields["weekdays"].choices = days  # type: ignore[attr-defined]
        if Location.objects.filter(active=True).count() == 1:
            del self.fields["location"]

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < clinic_day(self.now):
            raise ValidationError(_("This is over already. Check the year."))
        if day - clinic_day(self.now) > FURTHEST:
            raise ValidationError(_("This is more than a year away. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        service, practitioner = data.get("service"), data.get("practitioner")
        if service and practitioner and not service.practitioners.filter(pk=practitioner.pk).exists():
            words = {"physio": practitioner.first_name, "service": service.name}
            self.add_error("practitioner", _("%(physio)s does not give “%(service)s”.") % words)
        if service and not fits_between(
            data.get("from_time"), data.get("until_time"), duration=service.duration_minutes
        ):
            words = {"service": service.name, "minutes": service.duration_minutes}
            self.add_error(
                "until_time",
                _("“%(service)s” takes %(minutes)d minutes: there is no room for it between these times.")
                % words,
            )
        if service and (last := data.get("last_day")):
            visit = visit_by(self.patient, service=service, last_day=last, now=self.now)
            if visit is not None:
                words = {"name": self.patient.name, "day": say_day(visit.starts_at)}
                self.add_error(
                    "last_day",
                    _("%(name)s comes for this on %(day)s. Choose a day before, or move that visit.") % words,
                )
        return data

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            service=data["service"],
            practitioner=data["practitioner"],
            location=data.get("location"),
            weekdays=tuple(data["weekdays"]),
            from_time=data["from_time"],
            until_time=data["until_time"],
            last_day=data["last_day"],
        )


def initially(entry: WaitlistEntry | None, service: Service | None, *, now: datetime) -> dict[str, Any]:
    """What the form says at first: as it stands, or what most people mean."""
    if entry is None:
        return {
            "service": service.slug if service else None,
            "weekdays": [day.value for day in WorkingHours.Weekday],
            "last_day": clinic_day(now) + USUALLY,
        }
    return {
        "service": entry.service.slug,
        "practitioner": entry.practitioner.slug if entry.practitioner else None,
        "location": entry.location.slug if entry.location else None,
        "weekdays": entry.weekdays,
        "from_time": entry.from_time,
        "until_time": entry.until_time,
        "last_day": entry.last_day,
    }
