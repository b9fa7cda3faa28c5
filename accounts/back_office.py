"""What the back office (Django's admin) shares: managers edit, and what actions wrote is only looked at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts import roles


class ManagedByManagers(admin.options.BaseModelAdmin):
    """A manager may do everything here; nobody else gets in, whatever permissions they were given."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return roles.may_change_the_catalogue(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_change_the_catalogue(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_change_the_catalogue(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_change_the_catalogue(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_change_the_catalogue(request.user)


class OnlyLookedAt(ManagedByManagers):
    """Rows that actions write. Changed by hand, they would leave messages, refunds and the log behind."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
