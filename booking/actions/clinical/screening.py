"""Questions are answered before a time is chosen, and the answers go along with the visit."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import Patient, User
from booking.actions.audit import Actor, record
from booking.models import Appointment, Screening
from booking.queries.clinical.screening import (
    form_asked_by,
    is_unanswered,
    latest_screening,
    screening_permits,
    unanswered_visits,
)
from booking.queries.record import is_all_there_is
from booking.rules.lifecycle import STILL_TO_COME, Status
from booking.rules.screening import Answer, Outcome, Question, outcome
from catalogue.models import ScreeningForm, Service

FORGET_AFTER = timedelta(days=1)
LONGEST_NOTE = 1000


class AnswersIncomplete(Exception):
    """Not every question has an answer, or one has an answer that is none. `codes` names them."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class QuestionsUnknown(Exception):
    """Answers to questions that the form does not ask. `codes` names them."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class FormReplaced(Exception):
    """The questions have changed since: they are asked again, as they are now."""


class ScreeningForbids(Exception):
    """What was answered does not allow this visit."""


class ScreeningExpired(Exception):
    """What was answered is too long ago."""


class ScreeningOfAnother(Exception):
    """The answers are those of somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answers as kept, and the secret that proves whose they are. Only the secret's hash is stored."""

    screening: Screening
    secret: str


def answer_screening(
    *,
    form: ScreeningForm,
    answers: Mapping[str, str],
    note: str = "",
    patient: Patient | None = None,
    now: datetime,
    by: Actor,
) -> Answered:
    """Keep the answers with what they add up to. Without a patient they wait for the booking to name one.

    Raises FormReplaced, AnswersIncomplete or QuestionsUnknown; then nothing has been written.
    """
    if form.state != ScreeningForm.State.PUBLISHED:
        raise FormReplaced
    found = outcome_of(form=form, answers=answers)
    return _keep(
        Screening(
            form=form,
            patient=patient,
            answers=dict(answers),
            note=note.strip()[:LONGEST_NOTE],
            colour=found.colour,
            advice=found.advice,
        ),
        verb="answered screening",
        now=now,
        by=by,
    )


def repeat_screening(*, screening: Screening, note: str = "", now: datetime, by: Actor) -> Answered:
    """“Nothing has changed”: the same answers hold for another while. Raises FormReplaced."""
    if screening.form.state != ScreeningForm.State.PUBLISHED:
        raise FormReplaced
    return _keep(
        Screening(
            form=screening.form,
            patient=screening.patient,
            answers=screening.answers,
            note=note.strip()[:LONGEST_NOTE] or screening.note,
            colour=screening.colour,
            advice=screening.advice,
            repeats=screening,
        ),
        verb="repeated screening",
        now=now,
        by=by,
    )


def outcome_of(*, form: ScreeningForm, answers: Mapping[str, str]) -> Outcome:
    """Raises AnswersIncomplete or QuestionsUnknown. One query."""
    questions = [
        Question(code=code, advice=advice) for code, advice in form.questions.values_list("code", "advice")
    ]
    asked = [question.code for question in questions]
    if unknown := [code for code in answers if code not in asked]:
        raise QuestionsUnknown(unknown)
    if missing := [code for code in asked if answers.get(code) not in set(Answer)]:
        raise AnswersIncomplete(missing)
    return outcome(questions, answers)


def opens_screening(*, screening: Screening, secret: str) -> bool:
    """Is this the secret that was handed out with the answers? Compared in constant time."""
    return bool(screening.secret_hash) and hmac.compare_digest(screening.secret_hash, _hash(secret))


def require_permitted(*, screening: Screening, service: Service, now: datetime) -> None:
    """Raises ScreeningExpired or ScreeningForbids."""
    if screening.expires_at <= now:
        raise ScreeningExpired
    if not screening_permits(screening, service):
        raise ScreeningForbids


def give_to_hold(*, appointment: Appointment, screening: Screening, now: datetime, by: Actor) -> None:
    """Answers given, or given again, while a time is held. Raises as `require_permitted`."""
    with transaction.atomic():
        held = Appointment.objects.locked().get(pk=appointment.pk)
        require_permitted(screening=screening, service=held.service, now=now)
        if held.status in (Status.HELD, Status.LAPSED):
            held.screening = screening
            held.save(update_fields=["screening"])
            detail = {"screening": str(screening.pk)}
            record(verb="gave screening", by=by, at=now, appointment=held, detail=detail)


