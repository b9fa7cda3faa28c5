"""What somebody is asked a day after: three questions, and two more if they like."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.actions.clinical.after_check import Answers
from booking.models import AfterCheck

YES, NO = "yes", "no"
YES_OR_NO = [(NO, _("No")), (YES, _("Yes"))]
NOUGHT_TO_TEN = [(str(value), str(value)) for value in range(11)]
LONGEST_NOTE = 1000


def _one_of(label: Any, choices: Any, missing: Any, *, required: bool = True, help_text: Any = "") -> Any:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        help_text=help_text,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class AfterCheckForm(forms.Form):
    breathless = _one_of(_("Are you short of breath?"), YES_OR_NO, _("Say yes or no."))
    chest_pain = _one_of(_("Do you have pain in your chest?"), YES_OR_NO, _("Say yes or no."))
    pain = _one_of(
        _("How much pain do you have today?"),
        NOUGHT_TO_TEN,
        _("Choose a number. 0 is no pain at all."),
        help_text=_("0 is none, 10 the worst you can imagine."),
    )
    soreness = _one_of(
        _("How sore are you where you were treated?"),
        AfterCheck.Soreness.choices,
        _("Choose the one that comes nearest."),
    )
    function = _one_of(
        _("How much can you do today of what you want to do?"),
        NOUGHT_TO_TEN,
        _("Choose a number."),
        required=False,
        help_text=_("0 is nothing, 10 everything."),
    )
    note = forms.CharField(
        label=_("Anything else, in your words"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Your physio reads it, and nobody else."),
        error_messages={
            "max_length": _("Keep it below %(limit_value)d characters. The rest you can tell us.")
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)

    def clean(self) -> dict[str, Any]:
        """Who says yes to what can't wait is answered now, whatever else they left out."""
        if self.cannot_wait:
            self.errors.clear()
        return self.cleaned_data

    @property
    def cannot_wait(self) -> bool:
        return YES in (self.cleaned_data.get("breathless"), self.cleaned_data.get("chest_pain"))

    def answers(self) -> Answers:
        said = self.cleaned_data
        return Answers(
            pain=_number(said.get("pain")),
            soreness=said.get("soreness", ""),
            is_breathless=said.get("breathless") == YES,
            has_chest_pain=said.get("chest_pain") == YES,
            function=_number(said.get("function")),
            note=said.get("note", ""),
        )


def _number(text: str | None) -> int | None:
    return int(text) if text else None
