"""What brings people in, linked both ways with what may help."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Practitioner
from catalogue.models.published import Published, PublishedQuerySet
from catalogue.models.treatment import Treatment


class Condition(Published):
    class Area(models.TextChoices):
        BACK_NECK = "back-neck", _("Back or neck")
        SHOULDER_ARM_HAND = "shoulder-arm-hand", _("Shoulder, arm or hand")
        HIP_KNEE_FOOT = "hip-knee-foot", _("Hip, knee or foot")
        HEAD_JAW = "head-jaw", _("Headache or jaw")
        SPORT = "sport", _("Sports injury")
        AFTER_OPERATION = "after-operation", _("After an operation")
        WHOLE_BODY = "whole-body", _("Pain in many places")

    area = models.CharField(_("where it hurts"), max_length=20, choices=Area)
    description = models.TextField(_("what it is"), help_text=_("Markdown."))
    what_helps = models.TextField(_("what helps"), help_text=_("Markdown."))
    self_care = models.TextField(_("what you can do today"), blank=True, help_text=_("Markdown."))
    see_someone_first = models.TextField(_("when not to wait for physiotherapy"), help_text=_("Markdown."))
    treatments = models.ManyToManyField(Treatment, through="ConditionTreatment", related_name="conditions")
    practitioners = models.ManyToManyField(Practitioner, blank=True, related_name="treats")

    objects: ClassVar[models.Manager["Condition"]] = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["position", "name"]

    def get_absolute_url(self) -> str:
        return reverse("catalogue:condition", args=[self.slug])


class ConditionTreatment(models.Model):
    """A treatment that may help with a condition, the likeliest first."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="links")
    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["condition", "treatment"], name="treatment_named_once_per_condition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.condition}: {self.treatment}"
