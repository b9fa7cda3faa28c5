"""How it went on: the question of the next day, what worries, and what went wrong."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Patient
from booking.models.appointment import Appointment


class AfterCheck(models.Model):
    """Asked the day after a visit in which needling was recorded; answered by the patient from a link."""

    class Soreness(models.TextChoices):
        NONE = "none", _("None")
        MILD = "mild", _("A little, like after exercise")
        STRONG = "strong", _("Strong, I do less because of it")
        SEVERE = "severe", _("Severe, or getting worse")

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="after_check")
    due_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    pain = models.PositiveSmallIntegerField(
        _("pain, 0 to 10"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    function = models.PositiveSmallIntegerField(
        _("what they can do, 0 to 10"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    soreness = models.CharField(_("soreness"), max_length=10, choices=Soreness, blank=True)
    is_breathless = models.BooleanField(_("short of breath"), default=False)
    has_chest_pain = models.BooleanField(_("chest pain"), default=False)
    note = models.TextField(_("in their words"), blank=True)

    class Meta:
        verbose_name = _("check of the next day")
        verbose_name_plural = _("checks of the next day")
        ordering = ["-due_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | (Q(pain__isnull=False, pain__lte=10) & ~Q(soreness="")),
                name="answered_check_has_its_answers",
            )
        ]

    def __str__(self) -> str:
        return f"Check after {self.appointment_id}"


class SafetyAlert(models.Model):
    """Somebody must ring this patient. It stays in sight until a person takes it."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", _("Breathless or chest pain")
        CALL_BACK = "call_back", _("Wants a call")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="safety_alerts")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="safety_alerts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    raised_at = models.DateTimeField(_("raised"))
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("what was done"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("safety alert")
        verbose_name_plural = _("safety alerts")
        ordering = ["raised_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="alert_is_taken_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["appointment", "kind"],
                condition=Q(taken_at__isnull=True),
                name="one_open_alert_of_a_kind_per_visit",
            ),
        ]
        indexes = [
            models.Index(fields=["raised_at"], name="alerts_nobody_took", condition=Q(taken_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.raised_at:%Y-%m-%d %H:%M}"


class AdverseEvent(models.Model):
    """Something that went wrong at or after a visit. Counted beside how often it might have."""

    class Kind(models.TextChoices):
        BLEEDING = "bleeding", _("Bleeding")
        BRUISE = "bruise", _("Bruise")
        PAIN_DURING = "pain_during", _("Pain during treatment")
        PAIN_AFTER = "pain_after", _("Pain afterwards")
        FAINT = "faint", _("Felt faint or fainted")
        DROWSY = "drowsy", _("Drowsy or tired")
        HEADACHE = "headache", _("Headache")
        WORSE = "worse", _("Complaint got worse")
        NEEDLE = "needle", _("Needle stuck, broken or left")
        INFECTION = "infection", _("Infection")
        LUNG = "lung", _("Suspected pneumothorax")
        NERVE = "nerve", _("Nerve irritation")
        OTHER = "other", _("Something else")

    class Severity(models.TextChoices):
        MINOR = "minor", _("Minor: passes by itself")
        MAJOR = "major", _("Major: needed medical care, or lasted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="adverse_events")
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    severity = models.CharField(_("how bad"), max_length=5, choices=Severity)
    description = models.TextField(_("in words"), blank=True)
    occurred_on = models.DateField(_("when"))
    reported_at = models.DateTimeField(_("reported"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("adverse event")
        verbose_name_plural = _("adverse events")
        ordering = ["-reported_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_severity_display()}"
