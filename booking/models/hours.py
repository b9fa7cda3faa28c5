"""When practitioners work, as people say it: wall-clock hours, exceptions, absences.

Hours are local to the location. booking/rules/working_hours.py alone turns them into instants.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Practitioner
from booking.models.places import Location


class WorkingHours(models.Model):
    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="working_hours")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ["practitioner", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="weekly_hours_end_after_they_begin"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="weekly_hours_last_after_they_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class HoursOnDate(models.Model):
    """One day that differs. The rows of a date replace its weekly hours; a row without times is a day off."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="hours_on_dates")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, null=True, blank=True)
    date = models.DateField(_("day"))
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("hours on one day")
        verbose_name_plural = _("hours on one day")
        ordering = ["date", "practitioner", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(location__isnull=False, opens__isnull=False, closes__gt=F("opens")),
                name="hours_on_a_day_are_whole_or_absent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.date}"


class Leave(models.Model):
    """A practitioner sees nobody, for an hour or a month: away, or busy with something that is no visit."""

    class Kind(models.TextChoices):
        LEAVE = "leave", _("Leave")
        BLOCK = "block", _("Blocked")

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="leave")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LEAVE)
    reason = models.CharField(_("reason"), max_length=150, blank=True, help_text=_("Seen by staff only."))

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leave")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="leave_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.starts_at:%Y-%m-%d}–{self.ends_at:%Y-%m-%d}"


class LeaveRequest(models.Model):
    """A physio asks for leave; reception grants it, which makes the Leave, or says why not."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="leave_requests")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    reason = models.CharField(_("reason"), max_length=150, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("request for leave")
        verbose_name_plural = _("requests for leave")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="requested_leave_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.starts_at:%Y-%m-%d}–{self.ends_at:%Y-%m-%d}"


class Closure(models.Model):
    """A location, or with none named the whole clinic, is shut from one day to another, both included."""

    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="closures"
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    name = models.CharField(
        _("why"), max_length=100, help_text=_("Shown to patients, for example Boxing Day.")
    )

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="closure_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.first_day}"
