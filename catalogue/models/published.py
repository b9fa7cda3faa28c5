"""Draft and published, the same for everything that has a page."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound="Published", covariant=True)


class PublishedQuerySet(models.QuerySet[Row]):
    def published(self) -> Self:
        """What the public may read."""
        return self.filter(state=Published.State.PUBLISHED)


class Published(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    slug = models.SlugField(_("address on the site"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=300)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
