"""What happens when plans change. Copied onto each appointment when it is made; no edit reaches back."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class CancellationPolicy(models.Model):
    slug = models.SlugField(_("short name"), unique=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    text = models.TextField(_("in plain words"))
    free_until_hours = models.PositiveSmallIntegerField(
        _("free until, hours before"), help_text=_("Up to then, moving and cancelling cost nothing.")
    )
    late_refund_percent = models.PositiveSmallIntegerField(
        _("refund when late, percent"), validators=[MaxValueValidator(100)]
    )
    no_show_refund_percent = models.PositiveSmallIntegerField(
        _("refund when not coming, percent"), validators=[MaxValueValidator(100)], default=0
    )

    class Meta:
        verbose_name = _("cancellation policy")
        verbose_name_plural = _("cancellation policies")
        ordering = ["slug"]

    def __str__(self) -> str:
        return f"{self.slug}, version {self.version}"
