"""What the patient types on the physio's phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.web.patient.fields import NameField

TICKS = ("was_explained", "questions_answered")


class SignForm(forms.Form):
    was_explained = forms.BooleanField(
        label=_("It was explained to me, and what else there is."),
        error_messages={"required": _("Tick this once it was explained.")},
    )
    questions_answered = forms.BooleanField(
        label=_("My questions were answered."),
        error_messages={"required": _("Tick this once there are no questions left.")},
    )
    signed_name = NameField(
        label=_("Full name of whoever signs"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "words"}),
        error_messages={"required": _("Type the name: it is the signature.")},
    )
    signed_for = forms.CharField(
        label=_("Signing for the patient, as"),
        required=False,
        max_length=100,
        help_text=_("For example mother, or guardian. Empty when the patient signs."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    remarks = forms.CharField(
        label=_("What we talked about"),
        required=False,
        max_length=2000,
        help_text=_("Stands on the patient’s copy too."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)
