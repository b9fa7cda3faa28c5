"""Consent in two stages: read beforehand, signed with the physio in the room. It may be withdrawn."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Patient, Practitioner
from booking.models.appointment import Appointment
from catalogue.models import ConsentText


class Consent(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    opened_at = models.DateTimeField(_("first read"), null=True, blank=True)

    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signed_name = models.CharField(_("signed by"), max_length=150, blank=True)
    signed_for = models.CharField(
        _("as"), max_length=100, blank=True, help_text=_("Parent or guardian; empty for the patient.")
    )
    remarks = models.TextField(_("what was talked about"), blank=True)

    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.CharField(
        max_length=10, blank=True, choices=[("patient", _("Patient")), ("physio", _("Physio"))]
    )

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-signed_at", "-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "text"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_to_one_text_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_name="")
                | (
                    Q(signed_at__isnull=False, practitioner__isnull=False, appointment__isnull=False)
                    & ~Q(signed_name="")
                ),
                name="consent_is_signed_by_name_before_a_physio",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(signed_at__isnull=False),
                name="consent_is_signed_before_it_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}, {self.patient}"

    @property
    def is_in_force(self) -> bool:
        return self.signed_at is not None and self.withdrawn_at is None
