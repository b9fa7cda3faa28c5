"""Door to the back office: who signs in, who is treated, who treats."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.back_office import ManagedByManagers, OnlyLookedAt
from accounts.models import Credential, Patient, Practitioner, User

admin.site.site_header = admin.site.site_title = settings.CLINIC_NAME
admin.site.index_title = _("Back office")
admin.site.unregister(Group)  # what a person may do follows from their role, in accounts/roles.py


@admin.register(User)
class UserAdmin(ManagedByManagers, DjangoUserAdmin):
    list_display = ["email", "name", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name", "role", "password")}),
        (_("May"), {"fields": ("is_active", "is_staff")}),
        (_("When"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {"fields": ("email", "name", "role", "is_staff", "usable_password", "password1", "password2")},
        ),
    )
    readonly_fields = ("last_login", "date_joined")


@admin.register(Patient)
class PatientAdmin(OnlyLookedAt, admin.ModelAdmin):
    """Changed at reception, where a first address brings the letters that were due, and the log says who."""

    list_display = ["name", "date_of_birth", "phone", "email", "holder"]
    search_fields = ["name", "email", "phone"]
    list_select_related = ["holder"]

    def view_on_site(self, patient: Patient) -> str:
        return reverse("reception:record", args=[patient.pk])


class CredentialInline(ManagedByManagers, admin.TabularInline):
    model = Credential
    extra = 0


@admin.register(Practitioner)
class PractitionerAdmin(ManagedByManagers, admin.ModelAdmin):
    list_display = ["name", "title", "registration_number", "position", "active"]
    list_editable = ["position", "active"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user"]
    inlines = [CredentialInline]
