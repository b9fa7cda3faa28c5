"""What is asked of a manager who writes a credential down, renews it or ends it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import BodyRegion, Credential, Practitioner

FURTHEST = timedelta(days=20 * 366)


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class _DatedForm(forms.Form):
    """Days near enough to be meant."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("valid_from", "valid_until", "last_day"):
            day = data.get(name)
            if day and abs(day - self.today) > FURTHEST:
                self.add_error(name, _("This is more than twenty years away. Check the year."))
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("This is before the first day. Check both."))
        return data


class RenewForm(_DatedForm):
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("As it stands on the new certificate."),
    )
    valid_from = DayField(label=gettext_lazy("First day"))
    valid_until = DayField(label=gettext_lazy("Last day"), required=False)


class AddForm(RenewForm):
    practitioner = forms.ModelChoiceField(
        label=gettext_lazy("Physio"),
        queryset=Practitioner.objects.filter(active=True),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose"),
    )
    technique = forms.ChoiceField(label=gettext_lazy("Technique"))
    region = forms.ChoiceField(
        label=gettext_lazy("Part of the body"),
        required=False,
        choices=[("", gettext_lazy("The whole body")), *BodyRegion.choices],
    )
    issued_by = forms.CharField(label=gettext_lazy("Issued by"), max_length=150)
    field_order = ["practitioner", "technique", "region", "issued_by", "number", "valid_from", "valid_until"]

    def __init__(self, *args: Any, techniques: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        technique = self.fields["technique"]
        assert isinstance(technique, forms.ChoiceField)
        technique.choices = list(techniques.items())


class EndForm(_DatedForm):
    last_day = DayField(label=gettext_lazy("Last valid day"))

    def __init__(self, *args: Any, credential: Credential, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.credential = credential

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.credential.valid_from:
            raise forms.ValidationError(_("It was not valid yet on that day. Check the year."))
        if self.credential.valid_until and day > self.credential.valid_until:
            raise forms.ValidationError(_("It ends before that already. To make it last longer, renew it."))
        return day
