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
from booking.actions.bookings import BooksByTelephone, HoldGone, PaymentNotAllowed, book
from booking.actions.clinical.screening import ScreeningExpired, ScreeningForbids, ScreeningOfAnother
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
from booking.web.patient.forms import (
    AT_CLINIC,
    SOMEBODY_ELSE,
    DetailsForm,
    default_way,
    initial_from,
    typed_in,
)
from booking.web.patient.new_visit.booked import booked_url
from booking.web.patient.new_visit.details_page import details_page
from booking.web.patient.new_visit.holding import ours, taken
from booking.web.patient.new_visit.paying import (
    has_card_page,
    lead_to_card_page,
    no_card_page,
    return_url,
)
from booking.web.patient.page import WayOn, page, say_no
from booking.web.patient.screening import state as screening_state
from booking.web.patient.screening.standing import stopped
from booking.words import clinic_day, say_telephone, say_time


@page("GET", "POST", personal=True)
def details(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method == "POST":
        state.remember_typed(request, typed_in(request.POST))
    appointment, elsewhere = ours(request, slug)
    if elsewhere is not None:
        return elsewhere
    assert appointment is not None
    now = timezone.now()
    if elsewhere := stopped(request, appointment.service, now=now):
        return elsewhere
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
        return taken(request, appointment)
    return _show(request, appointment, _form(request, appointment, None), 200)


def _form(request: HttpRequest, appointment: Appointment, data: Any) -> DetailsForm:
    user = request.user
    known = {"name": user.name, "email": user.email} if isinstance(user, User) else {}
    return DetailsForm(
        data,
        appointment=appointment,
        people=my_people(user),
        today=clinic_day(timezone.now()),
        initial={**known, **initial_from(state.typed_before(request)), **_answered_for(appointment)},
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
        return taken(request, appointment)
    except PaymentNotAllowed:
        messages.warning(request, _("How this visit is paid has changed since. Nothing is booked yet."))
        return redirect("booking:details", appointment.service.slug)
    except BooksByTelephone:
        return _ring_us(request, appointment)
    except (ScreeningForbids, ScreeningExpired):
        return redirect("booking:questions", appointment.service.slug)
    except ScreeningOfAnother:
        return _asks_the_other(request, appointment, form)
    if booked.status == Status.HELD:
        return lead_to_card_page(request, booked)
    state.remember_booked(request, booked)
    if request.user.is_authenticated:
        screening_state.forget_answered(request)
    doorbell.ring()
    return redirect(booked_url(booked))


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


def _answered_for(appointment: Appointment) -> dict[str, str]:
    """Whom the questions were answered for comes first."""
    screening = appointment.screening
    return {"who": str(screening.patient_id)} if screening and screening.patient_id else {}


def _asks_the_other(request: HttpRequest, appointment: Appointment, form: DetailsForm) -> HttpResponse:
    """The time stays held while the questions are answered for whoever is coming instead."""
    person = form.chosen_person()
    screening_state.remember_who(request, str(person.pk) if person else SOMEBODY_ELSE)
    name = form.patient().name
    return say_no(
        request,
        status=409,
        title=_("The questions were answered for somebody else"),
        what=_("Nothing is booked yet. %(time)s is still held, and what you typed is kept.")
        % {"time": say_time(appointment.starts_at)},
        todo=_("Answer them once more, for %(name)s, and you are back here.") % {"name": name},
        way_on=WayOn(
            href=reverse("booking:questions", args=[appointment.service.slug]),
            text=_("Answer for %(name)s") % {"name": name},
        ),
    )
