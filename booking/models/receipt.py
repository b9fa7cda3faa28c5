"""Money taken at the desk. Append-only: a mistake is put right by a second row that reverses the first."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking.models.appointment import Appointment


class Receipt(models.Model):
    class Method(models.TextChoices):
        CASH = "cash", _("Cash")
        TERMINAL = "terminal", _("Card terminal")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="receipts")
    method = models.CharField(_("by"), max_length=10, choices=Method)
    amount_minor = models.IntegerField(_("amount"), help_text=_("Below nought when it reverses another."))
    currency = models.CharField(_("currency"), max_length=3)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    reason = models.CharField(_("why reversed"), max_length=200, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["taken_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount_minor__gt=0)
                | (Q(reverses__isnull=False, amount_minor__lt=0) & ~Q(reason="")),
                name="receipt_takes_or_reverses",
            )
        ]
        indexes = [models.Index(fields=["taken_at"], name="receipts_by_day")]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency}, {self.get_method_display()}"
