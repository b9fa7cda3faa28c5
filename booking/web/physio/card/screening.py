"""What the patient answered before a time was chosen: the colour, what was said yes to, and their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Patient, Practitioner
from booking.models import Appointment, Screening
from booking.queries.clinical.screenings import screening_of
from booking.web.physio.card.section import Section
from booking.words import say_day
from catalogue.models import ScreeningQuestion

SAID = {"yes": gettext_lazy("Yes"), "unsure": gettext_lazy("Not sure")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """One question that was not answered with a plain no."""

    question: str
    said: str
    colour: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownScreening:
    colour: str
    word: str
    advice: str
    about: str
    when: str
    is_old: bool
    answers: Sequence[ShownAnswer]
    harmless: Sequence[str]
    note: str


def section(
    *, patient: Patient, me: Practitioner, visit: Appointment | None, now: datetime
) -> Section | None:
    """Nothing where nobody ever asked. Two queries."""
    row = screening_of(patient=patient, visit=visit)
    if row is None:
        return None
    facts = {"screening": shown_screening(row, now=now)}
    return Section(key="screening", title=_("Screening"), template="screening.html", facts=facts)


def shown_screening(row: Screening, *, now: datetime) -> ShownScreening:
    """The screening comes with its form and its questions."""
    questions = list(row.form.questions.all())
    told = [question for question in questions if row.answers.get(question.code) in SAID]
    return ShownScreening(
        colour=row.colour,
        word=str(row.get_colour_display()),
        advice=str(row.get_advice_display()) if row.advice else "",
        about=str(row.form.treatment),
        when=say_day(row.answered_at, with_year=True),
        is_old=row.expires_at <= now,
        answers=[_shown_answer(question, row.answers[question.code]) for question in told],
        harmless=[question.question for question in questions if row.answers.get(question.code) == "no"],
        note=row.note,
    )


def _shown_answer(question: ScreeningQuestion, answer: str) -> ShownAnswer:
    return ShownAnswer(
        question=question.question,
        said=str(SAID[answer]),
        colour=question.colour,
        reason=str(question.get_colour_display()),
    )
