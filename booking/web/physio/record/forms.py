"""What the physio types between two patients: few fields, large ones, one block for each technique."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import BodyRegion
from booking.actions.clinical.records import Used, Written
from booking.models import VisitRecord
from catalogue.models import Treatment

SCALE = [(str(number), str(number)) for number in range(11)]
MOST_NEEDLES = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One technique on the page. The three fields of needles are there where it uses them."""

    treatment: Treatment
    used: BoundField
    regions: BoundField
    needles_in: BoundField | None = None
    needles_out: BoundField | None = None
    missing: BoundField | None = None


class RecordForm(forms.Form):
    pain = forms.TypedChoiceField(
        label=gettext_lazy("Pain today"),
        help_text=gettext_lazy("0 is none, 10 is the worst there could be."),
        choices=SCALE,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    function = forms.TypedChoiceField(
        label=gettext_lazy("What they can do"),
        help_text=gettext_lazy("0 is nothing of it, 10 is everything, as before."),
        choices=SCALE,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    is_reassessment = forms.BooleanField(label=gettext_lazy("I reassessed the plan."), required=False)

    def __init__(
        self, data: Any = None, *, treatments: Sequence[Treatment], draft: VisitRecord | None = None
    ) -> None:
        super().__init__(data, initial=_typed_before(draft), label_suffix="", use_required_attribute=False)
        self.treatments = treatments
        for treatment in treatments:
            self._add_fields(treatment)

    def _add_fields(self, treatment: Treatment) -> None:
        key = f"t{treatment.pk}"
        self.fields[key] = forms.BooleanField(label=treatment.name, required=False)
        self.fields[f"{key}_regions"] = forms.MultipleChoiceField(
            label=_("Where"),
            choices=BodyRegion.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        if treatment.uses_needles:
            self.fields[f"{key}_in"] = _count(_("Needles in"))
            self.fields[f"{key}_out"] = _count(_("Needles out"))
            self.fields[f"{key}_missing"] = forms.CharField(
                label=_("Why not all are out"),
                required=False,
                max_length=300,
                help_text=_("Only when one stayed in. It becomes an adverse event."),
            )

    def blocks(self) -> Iterator[Block]:
        for treatment in self.treatments:
            key = f"t{treatment.pk}"
            needles = (
                {
                    "needles_in": self[f"{key}_in"],
                    "needles_out": self[f"{key}_out"],
                    "missing": self[f"{key}_missing"],
                }
                if treatment.uses_needles
                else {}
            )
            yield Block(treatment=treatment, used=self[key], regions=self[f"{key}_regions"], **needles)

    def written(self) -> Written:
        """What was typed. A technique counts when it is ticked, or when its needles were counted."""
        typed = self.cleaned_data
        return Written(
            pain=typed["pain"],
            function=typed["function"],
            note=typed["note"],
            is_reassessment=typed["is_reassessment"],
            techniques=[self._used(treatment) for treatment in self.treatments if self._is_used(treatment)],
        )

    def _is_used(self, treatment: Treatment) -> bool:
        typed, key = self.cleaned_data, f"t{treatment.pk}"
        return bool(typed[key] or typed.get(f"{key}_in") or typed.get(f"{key}_out"))

    def _used(self, treatment: Treatment) -> Used:
        typed, key = self.cleaned_data, f"t{treatment.pk}"
        went_in, came_out = typed.get(f"{key}_in"), typed.get(f"{key}_out")
        is_nothing = not went_in and not came_out
        return Used(
            treatment=treatment,
            regions=typed[f"{key}_regions"],
            needles_in=None if is_nothing else went_in,
            needles_out=None if is_nothing else came_out,
            needles_missing=typed.get(f"{key}_missing", ""),
        )


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_NEEDLES,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "n-count", "autocomplete": "off"}),
    )


def _typed_before(draft: VisitRecord | None) -> dict[str, Any]:
    if draft is None:
        return {}
    initial: dict[str, Any] = {
        "pain": draft.pain,
        "function": draft.function,
        "note": draft.note,
        "is_reassessment": draft.is_reassessment,
    }
    for used in draft.techniques.all():
        key = f"t{used.treatment_id}"
        initial |= {
            key: True,
            f"{key}_regions": used.regions,
            f"{key}_in": used.needles_in,
            f"{key}_out": used.needles_out,
            f"{key}_missing": used.needles_missing,
        }
    return initial


class AdditionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What is to be added or put right"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Write what is to be added.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)
