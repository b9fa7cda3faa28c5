"""Money taken at the desk. Append-only: a mistake is put right by a second row that reverses the first,
and money that is given back is a row too: it reverses a part, or all, of what was taken.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking.models.appointment import Appointment
from booking.models.payment import Refund


class Receipt(models.Model):
    class Method(models.TextChoices):
        CASH = "cash", _("Cash")
        TERMINAL = "terminal", _("Card terminal")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="receipts")
    method = models.CharField(_("by"), max_length=10, choices=Method)
    amount_minor = models.IntegerField(_("amount"), help_text=_("Below nought when it reverses another."))
    currency = models.CharField(_("currency"), max_length=3)
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversals"
    )
    reason = models.CharField(_("why reversed"), max_length=200, blank=True)
    refund_reason = models.CharField(
        _("why given back"),
        max_length=10,
        blank=True,
        choices=Refund.Reason,
        help_text=_("Empty when it puts a mistake right and nobody got anything back."),
    )
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["taken_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount_minor__gt=0)
                | (Q(reverses__isnull=False, amount_minor__lt=0) & (~Q(reason="") | ~Q(refund_reason=""))),
                name="receipt_takes_or_reverses",
            )
        ]
        indexes = [models.Index(fields=["taken_at"], name="receipts_by_day")]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency}, {self.get_method_display()}"

    def is_void(self) -> bool:
        """Whether it was a mistake, or puts one right: nobody paid it, and nobody got anything back."""
        if self.reverses_id is not None:
            return not self.refund_reason
        return any(not row.refund_reason for row in self.reversals.all())

    def left_minor(self) -> int:
        """What was taken less what was reversed or given back. Nought for a row that reverses another."""
        if self.reverses_id is not None:
            return 0
        return self.amount_minor + sum(row.amount_minor for row in self.reversals.all())
