"""A promise of time: one patient, one practitioner, one room, from here to there.

Two exclusion constraints are the last word on double booking; the code above them only asks nicely first.
"""

import uuid
from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Extract
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import Patient, Practitioner
from booking.models.places import Location, Room
from booking.rules.lifecycle import MADE, OCCUPIES_TIME, STILL_TO_COME
from booking.rules.lifecycle import Status as LifecycleStatus
from catalogue.models import Service

OCCUPYING = Q(status__in=sorted(OCCUPIES_TIME))


class OccupiedSpan(Func):
    """From the start of the visit to the moment the room has been turned round."""

    function = "TSTZRANGE"
    template = "%(function)s(%(expressions)s, '[)')"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def for_user(self, user: object) -> Self:
        """What this person may see: the front desk all, a physio their own, a patient their people's.

        A physio who has left keeps their sign-in at times, and sees none of it any more.
        """
        if roles.may_see_every_patient(user):
            return self
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if roles.is_staff(user):
            return self.filter(practitioner__user=user, practitioner__active=True)
        return self.filter(patient__holder=user)

    def made(self) -> Self:
        return self.filter(status__in=MADE)

    def still_to_come(self, *, now: object) -> Self:
        return self.filter(status__in=STILL_TO_COME, starts_at__gt=now)

    def overdue_holds(self, *, now: object) -> Self:
        return self.filter(status=LifecycleStatus.HELD, hold_expires_at__lte=now)

    def locked(self) -> Self:
        """Nobody else changes these rows until our transaction ends.

        Lock first and read names afterwards: a join beside the lock is made before the wait, so a row that
        somebody gave another physio or patient meanwhile would be lost, or come without them.
        """
        return self.select_for_update(of=("self",))

    def with_names(self) -> Self:
        """Everything a page or a message says about a visit, in one query."""
        return self.select_related("service", "practitioner", "location", "room", "patient")


class Appointment(models.Model):
    class Status(models.TextChoices):
        HELD = LifecycleStatus.HELD, _("Held online")
        CONFIRMED = LifecycleStatus.CONFIRMED, _("Confirmed")
        ARRIVED = LifecycleStatus.ARRIVED, _("Here")
        IN_ROOM = LifecycleStatus.IN_ROOM, _("In the room")
        COMPLETED = LifecycleStatus.COMPLETED, _("Done")
        NO_SHOW = LifecycleStatus.NO_SHOW, _("Did not come")
        CANCELLED = LifecycleStatus.CANCELLED, _("Cancelled")
        LAPSED = LifecycleStatus.LAPSED, _("Lapsed")

    class CancelCode(models.TextChoices):
        ILL = "ill", _("Ill")
        WORK = "work", _("Work or school")
        TRANSPORT = "transport", _("Could not get here")
        BETTER = "better", _("Feeling better")
        COST = "cost", _("Cost")
        PHYSIO_AWAY = "physio_away", _("Physio away")
        CLINIC = "clinic", _("Clinic’s mistake")
        OTHER = "other", _("Something else")

    class Source(models.TextChoices):
        ONLINE = "online", _("Online")
        API = "api", _("Another program")
        DESK = "desk", _("At the desk")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="appointments")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="appointments")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="appointments")
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    occupied_until = models.DateTimeField(_("room ready again"))
    source = models.CharField(_("booked"), max_length=10, choices=Source, default=Source.ONLINE)
    patient_note = models.TextField(_("what the patient wants known"), blank=True)

    screening = models.ForeignKey(
        "booking.Screening",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="appointments",
        help_text=_("What was answered before the time was chosen."),
    )
    plan = models.ForeignKey(
        "booking.CarePlan", on_delete=models.SET_NULL, null=True, blank=True, related_name="appointments"
    )

    # The hold, while there is one.
    hold_secret_hash = models.CharField(max_length=64, blank=True, editable=False)
    hold_expires_at = models.DateTimeField(_("held until"), null=True, blank=True)

    # Copied when the time is held, so that no later edit reaches a booking.
    price_minor = models.PositiveIntegerField(_("price"))
    currency = models.CharField(_("currency"), max_length=3)
    policy_version = models.CharField(_("policy"), max_length=60)
    policy_text = models.TextField(_("policy in words"))
    policy_free_until_hours = models.PositiveSmallIntegerField()
    policy_late_refund_percent = models.PositiveSmallIntegerField()
    policy_no_show_refund_percent = models.PositiveSmallIntegerField()
    policy_accepted_at = models.DateTimeField(_("policy accepted"), null=True, blank=True)
    pays_at_clinic = models.BooleanField(_("pays at the clinic"), default=False)

    created_at = models.DateTimeField(_("created"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    started_at = models.DateTimeField(_("went in"), null=True, blank=True)
    completed_at = models.DateTimeField(_("done"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by = models.CharField(
        max_length=10, blank=True, choices=[("patient", _("Patient")), ("clinic", _("Clinic"))]
    )
    cancel_code = models.CharField(_("reason"), max_length=20, blank=True, choices=CancelCode)
    cancel_reason = models.CharField(_("in words"), max_length=200, blank=True)
    overbooked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    overbook_reason = models.CharField(_("why overbooked"), max_length=200, blank=True)
    sequence = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Rises whenever the visit changes; calendars and messages follow it."),
    )

    objects: ClassVar[AppointmentQuerySet] = AppointmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["starts_at"]
        constraints = [
            ExclusionConstraint(
                name="practitioner_is_never_double_booked",
                expressions=[
                    ("practitioner", RangeOperators.EQUAL),
                    (OccupiedSpan("starts_at", "occupied_until"), RangeOperators.OVERLAPS),
                ],
                condition=OCCUPYING & Q(overbooked_by__isnull=True),
            ),
            ExclusionConstraint(
                name="room_is_never_double_booked",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (OccupiedSpan("starts_at", "occupied_until"), RangeOperators.OVERLAPS),
                ],
                condition=OCCUPYING & Q(room__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), occupied_until__gte=F("ends_at")),
                name="appointment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(
                    Exact(Extract("starts_at", "epoch") % 300, 0),
                    Exact(Extract("ends_at", "epoch") % 300, 0),
                    Exact(Extract("occupied_until", "epoch") % 300, 0),
                ),
                name="appointment_is_aligned_to_five_minutes",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["held", "lapsed", "cancelled"]) | Q(patient__isnull=False),
                name="appointment_has_a_patient_once_it_is_made",
            ),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(hold_expires_at__isnull=False), name="hold_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(overbooked_by__isnull=True) | ~Q(overbook_reason=""),
                name="overbooking_has_a_reason",
            ),
        ]
        indexes = [
            # Serves every question about open times; the exclusion indexes guard writes, and read slower.
            models.Index(
                fields=["practitioner", "starts_at"],
                include=["occupied_until"],
                name="occupied_by_practitioner",
                condition=OCCUPYING,
            ),
            models.Index(
                fields=["room", "starts_at"],
                include=["occupied_until"],
                name="occupied_by_room",
                condition=OCCUPYING,
            ),
            models.Index(fields=["hold_expires_at"], name="holds_by_end", condition=Q(status="held")),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.starts_at:%Y-%m-%d %H:%M}, {self.practitioner}"

    def paid_online_minor(self) -> int:
        """What came in online and has not been sent back: it can go back by itself, to its card."""
        return sum(payment.refundable_minor() for payment in self.payments.all())

    @property
    def calendar_uid(self) -> str:
        """Stays the same for life, so that a moved visit updates a calendar entry instead of adding one."""
        return f"{self.id}@{urlsplit(settings.SITE_URL).hostname}"
