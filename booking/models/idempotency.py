"""The answer a program got the first time: asking again with the same key repeats it and does nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdempotentAnswer(models.Model):
    key = models.CharField(
        max_length=255, unique=True, help_text=_("Who asked and the key they gave, hashed.")
    )
    fingerprint = models.CharField(max_length=64, help_text=_("Hash of method, path and body."))
    status = models.PositiveSmallIntegerField(
        null=True, help_text=_("Empty while the first request still runs.")
    )
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("idempotent answer")
        verbose_name_plural = _("idempotent answers")
        indexes = [models.Index(fields=["created_at"], name="idempotent_answers_by_age")]

    def __str__(self) -> str:
        return self.key
