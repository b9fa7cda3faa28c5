"""How forms become HTML: our own field template, and the classes our styles know, set in one place.

The back office draws its forms with its own templates and is not touched by this.
"""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class StyledBoundField(forms.BoundField):
    """A field of a form whose control carries the class for its kind."""

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        drawn = widget or self.field.widget
        if not drawn.is_hidden:
            own = drawn.attrs.get("class", "")
            built["class"] = f"{class_for(drawn)} {own}".strip()
        return built


def class_for(widget: forms.Widget) -> str:
    match widget:
        case forms.CheckboxInput() | forms.RadioSelect() | forms.CheckboxSelectMultiple():
            return "form-check-input"
        case forms.Select():
            return "form-select"
        case _:
            return "form-control"


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = StyledBoundField
