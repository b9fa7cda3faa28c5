"""The questions of one form, each answered yes, no or not sure."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Patient
from booking.actions.clinical.screening import LONGEST_NOTE
from booking.rules.screening import Answer
from booking.web.patient.screening.state import SOMEBODY_ELSE
from catalogue.models import ScreeningQuestion

ANSWERS = (
    (Answer.YES, gettext_lazy("Yes")),
    (Answer.NO, gettext_lazy("No")),
    (Answer.UNSURE, gettext_lazy("Not sure")),
)
PREFIX = "q-"
LISTED = 5
"""How many missing answers are named above the questions; the others are marked where they are."""


class QuestionsForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Anything the physio should know"),
        help_text=gettext_lazy("Only the people who treat you read this."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "max_length": gettext_lazy(
                "Keep it below %(limit_value)d characters, and tell the rest when you come."
            )
        },
    )

    def __init__(self, data: Any = None, *, questions: Iterable[ScreeningQuestion]) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)
        note = self.fields.pop("note")
        for question in questions:
            self.fields[PREFIX + question.code] = forms.ChoiceField(
                label=question.question,
                help_text=question.explanation,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose yes, no or not sure."),
                    "invalid_choice": _("Choose yes, no or not sure."),
                },
            )
        self.fields["note"] = note

    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def missing_first(self) -> list[forms.BoundField]:
        return self._missing()[:LISTED]

    def missing_more(self) -> int:
        return max(0, len(self._missing()) - LISTED)

    def _missing(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in self.errors]

    def answers(self) -> dict[str, str]:
        return {
            name.removeprefix(PREFIX): answer
            for name, answer in self.cleaned_data.items()
            if name.startswith(PREFIX)
        }


class WhoForm(forms.Form):
    """Which of the people under this sign-in the questions are answered for."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who is coming"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who is coming.")},
    )

    def __init__(self, data: Any = None, *, people: Iterable[Patient]) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)
        choices = [(str(person.pk), person.name) for person in people]
        self.fields["who"].choices = [*choices, (SOMEBODY_ELSE, _("Somebody else"))]  # type: ignore[attr-defined]
