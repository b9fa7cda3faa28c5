"""Proof that a practitioner may use a technique, on which part of the body, from one day to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.practitioner import Practitioner


class BodyRegion(models.TextChoices):
    """Where on the body: as credentials limit it, and as physios record what was treated."""

    HEAD_JAW = "head-jaw", _("Head and jaw")
    NECK = "neck", _("Neck")
    SHOULDER = "shoulder", _("Shoulder")
    ARM_HAND = "arm-hand", _("Elbow, forearm and hand")
    UPPER_BACK_CHEST = "upper-back-chest", _("Upper back and chest")
    LOW_BACK = "low-back", _("Low back")
    HIP_BUTTOCK = "hip-buttock", _("Hip and buttock")
    THIGH_KNEE = "thigh-knee", _("Thigh and knee")
    LOWER_LEG_FOOT = "lower-leg-foot", _("Lower leg and foot")


class Credential(models.Model):
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="credentials")
    technique = models.SlugField(
        _("technique"), help_text=_("As services and treatments name it, for example dry-needling.")
    )
    region = models.CharField(
        _("part of the body"),
        max_length=20,
        choices=BodyRegion,
        blank=True,
        help_text=_("Empty when it covers the whole body."),
    )
    issued_by = models.CharField(_("issued by"), max_length=150)
    number = models.CharField(_("number"), max_length=50, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("last valid day"), null=True, blank=True)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["practitioner", "technique", "region", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="credential_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.technique}"
