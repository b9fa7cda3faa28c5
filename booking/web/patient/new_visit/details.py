"""/book/<service>/details/: who is coming and how it is paid; the button books, or leads to the card page."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from booking.actions.audit import Actor
from booking.actions.bookings import BooksByTelephone, HoldGone, book
from booking.actions.conflicts import TimeTaken
from booking.actions.holds import hold_again, release_hold
from booking.actions.payments.instead import close_pay_pages
from booking.gateways import doorbell
from booking.gateways.stripe import Unreachable, gateway_from_settings
from booking.models import Appointment
from booking.queries.placement import is_open
from booking.queries.visits import my_people
from booking.rules.lifecycle import Status
from booking.web.patient import state
from booking.web.patient.forms import AT_CLINIC, DetailsForm, default_way, initial_from, typed_in
from booking.web.patient.new_visit.booked import booked_url
from booking.web.patient.new_visit.details_page import details_page
from booking.web.patient.new_visit.paying import (
    has_card_page,
    lead_to_card_page,
    leave_card_page,
    no_card_page,
    return_url,
)
from booking.web.patient.new_visit.taken import say_taken
from booking.web.patient.page import WayOn, page, say_no
from booking.words import clinic_day, say_telephone, say_until


@page("GET", "POST", personal=True)
def details(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method == "POST":
        state.remember_typed(request, typed_in(request.POST))
    appointment, elsewhere = _ours(request, slug)
    if elsewhere is not None:
        return elsewhere
    assert appointment is not None
    now = timezone.now()
    if request.method == "POST":
        form = _form(request, appointment, request.POST)
        return (
            _book(request, appointment, form) if form.is_valid() else _show(request, appointment, form, 422)
        )
    if not state.is_running(appointment, now=now) and not is_open(
        service=appointment.service,
        starts_at=appointment.starts_at,
        practitioner=appointment.practitioner,
        location=appointment.location,
        now=now,
    ):
        return _taken(request, appointment)
    return _show(request, appointment, _form(request, appointment, None), 200)


@page("POST", personal=True)
def more_time(request: HttpRequest, slug: str) -> HttpResponse:
    """Some people type slowly, and nobody should lose a time over it."""
    state.remember_typed(request, typed_in(request.POST))
    appointment, elsewhere = _ours(request, slug)
    if elsewhere is not None:
        return elsewhere
    assert appointment is not None
    if not state.may_prolong(request):
        messages.warning(
            request,
            _("We cannot hold this time for longer. What you typed is kept: book it when you are ready."),
        )
        return redirect("booking:details", slug)
    try:
        hold_again(appointment=appointment, now=timezone.now(), by=Actor.patient(request.user))
    except TimeTaken:
        return _taken(request, appointment)
    state.count_prolonged(request)
    return redirect("booking:details", slug)


@page("POST", personal=True)
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """“Another time” lets this one go at once, so that somebody else can have it. What was typed is kept."""
    state.remember_typed(request, typed_in(request.POST))
    appointment, asked = state.held(request), state.asked_before(request)
    if appointment is not None and appointment.status == Status.HELD:
        if has_card_page(appointment) and (elsewhere := leave_card_page(request, appointment)):
            return elsewhere
        release_hold(appointment=appointment, now=timezone.now(), by=Actor.patient(request.user))
        state.forget_hold(request)
    return redirect(f"{reverse('booking:times', args=[slug])}{'?' if asked else ''}{asked}")


def _ours(request: HttpRequest, slug: str) -> tuple[Appointment | None, HttpResponse | None]:
    """What this session holds of this service; or where to go instead."""
    appointment = state.held(request)
    if appointment is None:
        return None, _nothing_held(request, slug)
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


def _form(request: HttpRequest, appointment: Appointment, data: Any) -> DetailsForm:
    user = request.user
    known = {"name": user.name, "email": user.email} if isinstance(user, User) else {}
    return DetailsForm(
        data,
        appointment=appointment,
        people=my_people(user),
        today=clinic_day(timezone.now()),
        initial={**known, **initial_from(state.typed_before(request))},
    )


def _refuse(request: HttpRequest, appointment: Appointment, form: DetailsForm) -> HttpResponse:
    return _show(request, appointment, form, 422)


def _show(request: HttpRequest, appointment: Appointment, form: DetailsForm, status: int) -> HttpResponse:
    now = timezone.now()
    running = state.is_running(appointment, now=now)
    facts = {
        "page": details_page(appointment=appointment, is_running=running, now=now),
        "form": form,
        "may_prolong": state.may_prolong(request),
    }
    return render(request, "booking/details.html", facts, status=status)


def _book(request: HttpRequest, appointment: Appointment, form: DetailsForm) -> HttpResponse:
    now, by = timezone.now(), Actor.patient(request.user)
    way = form.cleaned_data.get("pay") or default_way(appointment)
    if way == AT_CLINIC and has_card_page(appointment):
        try:
            still = close_pay_pages(appointment_id=appointment.pk, gateway=gateway_from_settings(), now=now)
        except Unreachable:
            return no_card_page(request, appointment)
        if still.status != Status.HELD:
            return redirect(return_url(appointment))
    try:
        if not state.is_running(appointment, now=now):
            hold_again(appointment=appointment, now=now, by=by)
        booked = book(
            appointment_id=appointment.pk,
            patient=form.patient(),
            pays_at_clinic=way == AT_CLINIC,
            accepts_policy=form.cleaned_data["accepts_policy"],
            note=form.cleaned_data["note"],
            holder=request.user if isinstance(request.user, User) else None,
            now=now,
            by=by,
        )
    except (TimeTaken, HoldGone):
        return _taken(request, appointment)
    except BooksByTelephone:
        return _ring_us(request, appointment)
    if booked.status == Status.HELD:
        return lead_to_card_page(request, booked)
    state.remember_booked(request, booked)
    doorbell.ring()
    return redirect(booked_url(booked))


def _taken(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    return say_taken(
        request,
        service=appointment.service,
        starts_at=appointment.starts_at,
        practitioner=appointment.practitioner,
        location=appointment.location,
        now=timezone.now(),
        nothing_lost=_("Nothing was charged, and what you typed is kept."),
    )


def _ring_us(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """The time is let go, so that whoever answers the telephone can give it to this caller."""
    release_hold(appointment=appointment, now=timezone.now(), by=Actor.patient(request.user))
    state.forget_hold(request)
    number = say_telephone(settings.CLINIC_PHONE)
    return say_no(
        request,
        status=409,
        title=_("Please ring us to book"),
        what=_("We book this visit with you by telephone: %(number)s. Nothing was booked or charged.")
        % {"number": number},
        todo=_("A person answers, and finds you a time while you are on the line."),
        way_on=WayOn(href=f"tel:{settings.CLINIC_PHONE.replace(' ', '')}", text=_("Ring us")),
    )


def _nothing_held(request: HttpRequest, slug: str) -> HttpResponse:
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
