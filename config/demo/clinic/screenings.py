"""The questions of the demonstration clinic in force, and what its patients answered before they booked."""

from datetime import date, datetime, timedelta
from hashlib import sha256

from booking.actions.audit import Actor
from booking.actions.clinical.screening import answer_for_visit, answer_screening
from booking.models import Appointment, Screening
from booking.queries.clinical.screening import form_asked_by, is_unanswered, screening_permits
from catalogue.models import ScreeningForm, ScreeningQuestion, Service, Treatment
from config.demo.clinic import content

SIGNED_OFF_DAYS_AGO = 60
ONE_IN = 3
"""So often a patient at their first visit says yes to something."""
SINCE: tuple[dict[str, str], ...] = ({"operation": "unsure"}, {"blood-thinners": "yes"}, {})
SAID = ("pregnancy", "diabetes", "bruises-easily", "metal")


def write_screening_forms(*, today: date) -> None:
    for text in content.screenings():
        form = ScreeningForm.objects.create(
            treatment=Treatment.objects.get(slug=text.treatment),
            introduction=text.introduction,
            longer_visit=Service.objects.get(slug=text.longer_visit),
            assessment=Service.objects.get(slug=text.assessment),
            signed_off_by=text.signed_off_by,
            signed_off_on=today - timedelta(days=SIGNED_OFF_DAYS_AGO),
        )
        for position, row in enumerate(text.questions):
            ScreeningQuestion.objects.create(
                form=form,
                position=position,
                code=row.code,
                question=row.question,
                explanation=row.explanation,
                colour=row.colour,
                advice=row.advice,
                reason=row.reason,
            )
        form.state = ScreeningForm.State.PUBLISHED
        form.save(update_fields=["state"])


def answered_by(name: str, service: Service, *, now: datetime) -> Screening | None:
    """What this person answered online before this visit; nothing where nothing is asked.

    By the name, so that it stays the same from load to load. Whoever would have been led to another visit
    is not written down here: they booked that one.
    """
    form = form_asked_by(service)
    if form is None:
        return None
    chance = sha256(name.encode()).digest()[0]
    answers = dict.fromkeys(form.questions.values_list("code", flat=True), "no")
    note = ""
    if service.visit_kind == Service.VisitKind.FIRST and chance % ONE_IN == 0:
        answers[SAID[chance % len(SAID)]] = "yes"
        note = "I would like to talk about it first."
    answered = answer_screening(form=form, answers=answers, note=note, now=now, by=Actor.patient())
    return answered.screening if screening_permits(answered.screening, service) else None


def answer_from_links(*, now: datetime) -> None:
    """Some who booked at the desk have answered from the link since; two of them gave the clinic work."""
    coming = Appointment.objects.still_to_come(now=now).filter(source=Appointment.Source.DESK, screening=None)
    said = iter(SINCE)
    for visit in coming.with_names().order_by("starts_at")[1:]:
        form = form_asked_by(visit.service)
        if form is None or not is_unanswered(visit):
            continue
        if (different := next(said, None)) is None:
            return
        answers = dict.fromkeys(form.questions.values_list("code", flat=True), "no") | different
        answer_for_visit(
            appointment=visit,
            form=form,
            answers=answers,
            note="",
            for_one_visit=False,
            now=now,
            by=Actor.patient(),
        )
