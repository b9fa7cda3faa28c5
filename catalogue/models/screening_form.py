"""Whether a treatment suits somebody: questions asked before a time is chosen, each with what a yes means."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.clinical_text import ClinicalText, ClinicalTextQuerySet
from catalogue.models.service import Service


class ScreeningForm(ClinicalText):
    introduction = models.TextField(_("introduction"), help_text=_("Markdown."))
    longer_visit = models.ForeignKey(
        Service,
        verbose_name=_("longer visit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Booked when an answer asks for more time."),
    )
    assessment = models.ForeignKey(
        Service,
        verbose_name=_("assessment"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Booked when an answer asks for an assessment first."),
    )

    objects: ClassVar[ClinicalTextQuerySet["ScreeningForm"]] = ClinicalTextQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(ClinicalText.Meta):
        verbose_name = _("screening form")
        verbose_name_plural = _("screening forms")


class ScreeningQuestion(models.Model):
    """Asked so that no is the harmless answer."""

    class Colour(models.TextChoices):
        AMBER = "amber", _("Check first")
        RED = "red", _("Stop")

    class Advice(models.TextChoices):
        LONGER_VISIT = "longer_visit", _("Book a longer visit")
        ASSESSMENT_FIRST = "assessment_first", _("Book an assessment first")
        OTHER_TREATMENTS = "other_treatments", _("Other treatments instead")
        CALL_US = "call_us", _("Call us")
        URGENT_CARE = "urgent_care", _("Urgent care, today")

    form = models.ForeignKey(ScreeningForm, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(_("code"), help_text=_("Stays the same from version to version."))
    question = models.CharField(_("question"), max_length=250)
    explanation = models.CharField(_("in other words"), max_length=300, blank=True)
    colour = models.CharField(_("a yes means"), max_length=5, choices=Colour)
    advice = models.CharField(_("then"), max_length=20, choices=Advice)
    reason = models.CharField(
        _("said to the patient"), max_length=300, help_text=_("Why, and what happens instead.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("screening question")
        verbose_name_plural = _("screening questions")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["form", "code"], name="screening_question_stands_once"),
            models.CheckConstraint(
                condition=Q(colour="amber", advice__in=["longer_visit", "assessment_first"])
                | Q(colour="red", advice__in=["other_treatments", "call_us", "urgent_care"]),
                name="screening_advice_fits_its_colour",
            ),
        ]

    def __str__(self) -> str:
        return self.question
