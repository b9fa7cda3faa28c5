"""Proof that a practitioner may use a technique, from one day to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.practitioner import Practitioner


class Credential(models.Model):
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="credentials")
    technique = models.SlugField(
        _("technique"), help_text=_("As services name it, for example dry-needling.")
    )
    issued_by = models.CharField(_("issued by"), max_length=150)
    number = models.CharField(_("number"), max_length=50, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("last valid day"), null=True, blank=True)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["practitioner", "technique", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="credential_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.technique}"
