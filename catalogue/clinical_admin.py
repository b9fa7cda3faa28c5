"""Door to the back office for what clinicians sign off: drafts are edited, versions in force only read."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.back_office import ManagedByManagers
from catalogue.clinical_versions import (
    NotADraft,
    NothingAsked,
    NotSignedOff,
    new_version,
    next_version_of,
    put_in_force,
)
from catalogue.models import ClinicalText, ConsentText, ScreeningForm, ScreeningQuestion

SIGN_OFF = gettext_lazy(
    "Signed off by a clinician who answers for needling at the clinic (the lead physiotherapist, with the "
    "needling credential), and read by the clinic’s clinical governance lead where there is one."
)


def is_draft(row: object) -> bool:
    return row is None or getattr(row, "state", "") == ClinicalText.State.DRAFT


class DraftsOnly(ManagedByManagers):
    """Once in force, a version is read and never changed: the database refuses it too."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_change_the_catalogue(request.user) and is_draft(obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_change_the_catalogue(request.user) and is_draft(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_change_the_catalogue(request.user) and is_draft(obj)


class ClinicalTextAdmin(DraftsOnly, admin.ModelAdmin):
    list_display = ["treatment", "version", "state", "signed_off_by", "signed_off_on"]
    list_filter = ["state", "treatment"]
    readonly_fields = ["version", "state"]
    actions = ["make_new_version", "put_into_force"]
    save_on_top = True

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Deleting goes one by one: several at once would skip the question whether each is a draft."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.version = next_version_of(obj)
        super().save_model(request, obj, form, change)

    @admin.action(description=gettext_lazy("New version: copy to a draft"))
    def make_new_version(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        for row in rows:
            draft = new_version(row)
            self.log_addition(request, draft, [{"added": {}}])
            self.message_user(request, _("%(draft)s is a draft now.") % {"draft": draft})

    @admin.action(description=gettext_lazy("Put in force"))
    def put_into_force(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        for row in rows:
            words = {"row": row}
            try:
                put_in_force(row)
            except NotADraft:
                said = _("%(row)s is no draft. Make a new version of it first.")
            except NotSignedOff:
                said = _("%(row)s is not signed off: write down who answers for it, and since when.")
            except NothingAsked:
                said = _("%(row)s asks nothing yet. Add its questions first.")
            else:
                self.log_change(request, row, [{"changed": {"fields": ["state"]}}])
                self.message_user(request, _("%(row)s is in force.") % words)
                continue
            self.message_user(request, said % words, messages.ERROR)


class ScreeningQuestionInline(DraftsOnly, admin.StackedInline):
    model = ScreeningQuestion
    extra = 0


@admin.register(ScreeningForm)
class ScreeningFormAdmin(ClinicalTextAdmin):
    inlines = [ScreeningQuestionInline]
    fieldsets = [
        (None, {"fields": ["treatment", ("version", "state"), "introduction"]}),
        (gettext_lazy("Where amber leads"), {"fields": ["longer_visit", "assessment"]}),
        (
            gettext_lazy("Signed off"),
            {"fields": ["signed_off_by", "signed_off_on"], "description": SIGN_OFF},
        ),
    ]


@admin.register(ConsentText)
class ConsentTextAdmin(ClinicalTextAdmin):
    fieldsets = [
        (None, {"fields": ["treatment", ("version", "state"), "title", "text", "statement"]}),
        (
            gettext_lazy("Signed off"),
            {"fields": ["signed_off_by", "signed_off_on"], "description": SIGN_OFF},
        ),
    ]
