"""A plan of several visits with a gate: after so many, the physio reassesses before more are booked."""

import uuid

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
