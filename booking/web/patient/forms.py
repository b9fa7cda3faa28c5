"""What a booking asks of a patient."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Patient
from booking.actions.patients import PatientDetails
from booking.models import Appointment
from booking.web.patient.fields import DateOfBirthField, NameField, PhoneField
from catalogue.models import Service

ONLINE, AT_CLINIC = "online", "clinic"
SOMEBODY_ELSE = "new"
PERSONAL = ("name", "date_of_birth", "phone", "email")


class DetailsForm(forms.Form):
    """Who is coming, what the physio should know, how it is paid, and yes to the policy.

    `people` are the patients of somebody signed in: one of them, or somebody else whose details are typed.
    """

    hold = forms.CharField(required=False, widget=forms.HiddenInput)
    who = forms.ChoiceField(label=_("Who is coming"), widget=forms.RadioSelect)
    name = NameField(
        label=_("Name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write the name of who is coming.")},
    )
    date_of_birth = DateOfBirthField(label=_("Date of birth"), help_text=_("For example 3 8 1984."))
    phone = PhoneField(
        label=_("Mobile"),
        max_length=30,
        help_text=_("In case something happens on our side."),
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Write a number on which we can reach you.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("For the confirmation. Never for adverts."),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Write your e-mail address: the confirmation goes there."),
            "invalid": _("This is not a whole e-mail address. It has an @ in the middle and a dot after it."),
        },
    )
    note = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "max_length": _("Keep it below %(limit_value)d characters, and tell the rest when you come.")
        },
    )
    pay = forms.ChoiceField(
        label=_("How you pay"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you would like to pay.")},
    )
    accepts_policy = forms.BooleanField(
        error_messages={"required": _("Tick this to book: it is what holds when plans change.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        appointment: Appointment,
        people: Sequence[Patient],
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, label_suffix="", use_required_attribute=False)
        self.people = {str(person.pk): person for person in people}
        self.fields["date_of_birth"].today = today  # type: ignore[attr-defined]
        self.fields["note"].label = _("Anything %(physio)s should know") % {
            "physio": appointment.practitioner.first_name
        }
        self.fields["accepts_policy"].label = _("I agree to this")
        self.only_way = default_way(appointment)
        self._offer_people()
        self._offer_ways_to_pay(appointment)

    def _offer_people(self) -> None:
        if not self.people:
            del self.fields["who"]
            return
        who = self.fields["who"]
        choices = [(key, person.name) for key, person in self.people.items()]
        who.choices = [*choices, (SOMEBODY_ELSE, _("Somebody else"))]  # type: ignore[attr-defined]
        who.initial = choices[0][0]

    def _offer_ways_to_pay(self, appointment: Appointment) -> None:
        ways = ways_to_pay(appointment)
        if len(ways) < 2:
            del self.fields["pay"]
            return
        self.fields["pay"].choices = [(way, way) for way in ways]  # type: ignore[attr-defined]
        self.fields["pay"].initial = ONLINE

    def clean(self) -> dict[str, Any]:
        """What was typed for somebody new doesn't matter when somebody known was chosen."""
        if self.chosen_person() is not None:
            for name in PERSONAL:
                self.errors.pop(name, None)
        if "pay" not in self.fields and self.data.get("pay", self.only_way) != self.only_way:
            self.add_error(None, _("How this visit is paid has changed since. Look at the button once more."))
        return self.cleaned_data

    def chosen_person(self) -> Patient | None:
        return self.people.get(self.cleaned_data.get("who", ""))

    def patient(self) -> PatientDetails:
        if (person := self.chosen_person()) is not None:
            return PatientDetails(
                name=person.name, email=person.email, phone=person.phone, date_of_birth=person.date_of_birth
            )
        return PatientDetails(**{name: self.cleaned_data[name] for name in PERSONAL})


KEPT = ("who", "name", "phone", "email", "note", "pay")
BIRTH = ("date_of_birth_day", "date_of_birth_month", "date_of_birth_year")
LONGEST_KEPT = 1000


def typed_in(data: Mapping[str, str]) -> dict[str, str]:
    """What was typed, right or wrong, to be given back later; the yes to the policy is asked again."""
    return {name: data[name][:LONGEST_KEPT] for name in (*KEPT, *BIRTH) if data.get(name)}


def initial_from(typed: Mapping[str, str]) -> dict[str, Any]:
    """What `typed_in` kept, as the form's first values."""
    kept: dict[str, Any] = {name: typed[name] for name in KEPT if name in typed}
    if any(name in typed for name in BIRTH):
        kept["date_of_birth"] = [typed.get(name, "") for name in BIRTH]
    return kept


def ways_to_pay(appointment: Appointment) -> list[str]:
    """Only those the service allows; none when there is nothing to pay."""
    if appointment.price_minor == 0:
        return []
    return {
        Service.Pays.ONLINE: [ONLINE],
        Service.Pays.AT_CLINIC: [AT_CLINIC],
        Service.Pays.EITHER: [ONLINE, AT_CLINIC],
    }[Service.Pays(appointment.service.pays)]


def default_way(appointment: Appointment) -> str:
    """The way when there is no choice: the only one allowed, also where nothing is to be paid."""
    return AT_CLINIC if appointment.service.pays == Service.Pays.AT_CLINIC else ONLINE


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, in a few words"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Keep it below %(limit_value)d characters.")},
    )
