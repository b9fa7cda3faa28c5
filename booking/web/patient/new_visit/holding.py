"""What a session holds, for the pages that need it, and what they say when it holds it no more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.rules.lifecycle import Status
from booking.web.patient import state
from booking.web.patient.new_visit.booked import booked_url
from booking.web.patient.new_visit.taken import say_taken
from booking.web.patient.page import WayOn, say_no
from booking.words import say_until


def ours(request: HttpRequest, slug: str) -> tuple[Appointment | None, HttpResponse | None]:
    """What this session holds of this service; or where to go instead."""
    appointment = state.held(request)
    if appointment is None:
        return None, nothing_held(request, slug)
    if appointment.status not in (Status.HELD, Status.LAPSED):
        return None, redirect(booked_url(appointment))
    posted = request.POST.get("hold", appointment.pk.hex) if request.method == "POST" else appointment.pk.hex
    if appointment.service.slug != slug or posted != appointment.pk.hex:
        now = timezone.now()
        messages.warning(
            request,
            _("You have chosen another time since: this page is about %(time)s. Nothing is booked yet.")
            % {"time": say_until(appointment.starts_at, now=now)},
        )
        return None, redirect("booking:details", appointment.service.slug)
    return appointment, None


def taken(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    return say_taken(
        request,
        service=appointment.service,
        starts_at=appointment.starts_at,
        practitioner=appointment.practitioner,
        location=appointment.location,
        now=timezone.now(),
        nothing_lost=_("Nothing was charged, and what you typed is kept."),
    )


def nothing_held(request: HttpRequest, slug: str) -> HttpResponse:
    return say_no(
        request,
        status=410,
        title=_("No time is held for you"),
        what=_(
            "You let it go, or it is a while since you chose one. Nothing was booked and nothing was charged."
        ),
        todo=_("Choose a time again. What you typed is kept."),
        way_on=WayOn(href=reverse("booking:times", args=[slug]), text=_("Choose a time")),
    )
