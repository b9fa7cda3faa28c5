"""What a booking at the desk asks, and what is asked of somebody new."""

from datetime import date
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Patient
from booking.actions.patients import PatientDetails
from booking.models import CarePlan
from booking.queries.patients import born_on
from booking.web.patient.fields import NameField, PhoneField
from booking.web.reception.spot import SpotForm
from catalogue.models import Service

MOST_WEEKS = 12


class BookForm(SpotForm):
    patient = forms.ModelChoiceField(
        queryset=Patient.objects.filter(merged_into=None), widget=forms.HiddenInput
    )
    service = forms.ModelChoiceField(
        label=_("What for"),
        queryset=Service.objects.filter(state=Service.State.PUBLISHED),
        empty_label=None,
    )
    repeat = forms.IntegerField(
        label=_("Weeks in a row"), min_value=1, max_value=MOST_WEEKS, initial=1, required=False
    )
    note = forms.CharField(label=_("Note for the physio"), max_length=500, required=False)
    overbook_reason = forms.CharField(max_length=200, required=False)
    care_plan = forms.ModelChoiceField(
        queryset=CarePlan.objects.select_related("practitioner", "service"),
        required=False,
        widget=forms.HiddenInput,
    )

    def of_a_plan(self) -> Self:
        """A plan has its own rhythm, which need not be weekly."""
        self.fields["repeat"].label = _("Visits to book")
        return self

    def clean(self) -> dict[str, Any]:
        """A plan books for its own patient, with its own service."""
        data = super().clean() or {}
        if plan := data.get("care_plan"):
            if data.get("patient") and plan.patient_id != data["patient"].pk:
                self.add_error(None, _("This plan is somebody else’s. Open it from the patient’s record."))
            data["service"] = plan.service
        return data


class NewPatientForm(forms.Form):
    name = NameField(label=_("Name"), max_length=150, widget=forms.TextInput({"autocomplete": "off"}))
    phone = PhoneField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("Without it nothing is sent: say the time twice."),
    )
    born = forms.CharField(
        label=_("Date of birth"),
        max_length=10,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": "3/8/1984"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_phone(self) -> str:
        return str(self.cleaned_data.get("phone") or "")

    def clean_born(self) -> Any:
        typed = self.cleaned_data["born"].strip()
        if not typed:
            return None
        born = born_on(typed, this_year=self.today.year)
        if born is None or born > self.today:
            raise forms.ValidationError(_("Write the day, the month and the year, like 3/8/1984."))
        return born

    def details(self) -> PatientDetails:
        data = self.cleaned_data
        return PatientDetails(
            name=data["name"], email=data["email"], phone=data["phone"], date_of_birth=data["born"]
        )
