"""What a plan asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Practitioner
from catalogue.models import Service

MOST_VISITS = 40
MOST_DAYS = 182


def _number(label: Any, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        **more,
    )


class TermsForm(forms.Form):
    """What can be changed of a plan that runs."""

    visits = _number(gettext_lazy("Visits"), MOST_VISITS, initial=6)
    every_days = _number(gettext_lazy("Days between visits"), MOST_DAYS, initial=7)
    reassess_after = _number(
        gettext_lazy("Reassess after so many visits"),
        MOST_VISITS,
        initial=3,
        help_text=gettext_lazy("Reception books up to there. Your signed reassessment opens the rest."),
    )
    goal = forms.CharField(
        label=gettext_lazy("Goal"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Read by the treating team only."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        visits, gate = data.get("visits"), data.get("reassess_after")
        if visits and gate and gate > visits:
            self.add_error("reassess_after", _("The plan ends before that. Choose a number within it."))
        return data


class PlanForm(TermsForm):
    service = forms.ModelChoiceField(
        label=gettext_lazy("What for"), queryset=Service.objects.none(), empty_label=None
    )
    field_order = ["service"]

    def __init__(self, *args: Any, me: Practitioner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = self.fields["service"]
        assert isinstance(service, forms.ModelChoiceField)
        mine = Service.objects.published().filter(practitioners=me)
        service.queryset = mine.exclude(visit_kind=Service.VisitKind.FIRST)
