"""Door to the back office: staff edit everything the clinic says and sells, as drafts until published."""

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.back_office import ManagedByManagers
from catalogue import clinical_admin as clinical_admin
from catalogue.models import (
    CancellationPolicy,
    Condition,
    ConditionTreatment,
    Published,
    Service,
    Treatment,
    TreatmentQuestion,
    TreatmentSource,
)


class PublishedAdmin(ManagedByManagers, admin.ModelAdmin):
    """Draft and published, by hand or for several at once. History is Django's own, behind the button."""

    list_filter = ["state"]
    search_fields = ["name", "summary"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["changed_at"]
    actions = ["publish", "take_back"]
    save_on_top = True

    @admin.action(description=_("Publish"))
    def publish(self, request: HttpRequest, rows: QuerySet[Published]) -> None:
        self._set_state(request, rows, Published.State.PUBLISHED)

    @admin.action(description=_("Take back to draft"))
    def take_back(self, request: HttpRequest, rows: QuerySet[Published]) -> None:
        self._set_state(request, rows, Published.State.DRAFT)

    def _set_state(self, request: HttpRequest, rows: QuerySet[Published], state: str) -> None:
        changed = list(rows.exclude(state=state))
        for row in changed:
            row.state = state
            row.save(update_fields=["state", "changed_at"])
            self.log_change(request, row, [{"changed": {"fields": ["state"]}}])
        self.message_user(
            request, ngettext("%d page changed.", "%d pages changed.", len(changed)) % len(changed)
        )


class QuestionInline(ManagedByManagers, admin.StackedInline):
    model = TreatmentQuestion
    extra = 0


class SourceInline(ManagedByManagers, admin.TabularInline):
    model = TreatmentSource
    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class ConditionInline(ManagedByManagers, admin.TabularInline):
    model = ConditionTreatment
    extra = 0
    autocomplete_fields = ["condition"]


class TreatmentInline(ManagedByManagers, admin.TabularInline):
    model = ConditionTreatment
    extra = 0
    autocomplete_fields = ["treatment"]


@admin.register(Treatment)
class TreatmentAdmin(PublishedAdmin):
    list_display = ["name", "state", "evidence_level", "position", "changed_at"]
    list_editable = ["position"]
    inlines = [QuestionInline, SourceInline, ConditionInline]


@admin.register(Condition)
class ConditionAdmin(PublishedAdmin):
    list_display = ["name", "area", "state", "position", "changed_at"]
    list_editable = ["position"]
    list_filter = ["state", "area"]
    filter_horizontal = ["practitioners"]
    inlines = [TreatmentInline]


@admin.register(Service)
class ServiceAdmin(PublishedAdmin):
    list_display = [
        "name",
        "visit_kind",
        "duration_minutes",
        "price_minor",
        "pays",
        "online",
        "state",
        "position",
    ]
    list_editable = ["position", "online"]
    list_filter = ["state", "online", "visit_kind"]
    filter_horizontal = ["treatments", "practitioners"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "summary",
                    "state",
                    "online",
                    "visit_kind",
                    "treatments",
                    "position",
                ]
            },
        ),
        (
            _("Time"),
            {
                "fields": [
                    ("duration_minutes", "turnaround_minutes", "start_grid_minutes"),
                    ("minimum_notice_minutes", "horizon_days", "daily_cap"),
                ]
            },
        ),
        (
            _("Who and where"),
            {"fields": ["practitioners", ("required_credential", "required_region"), "room_kind"]},
        ),
        (_("Money"), {"fields": ["price_minor", "pays", "policy"]}),
        (None, {"fields": ["changed_at"]}),
    ]


@admin.register(CancellationPolicy)
class CancellationPolicyAdmin(ManagedByManagers, admin.ModelAdmin):
    """An edit makes a new version; bookings keep the text that was accepted."""

    list_display = ["slug", "version", "free_until_hours", "late_refund_percent"]
    readonly_fields = ["version"]

    def save_model(self, request: HttpRequest, obj: CancellationPolicy, form: object, change: bool) -> None:
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)
