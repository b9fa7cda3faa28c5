"""/book/<service>/questions/: asked before a time is chosen."""

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
    Answered,
    AnswersIncomplete,
    FormReplaced,
    QuestionsUnknown,
    ScreeningForbids,
    answer_screening,
    give_to_hold,
    repeat_screening,
)
from booking.models import Screening
from booking.queries.clinical.screening import screening_permits
from booking.queries.visits import my_people
from booking.web.patient import state as booking_state
from booking.web.patient.new_visit.times import bookable, no_such_visit
from booking.web.patient.page import page
from booking.web.patient.screening import state
from booking.web.patient.screening.forms import QuestionsForm, WhoForm
from booking.web.patient.screening.standing import (
    Standing,
    carried,
    outcome_url,
    questions_url,
    standing,
    times_url,
)
from booking.words import say_day
from catalogue.models import ScreeningForm, Service
from catalogue.texts import to_html

AGAIN = "again"


@page("GET", "POST", personal=True)
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    service = bookable(slug)
    if service is None:
        return no_such_visit(request)
    now = timezone.now()
    stands = standing(request, service, now=now)
    if stands.urgent is not None:
        return redirect(outcome_url(request, service))
    if stands.form is None:
        return redirect(times_url(request, service))
    if request.method == "POST":
        if not consume(request, action="answer_screening"):
            return render(request, "429.html", status=429)
        return _take(request, service, stands, stands.form, now=now)
    if stands.holds is not None and AGAIN not in request.GET:
        return _go_on(request, service, stands.holds, now=now)
    if state.asks_who(request) or ("who" in request.GET and my_people(request.user)):
        return _ask_who(request, service, WhoForm(people=my_people(request.user)))
    if stands.earlier is not None and AGAIN not in request.GET:
        return _ask_what_changed(request, service, stands.earlier)
    return _ask(request, service, stands.form, QuestionsForm(questions=stands.form.questions.all()))


def _take(
    request: HttpRequest, service: Service, stands: Standing, form: ScreeningForm, *, now: datetime
) -> HttpResponse:
    if "who" in request.POST:
        return _take_who(request, service)
    if stands.earlier is not None and request.POST.get("changed") == "no":
        try:
            repeated = repeat_screening(screening=stands.earlier, now=now, by=Actor.patient(request.user))
        except FormReplaced:
            return _ask_anew(request, service)
        return _keep(request, service, repeated, now=now)
    if request.POST.get("changed"):
        return redirect(reverse("booking:questions", args=[service.slug]) + carried(request, again="1"))
    asked = QuestionsForm(request.POST, questions=form.questions.all())
    if not asked.is_valid():
        return _ask(request, service, form, asked, status=422)
    try:
        answered = answer_screening(
            form=form,
            answers=asked.answers(),
            note=asked.cleaned_data["note"],
            patient=state.who_comes(request),
            now=now,
            by=Actor.patient(request.user),
        )
    except (FormReplaced, AnswersIncomplete, QuestionsUnknown):
        return _ask_anew(request, service)
    return _keep(request, service, answered, now=now)


def _keep(request: HttpRequest, service: Service, answered: Answered, *, now: datetime) -> HttpResponse:
    state.remember_answered(request, answered)
    return _go_on(request, service, answered.screening, now=now)


def _go_on(request: HttpRequest, service: Service, screening: Screening, *, now: datetime) -> HttpResponse:
    """To the times of this visit, back to the time that is held, or to what is said instead."""
    if not screening_permits(screening, service):
        return redirect(outcome_url(request, service))
    if screening.advice:
        messages.info(request, _("Thank you. Your physio reads your answers before the visit."))
    held = booking_state.running_hold(request, now=now)
    if held is not None and held.service_id == service.pk:
        try:
            give_to_hold(appointment=held, screening=screening, now=now, by=Actor.patient(request.user))
        except ScreeningForbids:
            return redirect(outcome_url(request, service))
        return redirect("booking:details", service.slug)
    return redirect(times_url(request, service))


def _take_who(request: HttpRequest, service: Service) -> HttpResponse:
    form = WhoForm(request.POST, people=my_people(request.user))
    if not form.is_valid():
        return _ask_who(request, service, form, status=422)
    state.remember_who(request, form.cleaned_data["who"])
    return redirect(questions_url(request, service))


def _ask_anew(request: HttpRequest, service: Service) -> HttpResponse:
    messages.warning(request, _("The questions have changed a moment ago. These are the new ones."))
    return redirect(reverse("booking:questions", args=[service.slug]) + carried(request, again="1"))


def _ask_who(request: HttpRequest, service: Service, form: WhoForm, *, status: int = 200) -> HttpResponse:
    facts = {"form": form, **_frame(request, service)}
    return render(request, "booking/screening/who.html", facts, status=status)


def _ask_what_changed(request: HttpRequest, service: Service, earlier: Screening) -> HttpResponse:
    """The questions are shown again, the answers are not: somebody may be looking over a shoulder."""
    facts = {
        "day": say_day(earlier.answered_at, with_year=True),
        "questions": earlier.form.questions.all(),
        "back_text": service.name,
        **_frame(request, service),
    }
    return render(request, "booking/screening/changed.html", facts)


def _ask(
    request: HttpRequest, service: Service, form: ScreeningForm, asked: QuestionsForm, *, status: int = 200
) -> HttpResponse:
    facts = {"form": asked, "introduction": to_html(form.introduction), **_frame(request, service)}
    return render(request, "booking/screening/questions.html", facts, status=status)


def _frame(request: HttpRequest, service: Service) -> dict[str, object]:
    """What every page of the questions says around them: for which visit, and for whom."""
    return {
        "service": service,
        "start_url": f"{reverse('booking:start')}{carried(request)}",
        "who": state.who_comes(request),
        "who_url": reverse("booking:questions", args=[service.slug]) + carried(request, who="1"),
    }
