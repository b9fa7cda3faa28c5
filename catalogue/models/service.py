"""What is booked: so long, at that price, with these people, in that kind of room.

A service says which treatments it *may* include. Needling is offered in the room, never promised by a
purchase.
"""

from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import BodyRegion, Practitioner
from catalogue.models.policy import CancellationPolicy
from catalogue.models.published import Published, PublishedQuerySet
from catalogue.models.treatment import Treatment


class ServiceQuerySet(PublishedQuerySet["Service"]):
    def bookable_online(self) -> Self:
        return self.published().filter(online=True)


class Service(Published):
    class VisitKind(models.TextChoices):
        FIRST = "first", _("First visit")
        FOLLOW_UP = "follow_up", _("Follow-up")
        ANY = "any", _("Any visit")

    class Pays(models.TextChoices):
        ONLINE = "online", _("Online, when booking")
        AT_CLINIC = "at_clinic", _("At the clinic")
        EITHER = "either", _("Either")

    class RoomKind(models.TextChoices):
        TREATMENT = "treatment", _("Treatment room")
        GYM = "gym", _("Gym")

    visit_kind = models.CharField(_("visit"), max_length=10, choices=VisitKind, default=VisitKind.ANY)
    online = models.BooleanField(_("shown online"), default=True, help_text=_("Staff can always book it."))
    duration_minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(5)])
    turnaround_minutes = models.PositiveSmallIntegerField(_("minutes to turn the room round"), default=0)
    start_grid_minutes = models.PositiveSmallIntegerField(_("starts every, minutes"), default=15)
    minimum_notice_minutes = models.PositiveIntegerField(_("booked at least this early, minutes"), default=60)
    horizon_days = models.PositiveSmallIntegerField(_("booked at most this early, days"), default=90)
    daily_cap = models.PositiveSmallIntegerField(
        _("most a day per physio"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    room_kind = models.CharField(_("room"), max_length=20, choices=RoomKind, default=RoomKind.TREATMENT)
    required_credential = models.SlugField(
        _("needs a credential for"),
        blank=True,
        help_text=_("Offered only on days when the physio's is valid."),
    )
    required_region = models.CharField(
        _("for which part of the body"),
        max_length=20,
        choices=BodyRegion,
        blank=True,
        help_text=_("Empty when any credential for the technique will do."),
    )
    price_minor = models.PositiveIntegerField(_("price"), help_text=_("In pence, cents or the like."))
    pays = models.CharField(_("paid"), max_length=10, choices=Pays, default=Pays.EITHER)
    policy = models.ForeignKey(CancellationPolicy, on_delete=models.PROTECT, related_name="services")
    treatments = models.ManyToManyField(
        Treatment, blank=True, related_name="services", verbose_name=_("may include")
    )
    practitioners = models.ManyToManyField(Practitioner, blank=True, related_name="services")

    objects: ClassVar[models.Manager["Service"]] = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=5, start_grid_minutes__gte=5),
                name="service_lasts_at_least_one_cell",
            ),
            models.CheckConstraint(
                condition=Q(
                    Exact(F("duration_minutes") % 5, 0),
                    Exact(F("turnaround_minutes") % 5, 0),
                    Exact(F("start_grid_minutes") % 5, 0),
                ),
                name="service_is_measured_in_five_minutes",
            ),
            models.CheckConstraint(
                condition=Q(required_region="") | ~Q(required_credential=""),
                name="service_names_a_region_with_its_technique",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("booking:times", args=[self.slug])
