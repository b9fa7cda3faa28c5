"""A person who is treated. Several may share one sign-in and one e-mail address, as families do."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.names import plain, require_name

LONGEST_NAME = 150


class Patient(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=LONGEST_NAME, validators=[require_name])
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(
        _("telephone"), max_length=20, blank=True, help_text=_("International form, +44…")
    )
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sign-in"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="patients",
        help_text=_("Set once the e-mail address is proved."),
    )
    search_name = models.CharField(max_length=LONGEST_NAME, editable=False, default="")
    alert = models.TextField(_("alert"), blank=True, help_text=_("Shown to staff wherever this person is."))
    online_blocked = models.BooleanField(_("books by telephone only"), default=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        help_text=_("The record that carries on, once two of one person were found."),
    )
    email_proved_at = models.DateTimeField(_("e-mail address proved"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("patient")
        verbose_name_plural = _("patients")
        ordering = ["name"]
        indexes = [
            # As `iexact` asks for an address, whichever letters are capitals.
            models.Index(Upper("email"), name="patient_by_email"),
            models.Index(fields=["date_of_birth"], name="patient_by_birth"),
            # Finds a name by any three letters in it, typing errors forgiven.
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="patient_by_letters"),
            GinIndex(fields=["phone"], opclasses=["gin_trgm_ops"], name="patient_by_digits"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Keep what is searched in step with the name. Made plain, some letters become two: ß is ss."""
        self.search_name = plain(self.name)[:LONGEST_NAME]
        if (fields := options.get("update_fields")) is not None and "name" in fields:
            options["update_fields"] = {*fields, "search_name"}
        super().save(*args, **options)

    def is_held_by(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        """Whether this is the sign-in that proved the address: theirs, or a parent's."""
        return self.holder_id is not None and user is not None and self.holder_id == user.pk

    @property
    def first_name(self) -> str:
        """All that a page opened by a link in a message may show of a name."""
        return self.name.split(" ")[0]
