"""From one version of a clinical text to the next: copied as a draft, signed off, put in force."""

from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from catalogue.models import ClinicalText, ConsentText, ScreeningForm, ScreeningQuestion

Text = TypeVar("Text", bound=ClinicalText)


class NotSignedOff(Exception):
    """Nobody answers for it yet."""


class NotADraft(Exception):
    """It is in force, or was: it never changes again."""


class NothingAsked(Exception):
    """A form without a question would let everybody through."""


def next_version_of(text: ClinicalText) -> int:
    rows = type(text)._default_manager.filter(treatment_id=text.treatment_id)
    latest: int | None = rows.aggregate(latest=Max("version"))["latest"]
    return (latest or 0) + 1


def new_version(text: Text) -> Text:
    """The same words as a draft under the next number, to be changed and signed off anew."""
    with transaction.atomic():
        draft = type(text)._default_manager.get(pk=text.pk)
        questions = list(text.questions.all()) if isinstance(text, ScreeningForm) else []
        draft.pk, draft.version = None, next_version_of(text)
        draft.state, draft.signed_off_by, draft.signed_off_on = ClinicalText.State.DRAFT, "", None
        draft.save(force_insert=True)
        for question in questions:
            question.pk, question.form_id = None, draft.pk
        ScreeningQuestion.objects.bulk_create(questions)
    return draft


def put_in_force(text: ScreeningForm | ConsentText) -> None:
    """From now on patients meet this version; the former one is kept as replaced.

    Raises NotADraft, NotSignedOff or NothingAsked; then the former version is still in force.
    """
    with transaction.atomic():
        rows = type(text)._default_manager.select_for_update().filter(treatment_id=text.treatment_id)
        versions = {row.pk: row for row in rows.order_by("pk")}
        draft = versions[text.pk]
        if draft.state != ClinicalText.State.DRAFT:
            raise NotADraft
        if not draft.signed_off_by.strip() or draft.signed_off_on is None:
            raise NotSignedOff
        if isinstance(draft, ScreeningForm) and not draft.questions.exists():
            raise NothingAsked
        for former in versions.values():
            if former.state == ClinicalText.State.PUBLISHED:
                former.state = ClinicalText.State.RETIRED
                former.save(update_fields=["state"])
        draft.state = ClinicalText.State.PUBLISHED
        draft.save(update_fields=["state"])
