"""Somebody who treats."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.names import require_name


class Practitioner(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sign-in"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="practitioner",
    )
    slug = models.SlugField(_("address on the site"), unique=True)
    name = models.CharField(_("name"), max_length=150, validators=[require_name])
    title = models.CharField(_("title"), max_length=150, blank=True, help_text=_("As under a signature."))
    bio = models.TextField(_("about"), blank=True, help_text=_("Markdown."))
    qualifications = models.CharField(_("qualifications"), max_length=250, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=50, blank=True)
    languages = models.CharField(_("languages"), max_length=150, blank=True, help_text=_("English, Polish"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("treats here now"), default=True)

    class Meta:
        verbose_name = _("physio")
        verbose_name_plural = _("physios")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:physio", args=[self.slug])

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split())[:2].upper()
