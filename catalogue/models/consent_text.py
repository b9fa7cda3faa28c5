"""What a patient reads before a treatment with risks, and signs with the physio in the room."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.clinical_text import ClinicalText, ClinicalTextQuerySet


class ConsentText(ClinicalText):
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(
        _("text"), help_text=_("Markdown. Names the risks with their published rates, and the sources.")
    )
    statement = models.TextField(_("what is signed"), help_text=_("The sentence above the signature."))

    objects: ClassVar[ClinicalTextQuerySet["ConsentText"]] = ClinicalTextQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(ClinicalText.Meta):
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
