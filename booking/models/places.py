"""Where visits happen."""

import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import Service


def clinic_time_zone() -> str:
    return settings.CLINIC_TIME_ZONE


def validate_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Write it like Europe/London."), params={"name": name}
        )


class Location(models.Model):
    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    street = models.CharField(_("street"), max_length=150)
    town = models.CharField(_("town"), max_length=100)
    postcode = models.CharField(_("postcode"), max_length=15, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    directions = models.TextField(_("how to find it"), blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=50, default=clinic_time_zone, validators=[validate_time_zone]
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("open"), default=True)

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """One line, as in a calendar entry."""
        return ", ".join(part for part in (self.street, f"{self.town} {self.postcode}".strip()) if part)


class Room(models.Model):
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Service.RoomKind, default=Service.RoomKind.TREATMENT
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["location", "position", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.location}"


class Travel(models.Model):
    """Minutes from one location to another; the way back is a row of its own."""

    origin = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="ways_out")
    destination = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="ways_in")
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("travel time")
        verbose_name_plural = _("travel times")
        constraints = [
            models.UniqueConstraint(fields=["origin", "destination"], name="one_travel_time_each_way"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} → {self.destination}: {self.minutes} min"
