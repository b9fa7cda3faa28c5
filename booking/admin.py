"""Door to the back office: places and hours are edited here; what actions wrote is only looked at."""

from django.contrib import admin

from accounts.back_office import ManagedByManagers, OnlyLookedAt
from booking.models import (
    Appointment,
    AuditEntry,
    Closure,
    HoursOnDate,
    Leave,
    Location,
    Message,
    Payment,
    Receipt,
    Refund,
    Room,
    StripeEvent,
    Travel,
    WorkingHours,
)


class RoomInline(ManagedByManagers, admin.TabularInline):
    model = Room
    extra = 0


class WayInline(ManagedByManagers, admin.TabularInline):
    model = Travel
    fk_name = "origin"
    extra = 0


@admin.register(Location)
class LocationAdmin(ManagedByManagers, admin.ModelAdmin):
    list_display = ["name", "street", "town", "time_zone", "active"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [RoomInline, WayInline]


@admin.register(WorkingHours)
class WorkingHoursAdmin(ManagedByManagers, admin.ModelAdmin):
    list_display = ["practitioner", "location", "weekday", "opens", "closes", "valid_from", "valid_until"]
    list_filter = ["practitioner", "location", "weekday"]
    list_select_related = ["practitioner", "location"]


@admin.register(HoursOnDate)
class HoursOnDateAdmin(ManagedByManagers, admin.ModelAdmin):
    list_display = ["date", "practitioner", "location", "opens", "closes"]
    list_filter = ["practitioner"]
    date_hierarchy = "date"
    list_select_related = ["practitioner", "location"]


@admin.register(Leave)
class LeaveAdmin(ManagedByManagers, admin.ModelAdmin):
    list_display = ["practitioner", "starts_at", "ends_at", "reason"]
    list_filter = ["practitioner"]
    list_select_related = ["practitioner"]


@admin.register(Closure)
class ClosureAdmin(ManagedByManagers, admin.ModelAdmin):
    list_display = ["name", "location", "first_day", "last_day"]
    date_hierarchy = "first_day"
    list_select_related = ["location"]


class PaymentInline(OnlyLookedAt, admin.TabularInline):
    model = Payment
    fields = ["created_at", "kind", "state", "amount_minor", "currency", "paid_at", "problem"]
    extra = 0


class MessageInline(OnlyLookedAt, admin.TabularInline):
    model = Message
    fields = ["due_at", "occasion", "channel", "state", "sent_at", "problem"]
    extra = 0


@admin.register(Appointment)
class AppointmentAdmin(OnlyLookedAt, admin.ModelAdmin):
    list_display = ["starts_at", "patient", "service", "practitioner", "location", "status"]
    list_filter = ["status", "practitioner", "location"]
    search_fields = ["patient__name", "patient__email", "patient__phone"]
    date_hierarchy = "starts_at"
    list_select_related = ["patient", "service", "practitioner", "location"]
    exclude = ["hold_secret_hash"]
    inlines = [PaymentInline, MessageInline]


@admin.register(Payment)
class PaymentAdmin(OnlyLookedAt, admin.ModelAdmin):
    list_display = ["created_at", "kind", "state", "amount_minor", "currency", "problem"]
    list_filter = ["state", "kind"]


@admin.register(Receipt)
class ReceiptAdmin(OnlyLookedAt, admin.ModelAdmin):
    list_display = ["taken_at", "method", "amount_minor", "currency", "taken_by", "reason"]
    list_filter = ["method"]
    date_hierarchy = "taken_at"
    list_select_related = ["taken_by"]


@admin.register(Refund)
class RefundAdmin(OnlyLookedAt, admin.ModelAdmin):
    list_display = ["created_at", "reason", "state", "amount_minor", "currency", "problem"]
    list_filter = ["state", "reason"]


@admin.register(StripeEvent)
class StripeEventAdmin(OnlyLookedAt, admin.ModelAdmin):
    list_display = ["received_at", "kind", "state", "tried", "problem"]
    list_filter = ["state", "kind"]


@admin.register(Message)
class MessageAdmin(OnlyLookedAt, admin.ModelAdmin):
    list_display = ["due_at", "patient", "occasion", "channel", "state", "sent_at", "problem"]
    list_filter = ["state", "occasion", "channel"]
    list_select_related = ["patient"]


@admin.register(AuditEntry)
class AuditEntryAdmin(OnlyLookedAt, admin.ModelAdmin):
    list_display = ["at", "actor", "actor_kind", "verb"]
    list_filter = ["verb", "actor_kind"]
    date_hierarchy = "at"
    list_select_related = ["actor"]
