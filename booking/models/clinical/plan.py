"""A plan of several visits with a gate: after so many, the physio reassesses before more are booked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Patient, Practitioner
from catalogue.models import Service


class CarePlan(models.Model):
    class State(models.TextChoices):
        ACTIVE = "active", _("Running")
        ENDED = "ended", _("Ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plans")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="plans")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    visits = models.PositiveSmallIntegerField(_("visits"))
    every_days = models.PositiveSmallIntegerField(_("days between visits"), default=7)
    reassess_after = models.PositiveSmallIntegerField(_("reassess after so many visits"))
    goal = models.CharField(_("goal"), max_length=200, blank=True, help_text=_("For the treating team."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visits__gte=1, reassess_after__gte=1, reassess_after__lte=F("visits")),
                name="plan_reassesses_within_its_visits",
            ),
            models.UniqueConstraint(
                fields=["patient", "practitioner"],
                condition=Q(state="active"),
                name="one_running_plan_with_a_physio",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visits} × {self.service}"


class EarlierPlan(models.Model):
    """How a plan stood before the physio changed it. Rows are added and stay."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="earlier")
    visits = models.PositiveSmallIntegerField(_("visits"))
    every_days = models.PositiveSmallIntegerField(_("days between visits"))
    reassess_after = models.PositiveSmallIntegerField(_("reassess after so many visits"))
    goal = models.CharField(_("goal"), max_length=200, blank=True)
    until = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("plan as it was")
        verbose_name_plural = _("plans as they were")
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"{self.visits} × {self.plan.service}, until {self.until:%Y-%m-%d}"
