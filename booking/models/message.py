"""The outbox: a row for every message that is due, planned once and sent once.

Rows are the truth and Redis only rings the bell. A row is claimed with a lease, re-checked against the
appointment, sent, and marked; a worker that dies in between loses its lease, not the message.
"""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Patient, Practitioner
from booking.models.appointment import Appointment
from booking.models.places import Location


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, *, now: datetime) -> Self:
        """Not sent yet, and nobody else is at it: never claimed, or the lease of the claim ran out."""
        unclaimed = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
        return self.filter(unclaimed, state=Message.State.DUE, due_at__lte=now)


class Message(models.Model):
    class Occasion(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmation")
        REMINDER = "reminder", _("Reminder")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        NOT_BOOKED = "not_booked", _("Paid too late, money back")
        AFTERCARE = "aftercare", _("How to look after yourself")
        AFTER_CHECK = "after_check", _("How are you a day later")
        EMERGENCY = "emergency", _("Get help now")
        ALERT = "alert", _("Somebody needs a call")
        ALERT_AGAIN = "alert_again", _("Nobody has rung yet")
        CONSENT_COPY = "consent_copy", _("Copy of what was signed")
        PAY_LINK = "pay_link", _("Payment link")
        MONEY_BACK = "money_back", _("Money given back")
        DIARY_CHANGED = "diary_changed", _("Change in the physio’s day")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")

    class State(models.TextChoices):
        DUE = "due", _("Due")
        SENT = "sent", _("Sent")
        SKIPPED = "skipped", _("Not needed any more")
        FAILED = "failed", _("Not delivered")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="messages")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="messages")
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Whom it goes to instead of the patient."),
    )
    alert = models.ForeignKey(
        "booking.SafetyAlert",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        help_text=_("Which alert it tells the clinic of; it then goes to the clinic’s own address."),
    )
    occasion = models.CharField(_("occasion"), max_length=20, choices=Occasion)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.EMAIL)
    offset_hours = models.PositiveSmallIntegerField(
        _("hours before"), default=0, help_text=_("For reminders; otherwise 0.")
    )
    sequence = models.PositiveIntegerField(
        default=0,
        help_text=_("Which version of the visit this speaks of; it rises whenever the visit changes."),
    )
    repeat = models.PositiveSmallIntegerField(
        _("sent before"),
        default=0,
        help_text=_("How many like it there were, where the desk may ask for another; otherwise 0."),
    )
    moved_from = models.DateTimeField(
        _("moved from"), null=True, blank=True, help_text=_("When the patient last heard the visit would be.")
    )
    practitioner_before = models.ForeignKey(
        Practitioner,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("With whom the patient last heard the visit would be."),
    )
    location_before = models.ForeignKey(
        Location,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Where the patient last heard the visit would be."),
    )
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DUE)
    lease_until = models.DateTimeField(
        _("left alone until"),
        null=True,
        blank=True,
        help_text=_("While it is being sent, or rests after trouble."),
    )
    tried = models.PositiveSmallIntegerField(_("tried"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    recipient = models.CharField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("text"), blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "appointment",
                    "occasion",
                    "channel",
                    "offset_hours",
                    "sequence",
                    "repeat",
                    "practitioner",
                    "alert",
                ],
                nulls_distinct=False,
                name="message_is_planned_once",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="messages_due", condition=Q(state="due"))]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} to {self.patient}"
