"""What can be changed on a record."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Patient
from booking.web.reception.booking.forms import NewPatientForm
from booking.words import say_telephone

LONGEST_ALERT = 500


class ContactForm(NewPatientForm):
    """The same four facts as of somebody new, filled in with what is known.

    What was known is sent along, so that only what this clerk changed is written.
    """

    def __init__(self, *args: Any, patient: Patient, today: date, **kwargs: Any) -> None:
        born = patient.date_of_birth
        known = {
            "name": patient.name,
            "phone": say_telephone(patient.phone) if patient.phone else "",
            "email": patient.email,
            "born": f"{born.day}/{born.month}/{born.year}" if born else "",
        }
        super().__init__(*args, today=today, initial=known, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True
        self.fields["email"].help_text = _(
            "A new address has to be proved again, and takes the record off the old sign-in."
        )

    def changed(self) -> frozenset[str]:
        """Which of the details this clerk changed."""
        return frozenset("date_of_birth" if name == "born" else name for name in self.changed_data)


class AlertForm(forms.Form):
    alert = forms.CharField(
        label=_("What staff should know"),
        max_length=LONGEST_ALERT,
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": LONGEST_ALERT}),
        help_text=_("Shown to staff wherever this person is. Nothing clinical belongs here."),
    )
