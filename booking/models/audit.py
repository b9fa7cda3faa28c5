"""Who did what, and who opened whose record. Append-only: the database refuses to change or delete a row."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_kind = models.CharField(_("who"), max_length=10, help_text=_("patient, staff, system or supplier"))
    verb = models.CharField(_("did"), max_length=50)
    # Plain values, not foreign keys: the entry outlives what it speaks of.
    patient_id = models.UUIDField(null=True, blank=True)
    appointment_id = models.UUIDField(null=True, blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["patient_id", "at"], name="audit_by_patient"),
            models.Index(fields=["appointment_id", "at"], name="audit_by_appointment"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_kind} {self.verb}"
