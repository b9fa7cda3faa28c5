"""/appointments/<link>/questions/: the questions of a visit that was booked without them.

The link opens them without a sign-in. What was answered earlier is never shown, and what the answers lead
to is said only to the session that gave them.
"""

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
)
from booking.models import Appointment
from booking.queries.clinical.screening import form_asked_by, is_unanswered
from booking.rules.lifecycle import STILL_TO_COME
from booking.web.patient.page import page
from booking.web.patient.screening import state
from booking.web.patient.screening.forms import QuestionsForm
from booking.web.patient.screening.outcome_page import outcome_page
from booking.web.patient.visits.opened import no_such_link, opened
from booking.words import say_moment


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
    if request.method != "POST":
        return _ask(request, visit, here, QuestionsForm(questions=form.questions.all()))
    if not consume(request, action="answer_screening"):
        return render(request, "429.html", status=429)
    asked = QuestionsForm(request.POST, questions=form.questions.all())
    if not asked.is_valid():
        return _ask(request, visit, here, asked, status=422)
    try:
        answered = answer_for_visit(
            appointment=visit,
            form=form,
            answers=asked.answers(),
            note=asked.cleaned_data["note"],
            now=now,
            by=Actor.patient(request.user),
        )
    except (FormReplaced, AnswersIncomplete, QuestionsUnknown):
        messages.warning(request, _("The questions have changed a moment ago. These are the new ones."))
        return redirect("booking:before-visit", token)
    state.remember_answered(request, answered)
    if answered.screening.advice:
        return redirect("booking:answered-before", token)
    messages.success(request, _("Thank you. Your physio reads your answers before the visit."))
    return redirect(here)


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
