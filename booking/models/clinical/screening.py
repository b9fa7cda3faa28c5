"""What was answered before a time was chosen. The desk sees the colour, the treating team the answers."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Patient
from catalogue.models import ScreeningForm, ScreeningQuestion


class Screening(models.Model):
    class Colour(models.TextChoices):
        GREEN = "green", _("Clear")
        AMBER = "amber", _("Check first")
        RED = "red", _("Stop")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(ScreeningForm, on_delete=models.PROTECT, related_name="answered")
    patient = models.ForeignKey(
        Patient,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="screenings",
        help_text=_("Unknown until somebody books with it."),
    )
    secret_hash = models.CharField(max_length=64, blank=True, editable=False)
    answers = models.JSONField(_("answers"), help_text=_("By the code of the question: yes, no or unsure."))
    note = models.TextField(_("what the physio should know"), blank=True)
    colour = models.CharField(_("colour"), max_length=5, choices=Colour)
    advice = models.CharField(
        _("advice"), max_length=20, choices=ScreeningQuestion.Advice, blank=True, help_text=_("The gravest.")
    )
    repeats = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Set when nothing had changed since."),
    )
    answered_at = models.DateTimeField(_("answered"))
    expires_at = models.DateTimeField(_("asked again after"))
    for_one_visit = models.BooleanField(
        _("for one visit"),
        default=False,
        editable=False,
        help_text=_("Given by somebody who was not known to be the patient: no other visit takes it along."),
    )
    seen_at = models.DateTimeField(_("seen to"), null=True, blank=True)

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["-answered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(colour="green", advice="") | (~Q(colour="green") & ~Q(advice="")),
                name="screening_has_advice_unless_it_is_green",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("answered_at")), name="screening_expires_after_it_was_answered"
            ),
        ]
        indexes = [models.Index(fields=["patient", "-answered_at"], name="screenings_by_patient")]

    def __str__(self) -> str:
        return f"{self.form}, {self.get_colour_display()}"
