"""The ledger of what Stripe takes for us: what was asked for, what came in, what went back.

Settled rows are not edited. Money taken at the desk stands in receipt.py.
"""

import uuid

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from booking.models.appointment import Appointment


class Payment(models.Model):
    """One attempt to be paid. The key and the exact parameters are stored before Stripe first hears of it."""

    class Kind(models.TextChoices):
        FULL = "full", _("In full")
        DEPOSIT = "deposit", _("Deposit")
        BALANCE = "balance", _("Balance")
        NO_SHOW = "no_show", _("Missed visit")

    class State(models.TextChoices):
        CREATED = "created", _("Created")
        OPEN = "open", _("Waiting for the patient")
        PROCESSING = "processing", _("With the bank")
        PAID = "paid", _("Paid")
        EXPIRED = "expired", _("Expired")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(_("for"), max_length=10, choices=Kind, default=Kind.FULL)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CREATED)
    amount_minor = models.PositiveIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    attempt = models.PositiveSmallIntegerField(default=1)
    idempotency_key = models.CharField(max_length=100, unique=True)
    parameters = models.JSONField(default=dict, help_text=_("Exactly what Stripe is asked, on every retry."))
    stripe_session_id = models.CharField(max_length=100, blank=True)
    stripe_payment_intent_id = models.CharField(max_length=100, blank=True)
    url = models.URLField(_("pay page"), max_length=1000, blank=True)
    expires_at = models.DateTimeField(_("pay page closes"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    problem = models.CharField(
        _("wants a look"), max_length=200, blank=True, help_text=_("Why reception should look at it.")
    )

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["stripe_session_id"],
                condition=~Q(stripe_session_id=""),
                name="one_payment_per_stripe_session",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_at__isnull=False), name="paid_payment_has_its_moment"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="payments_not_settled",
                condition=Q(state__in=["created", "open", "processing"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency}, {self.get_state_display()}"

    def refundable_minor(self) -> int:
        """What came in less what is on its way back. Only sure while the caller holds this row's lock."""
        if self.state != Payment.State.PAID:
            return 0
        back = self.refunds.filter(state__in=Refund.COUNTS).aggregate(total=Sum("amount_minor"))["total"]
        return self.amount_minor - (back or 0)


class Refund(models.Model):
    """Money on its way back. Several may stand against one payment; their sum never passes what came in."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Asked for")
        SUBMITTING = "submitting", _("Being sent")
        PENDING = "pending", _("With the bank")
        SUCCEEDED = "succeeded", _("Paid back")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class Reason(models.TextChoices):
        CANCELLED = "cancelled", _("Appointment cancelled")
        TOO_LATE = "too_late", _("Paid after the time had gone")
        TWICE = "twice", _("Paid twice")
        GOODWILL = "goodwill", _("Goodwill")
        TOO_MUCH = "too_much", _("Charged too much")
        OTHER_WAY = "other_way", _("Paid another way instead")
        DASHBOARD = "dashboard", _("Made at Stripe")

    COUNTS = (State.REQUESTED, State.SUBMITTING, State.PENDING, State.SUCCEEDED)
    """States in which the money is on its way or gone."""
    LOWERS_THE_PRICE = (Reason.GOODWILL, Reason.TOO_MUCH)
    """What went back for one of these is not owed again; for any other reason it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REQUESTED)
    reason = models.CharField(_("why"), max_length=10, choices=Reason)
    amount_minor = models.PositiveIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    attempt = models.PositiveSmallIntegerField(default=1)
    parameters = models.JSONField(default=dict)
    stripe_refund_id = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(_("asked for"))
    submitted_at = models.DateTimeField(_("first sent"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    returned_at = models.DateTimeField(_("sent back by the bank"), null=True, blank=True)
    """Weeks later, a bank may send back what had gone: the day it went stays as it was counted."""
    problem = models.CharField(_("wants a look"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["stripe_refund_id"],
                condition=~Q(stripe_refund_id=""),
                name="one_refund_per_stripe_refund",
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_is_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency}, {self.get_state_display()}"

    @property
    def idempotency_key(self) -> str:
        """The same for every retry of one attempt, so that a restarted task cannot refund twice."""
        return f"refund-{self.id}-{self.attempt}"


class StripeEvent(models.Model):
    """An event Stripe told us of, kept by its own id so that hearing it twice changes nothing."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        DONE = "done", _("Done")
        IGNORED = "ignored", _("Not about us")
        ERROR = "error", _("Error")

    id = models.CharField(primary_key=True, max_length=100)
    kind = models.CharField(_("kind"), max_length=100)
    object_id = models.CharField(_("about"), max_length=100)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField(_("received"))
    tried = models.PositiveSmallIntegerField(_("tried"), default=0)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Stripe event")
        verbose_name_plural = _("Stripe events")
        ordering = ["received_at"]
        indexes = [
            models.Index(fields=["received_at"], name="events_to_look_at", condition=Q(state="received"))
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.get_state_display()}"
