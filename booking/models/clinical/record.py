"""What was done at a visit. Once signed it is locked; what is to be put right is added below it."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import BodyRegion, Practitioner
from booking.models.appointment import Appointment
from catalogue.models import Treatment


class VisitRecord(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="record")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="records")
    note = models.TextField(_("note"), blank=True)
    pain = models.PositiveSmallIntegerField(
        _("pain today, 0 to 10"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    function = models.PositiveSmallIntegerField(
        _("what they can do, 0 to 10"), null=True, blank=True, validators=[MaxValueValidator(10)]
    )
    is_reassessment = models.BooleanField(_("reassessed the plan"), default=False)
    written_at = models.DateTimeField(_("written"))
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)

    class Meta:
        verbose_name = _("visit record")
        verbose_name_plural = _("visit records")
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(pain__isnull=True) | Q(pain__lte=10))
                & (Q(function__isnull=True) | Q(function__lte=10)),
                name="record_counts_from_nought_to_ten",
            ),
        ]

    def __str__(self) -> str:
        return f"Record of {self.appointment_id}"


class TechniqueUsed(models.Model):
    """One technique of one visit. Needles that went in came out again, or the record says why not."""

    record = models.ForeignKey(VisitRecord, on_delete=models.CASCADE, related_name="techniques")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="+")
    regions = models.JSONField(_("where"), default=list, help_text=_("Values of BodyRegion."))
    needles_in = models.PositiveSmallIntegerField(_("needles in"), null=True, blank=True)
    needles_out = models.PositiveSmallIntegerField(_("needles out"), null=True, blank=True)
    needles_missing = models.CharField(_("why not all are out"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("technique used")
        verbose_name_plural = _("techniques used")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["record", "treatment"], name="technique_recorded_once_a_visit"),
            models.CheckConstraint(
                condition=Q(needles_in__isnull=True, needles_out__isnull=True)
                | Q(needles_in__gt=0, needles_out=F("needles_in"))
                | (Q(needles_in__gt=0, needles_out__lt=F("needles_in")) & ~Q(needles_missing="")),
                name="needles_that_went_in_came_out",
            ),
        ]

    def __str__(self) -> str:
        return str(self.treatment)

    @property
    def region_names(self) -> list[str]:
        return [str(BodyRegion(region).label) for region in self.regions]


class RecordAddition(models.Model):
    """Added to a signed record, which itself stays as it was."""

    record = models.ForeignKey(VisitRecord, on_delete=models.PROTECT, related_name="additions")
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("addition to a record")
        verbose_name_plural = _("additions to records")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"Addition to {self.record_id}"
