"""What clinicians write and sign off, version by version. A published version never changes again."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.treatment import Treatment

Row = TypeVar("Row", bound="ClinicalText", covariant=True)


class ClinicalTextQuerySet(models.QuerySet[Row]):
    def in_force(self) -> Self:
        """The one version of each treatment that patients meet now."""
        return self.filter(state=ClinicalText.State.PUBLISHED)


class ClinicalText(models.Model):
    """A version of something that a clinician answers for. What was asked or signed points at its version."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("In force")
        RETIRED = "retired", _("Replaced")

    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="%(class)ss")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    signed_off_by = models.CharField(
        _("signed off by"),
        max_length=200,
        blank=True,
        help_text=_("The clinician who answers for it: name, role and registration number."),
    )
    signed_off_on = models.DateField(_("signed off on"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["treatment", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["treatment", "version"], name="%(class)s_version_stands_once"),
            models.UniqueConstraint(
                fields=["treatment"], condition=Q(state="published"), name="%(class)s_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(signed_off_by="") & Q(signed_off_on__isnull=False)),
                name="%(class)s_in_force_is_signed_off",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.treatment}, version {self.version}"
