"""What a physio writes down who asks for leave."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.web.reception.absence_forms import DaysForm, lasts
from booking.words import clinic_zone


class LeaveForm(DaysForm):
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
        help_text=gettext_lazy("Seen by reception and managers."),
    )
    field_order = ["first_day", "first_time", "last_day", "last_time", "reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            starts_at, ends_at = self.span()
            if not lasts(starts_at, ends_at):
                self.add_error("last_time", _("It has to end after it begins."))
            elif ends_at <= self.now:
                self.add_error("last_day", _("This is over already. Check the day."))
        return data

    def span(self) -> tuple[datetime, datetime]:
        """As instants: without times it is whole days, the last one included."""
        data, zone = self.cleaned_data, clinic_zone()
        first, last = data["first_day"], data["last_day"]
        ends = (
            datetime.combine(last, data["last_time"], tzinfo=zone)
            if data["last_time"]
            else datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
        )
        return datetime.combine(first, data["first_time"] or time.min, tzinfo=zone), ends
