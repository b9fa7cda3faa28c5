"""/after/<token>/: how are you today? Opened from a message, without signing in; names no treatment."""

from datetime import datetime

from allauth.core.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User
from booking.actions.audit import Actor
from booking.actions.clinical.after_check import NotAsked, answer_after_check
from booking.gateways import doorbell
from booking.models import AfterCheck
from booking.queries.clinical.after_check import open_after_check, said_so_far
from booking.queries.links import appointment_id_in_after
from booking.rules.after_check import Outcome
from booking.web.patient.after.form import AfterCheckForm
from booking.web.patient.page import WayOn, page, say_no
from booking.words import say_telephone

TEMPLATES = {
    Outcome.EMERGENCY: "booking/after/emergency.html",
    Outcome.CALL_BACK: "booking/after/call_back.html",
    Outcome.WELL: "booking/after/well.html",
}


@page("GET", "POST", personal=True)
def after(request: HttpRequest, token: str) -> HttpResponse:
    """The answer is shown by the same request that brings it: a bad line need bring no more."""
    key, now = appointment_id_in_after(token), timezone.now()
    check = open_after_check(key, now=now) if key else None
    if check is None:
        return _not_asked(request)
    if request.method == "POST":
        return _answer(request, check, now=now)
    if check.answered_at is not None and "again" not in request.GET:
        return _told(request, check, said_so_far(check.appointment_id))
    return _ask(request, check, AfterCheckForm())


def _answer(request: HttpRequest, check: AfterCheck, *, now: datetime) -> HttpResponse:
    if not consume(request, action="after_check"):
        return _too_often(request)
    form = AfterCheckForm(request.POST)
    if not form.is_valid():
        return _ask(request, check, form, status=422)
    try:
        outcome = answer_after_check(
            appointment_id=check.appointment_id, answers=form.answers(), by=_actor(request), now=now
        )
    except NotAsked:
        return _not_asked(request)
    if outcome != Outcome.WELL:
        doorbell.ring()
    return _told(request, check, outcome)


def _actor(request: HttpRequest) -> Actor:
    """Reception fills it in with somebody on the telephone who has no address."""
    user = request.user
    return Actor.staff(user) if isinstance(user, User) and roles.is_staff(user) else Actor.patient(user)


def _ask(request: HttpRequest, check: AfterCheck, form: AfterCheckForm, *, status: int = 200) -> HttpResponse:
    return render(request, "booking/after/check.html", {**_facts(check), "form": form}, status=status)


def _told(request: HttpRequest, check: AfterCheck, outcome: Outcome) -> HttpResponse:
    return render(request, TEMPLATES[outcome], _facts(check))


def _facts(check: AfterCheck) -> dict[str, str]:
    visit = check.appointment
    number = visit.location.phone or settings.CLINIC_PHONE
    return {
        "first_name": visit.patient.first_name if visit.patient else "",
        "physio": visit.practitioner.first_name,
        "phone": say_telephone(number),
        "tel": number.replace(" ", ""),
    }


def _not_asked(request: HttpRequest) -> HttpResponse:
    return say_no(
        request,
        status=404,
        title=_("This question is no longer open"),
        what=_("The link was cut off on its way to you, or more than a week has passed. Nothing was kept."),
        todo=_short_of_breath(),
        way_on=_ring_us(),
    )


def _too_often(request: HttpRequest) -> HttpResponse:
    return say_no(
        request,
        status=429,
        title=_("That was often, in a short time"),
        what=_("What you told us before is kept. Wait ten minutes, or ring us."),
        todo=_short_of_breath(),
        way_on=_ring_us(),
    )


def _short_of_breath() -> str:
    words = {"number": settings.EMERGENCY_NUMBER}
    return _("Short of breath, or pain in your chest? Ring %(number)s now, day or night.") % words


def _ring_us() -> WayOn:
    return WayOn(href=f"tel:{settings.CLINIC_PHONE.replace(' ', '')}", text=_("Ring us"))
