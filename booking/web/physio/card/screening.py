"""The card's first part: what the patient answered beforehand, for the people who treat them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Patient, Practitioner
from booking.models import Appointment, Screening
from booking.queries.clinical.screening import Stand, is_unanswered, screening_of
from booking.rules.screening import Answer
from booking.web.physio.card.section import Section
from booking.web.screening_marks import ScreeningMark, screening_mark
from booking.words import say_day


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """A yes, or somebody who was not sure. A no says nothing."""

    question: str
    answer: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownScreening:
    mark: ScreeningMark
    treatment: str
    day: str
    confirmed: bool
    expired: bool
    answers: Sequence[ShownAnswer]
    note: str


def section(
    *, patient: Patient, me: Practitioner, visit: Appointment | None, now: datetime
) -> Section | None:
    """Three queries at the most. Nothing where no visit asks and nobody ever answered."""
    found = screening_of(patient_id=patient.pk, visit=visit)
    not_asked = visit is not None and is_unanswered(visit)
    if found is None and not not_asked:
        return None
    facts = {
        "screening": _shown(found, now=now) if found else None,
        "not_asked": screening_mark(Stand.NOT_ASKED) if not_asked else None,
    }
    return Section(key="screening", title=_("Screening"), template="screening.html", facts=facts)


def _shown(row: Screening, *, now: datetime) -> ShownScreening:
    words = {Answer.YES: _("Yes"), Answer.UNSURE: _("Not sure")}
    return ShownScreening(
        mark=screening_mark(Stand(row.colour)),
        treatment=row.form.treatment.name,
        day=say_day(row.answered_at, with_year=True),
        confirmed=row.repeats_id is not None,
        expired=row.expires_at <= now,
        answers=[
            ShownAnswer(question=asked.question, answer=words[said], advice=str(asked.get_advice_display()))
            for asked in row.form.questions.all()
            if (said := Answer(row.answers.get(asked.code, Answer.NO))) in words
        ],
        note=row.note,
    )