def tie_to_patient(*, appointment: Appointment, holder: User | None, by: Actor, now: datetime) -> None:
    """The visit has its patient: so have the answers. The caller holds the row and saves it.

    `holder` is who is signed in. A guest may have typed the details of somebody else: where that record holds
    more than this visit, what they answered goes along with this visit alone.

    A visit made without answers takes the patient's own last ones along, if they still hold on its day.
    Raises ScreeningOfAnother, ScreeningForbids or ScreeningExpired.
    """
    if appointment.screening_id is not None:
        screening = Screening.objects.select_for_update().get(pk=appointment.screening_id)
        require_permitted(screening=screening, service=appointment.service, now=now)
        if screening.patient_id is None:
            patient = appointment.patient
            assert patient is not None, "the visit has its patient"
            screening.patient = patient
            screening.for_one_visit = by.is_patient and not (
                patient.is_held_by(holder) or is_all_there_is(appointment)
            )
            screening.save(update_fields=["patient", "for_one_visit"])
        elif screening.patient_id != appointment.patient_id:
            raise ScreeningOfAnother
        return
    take_last_answers(appointment=appointment)


def take_last_answers(*, appointment: Appointment) -> None:
    """What the patient last answered, whatever the colour, where it still holds on the day of the visit.

    Where somebody not known to be the patient has answered since, nobody can tell what holds: it is asked
    anew.
    """
    form = form_asked_by(appointment.service)
    if form is None or appointment.patient_id is None:
        return
    last = latest_screening(patient_id=appointment.patient_id, form=form)
    if last is None or last.for_one_visit:
        return
    if last.form_id == form.pk and last.expires_at > appointment.starts_at:
        appointment.screening = last


def answer_for_visit(
    *, appointment: Appointment, form: ScreeningForm, answers: Mapping[str, str], note: str,
    for_one_visit: bool, now: datetime, by: Actor,
) -> Answered:  # fmt: skip
    """Answered from the visit's own page, after it was booked: it holds for every coming visit that lacks it.

    `for_one_visit`: it is not known that the patient answers, so it holds for this visit alone. Nothing is
    taken away from the patient here, whatever the colour: the desk sees it and rings.
    """
    with transaction.atomic():
        visit = _still_unanswered(appointment)
        answered = answer_screening(
            form=form, answers=answers, note=note, patient=visit.patient, now=now, by=by
        )
        if for_one_visit:
            _give_to_this_visit_alone(visit, answered.screening)
        else:
            _give_to_coming_visits(answered.screening, now=now)
    return answered


def repeat_for_visit(*, appointment: Appointment, earlier: Screening, now: datetime, by: Actor) -> Answered:
    """“Nothing has changed”, said from the visit's own page. Raises FormReplaced, ScreeningOfAnother."""
    with transaction.atomic():
        visit = _still_unanswered(appointment)
        if earlier.patient_id != visit.patient_id:
            raise ScreeningOfAnother
        repeated = repeat_screening(screening=earlier, now=now, by=by)
        _give_to_coming_visits(repeated.screening, now=now)
    return repeated


def forget_unbooked_screenings(*, now: datetime) -> int:
    """Answers that no booking followed are nobody's, and are not kept. Says how many went."""
    old = Screening.objects.filter(patient=None, answered_at__lt=now - FORGET_AFTER)
    return old.delete()[0]


def _still_unanswered(appointment: Appointment) -> Appointment:
    """With its row locked. Raises FormReplaced."""
    visit = Appointment.objects.locked().get(pk=appointment.pk)
    if visit.status not in STILL_TO_COME or not is_unanswered(visit):
        raise FormReplaced
    return visit


def _give_to_coming_visits(screening: Screening, *, now: datetime) -> None:
    assert screening.patient_id is not None, "a visit that was made has a patient"
    unanswered_visits(patient_id=screening.patient_id, form=screening.form, now=now).filter(
        starts_at__lt=screening.expires_at
    ).update(screening=screening)


def _give_to_this_visit_alone(visit: Appointment, screening: Screening) -> None:
    screening.for_one_visit = True
    screening.save(update_fields=["for_one_visit"])
    visit.screening = screening
    visit.save(update_fields=["screening"])


def _keep(screening: Screening, *, verb: str, now: datetime, by: Actor) -> Answered:
    secret = secrets.token_urlsafe(24)
    screening.secret_hash = _hash(secret)
    screening.answered_at = now
    screening.expires_at = now + timedelta(days=settings.SCREENING_VALID_DAYS)
    with transaction.atomic():
        screening.save(force_insert=True)
        record(
            verb=verb,
            by=by,
            at=now,
            patient_id=screening.patient_id,
            detail={"screening": str(screening.pk), "form": screening.form_id},
        )
    return Answered(screening=screening, secret=secret)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
