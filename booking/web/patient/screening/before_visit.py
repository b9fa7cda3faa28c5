"""/appointments/<link>/questions/: the questions of a visit that was booked without them.

The link opens them without a sign-in. What was answered earlier is never shown, and what the answers lead
to is said only to the session that gave them. That somebody has answered before is told only where it is
known who reads it: then “nothing has changed” is enough, and what is answered holds for the visits to come.
"""

from datetime import datetime

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions.audit import Actor
from booking.actions.clinical.screening import (
    AnswersIncomplete,
    FormReplaced,
    QuestionsUnknown,
    answer_for_visit,
    repeat_for_visit,
)
from booking.models import Appointment, Screening
from booking.queries.clinical.screening import answers_to_confirm, form_asked_by, is_unanswered
from booking.rules.lifecycle import STILL_TO_COME
from booking.web.patient.page import page
from booking.web.patient.screening import state
from booking.web.patient.screening.asking import AGAIN
from booking.web.patient.screening.forms import QuestionsForm
from booking.web.patient.screening.outcome_page import outcome_page
from booking.web.patient.visits.known import is_known
from booking.web.patient.visits.opened import no_such_link, opened
from booking.words import say_day, say_moment
from catalogue.models import ScreeningForm


@page("GET", "POST", personal=True)
def before_visit(request: HttpRequest, token: str) -> HttpResponse:
    visit, now = opened(token), timezone.now()
    if visit is None:
        return no_such_link(request)
    here = reverse("booking:appointment", args=[token])
    form = form_asked_by(visit.service)
    if (
        form is None
        or visit.status not in STILL_TO_COME
        or visit.starts_at <= now
        or not is_unanswered(visit)
    ):
        messages.info(request, _("There is nothing to answer for this visit."))
        return redirect(here)
    known, earlier = is_known(request, visit, token), None
    if known and visit.patient_id is not None:
        earlier = answers_to_confirm(patient_id=visit.patient_id, form=form)
    if request.method != "POST":
        if earlier is not None and AGAIN not in request.GET:
            return _ask_what_changed(request, visit, here, earlier)
        return _ask(request, visit, here, QuestionsForm(questions=form.questions.all()))
    if not consume(request, action="answer_screening"):
        return render(request, "429.html", status=429)
    if earlier is not None and request.POST.get("changed") == "no":
        return _repeat(request, visit, token, earlier, now=now)
    if earlier is not None and "changed" in request.POST:
        return redirect(f"{reverse('booking:before-visit', args=[token])}?{AGAIN}=1")
    return _take(request, visit, token, form, known=known, now=now)


def _take(
    request: HttpRequest, visit: Appointment, token: str, form: ScreeningForm, *, known: bool, now: datetime
) -> HttpResponse:
    here = reverse("booking:appointment", args=[token])
    asked = QuestionsForm(request.POST, questions=form.questions.all())
    if not asked.is_valid():
        return _ask(request, visit, here, asked, status=422)
    try:
        answered = answer_for_visit(
            appointment=visit,
            form=form,
            answers=asked.answers(),
            note=asked.cleaned_data["note"],
            for_one_visit=not known,
            now=now,
            by=Actor.patient(request.user),
        )
    except (FormReplaced, AnswersIncomplete, QuestionsUnknown):
        return _ask_anew(request, token)
    state.remember_answered(request, answered)
    if answered.screening.advice:
        return redirect("booking:answered-before", token)
    return _thank(request, token)


def _repeat(
    request: HttpRequest, visit: Appointment, token: str, earlier: Screening, *, now: datetime
) -> HttpResponse:
    """What the answers lead to is not said again: it would tell whoever reads along what they were."""
    try:
        repeat_for_visit(appointment=visit, earlier=earlier, now=now, by=Actor.patient(request.user))
    except FormReplaced:
        return _ask_anew(request, token)
    return _thank(request, token)


@page("GET", personal=True)
def answered_before(request: HttpRequest, token: str) -> HttpResponse:
    """What the answers lead to. The visit stands: somebody from the clinic rings if it has to change."""
    visit = opened(token)
    if visit is None:
        return no_such_link(request)
    mine = [row for row in state.answered_here(request) if row.pk == visit.screening_id and row.advice]
    if not mine:
        return redirect("booking:appointment", token)
    facts = {
        "page": outcome_page(mine[0]),
        "visit_url": reverse("booking:appointment", args=[token]),
        "when": say_moment(visit.starts_at),
    }
    return render(request, "booking/screening/answered.html", facts)


def _ask(
    request: HttpRequest, visit: Appointment, here: str, asked: QuestionsForm, *, status: int = 200
) -> HttpResponse:
    facts = {"form": asked, "when": say_moment(visit.starts_at), "visit_url": here}
    return render(request, "booking/screening/before_visit.html", facts, status=status)


def _ask_what_changed(
    request: HttpRequest, visit: Appointment, here: str, earlier: Screening
) -> HttpResponse:
    facts = {
        "day": say_day(earlier.answered_at, with_year=True),
        "questions": earlier.form.questions.all(),
        "start_url": here,
        "back_text": say_moment(visit.starts_at),
    }
    return render(request, "booking/screening/changed.html", facts)


def _ask_anew(request: HttpRequest, token: str) -> HttpResponse:
    messages.warning(request, _("The questions have changed a moment ago. These are the new ones."))
    return redirect("booking:before-visit", token)


def _thank(request: HttpRequest, token: str) -> HttpResponse:
    messages.success(request, _("Thank you. Your physio reads your answers before the visit."))
    return redirect("booking:appointment", token)
