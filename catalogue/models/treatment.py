"""A treatment explains; it is never booked by itself. Texts are Markdown, in the order they are read."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models.published import Published, PublishedQuerySet


class Treatment(Published):
    class Evidence(models.TextChoices):
        GOOD = "good", _("Good")
        MODERATE = "moderate", _("Moderate")
        LIMITED = "limited", _("Limited")
        MIXED = "mixed", _("Mixed")

    what_it_is = models.TextField(_("what it is"))
    how_it_differs = models.TextField(
        _("how it differs"), blank=True, help_text=_("From what it is taken for.")
    )
    how_it_helps = models.TextField(_("how it helps"))
    what_it_feels_like = models.TextField(_("what it feels like"))
    what_to_expect_after = models.TextField(_("what to expect after"))
    who_it_suits = models.TextField(_("who it suits"))
    who_should_not = models.TextField(_("who should not have it"))
    evidence_level = models.CharField(_("evidence"), max_length=10, choices=Evidence)
    evidence = models.TextField(_("how strong the evidence is"))
    uses_needles = models.BooleanField(
        _("uses needles"),
        default=False,
        help_text=_("Then consent is signed first, needles are counted, and the patient is asked next day."),
    )
    aftercare = models.TextField(
        _("aftercare"),
        blank=True,
        help_text=_(
            "Sent after a visit in which it was recorded, one sentence or two a line. It goes by mail, so it "
            "names no treatment and no complaint."
        ),
    )

    objects: ClassVar[models.Manager["Treatment"]] = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("treatment")
        verbose_name_plural = _("treatments")
        ordering = ["position", "name"]

    def get_absolute_url(self) -> str:
        return reverse("catalogue:treatment", args=[self.slug])


class TreatmentQuestion(models.Model):
    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="questions")
    question = models.CharField(_("question"), max_length=200)
    answer = models.TextField(_("answer"), help_text=_("Markdown."))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question people ask")
        verbose_name_plural = _("questions people ask")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.question


class TreatmentSource(models.Model):
    """Where a statement about a treatment comes from."""

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="sources")
    citation = models.CharField(_("citation"), max_length=400)
    year = models.PositiveSmallIntegerField(_("year"))
    url = models.URLField(_("address"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.citation
