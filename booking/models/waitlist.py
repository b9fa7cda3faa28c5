"""Who would come if a time became free: for what, with whom, on which days and until when."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Patient, Practitioner
from booking.models.places import Location
from catalogue.models import Service


class WaitlistEntry(models.Model):
    """Stands until the patient has a visit of that kind by the last day, or somebody takes it off."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="waitlist_entries")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("days"))  # 0 is Monday
    from_time = models.TimeField(_("from"), null=True, blank=True)
    until_time = models.TimeField(_("to"), null=True, blank=True)
    last_day = models.DateField(_("last day"))
    added_at = models.DateTimeField(_("added"))
    taken_off_at = models.DateTimeField(_("taken off"), null=True, blank=True)

    class Meta:
        verbose_name = _("waiting list entry")
        verbose_name_plural = _("waiting list")
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "service"],
                condition=Q(taken_off_at__isnull=True),
                name="a_patient_waits_once_for_a_service",
            ),
            models.CheckConstraint(condition=Q(weekdays__len__gt=0), name="somebody_waits_for_some_day"),
            models.CheckConstraint(
                condition=Q(from_time__isnull=True)
                | Q(until_time__isnull=True)
                | Q(until_time__gt=F("from_time")),
                name="wanted_times_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.last_day:%Y-%m-%d}"
