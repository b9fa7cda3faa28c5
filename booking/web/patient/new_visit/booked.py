"""/booked/<token>/: it is done. What, when, where, and the proof of the e-mail address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from booking.models import Appointment
from booking.queries.clinical.consents import papers_of
from booking.queries.links import token_for
from booking.web.patient import proof, state
from booking.web.patient.page import page
from booking.web.patient.visits.opened import no_such_link, opened
from booking.web.patient.visits.visit_page import shown_visit


def booked_url(appointment: Appointment) -> str:
    return reverse("booking:done", args=[token_for(appointment)])


@page("GET", personal=True)
def booked(request: HttpRequest, token: str) -> HttpResponse:
    """Only the session that booked sees the address; anybody else with the link sees what the link shows."""
    appointment = opened(token)
    if appointment is None:
        return no_such_link(request)
    if not state.booked_here(request, appointment):
        return redirect("booking:appointment", token)
    email = appointment.patient.email if appointment.patient else ""
    facts = {
        "visit": shown_visit(appointment=appointment, now=timezone.now(), papers=papers_of([appointment])),
        "email": email,
        "asks_code": _asks_code(request, appointment, email),
        "code_url": reverse("account_confirm_login_code"),
        "next": reverse("booking:appointments"),
    }
    return render(request, "booking/booked.html", facts)


def _asks_code(request: HttpRequest, appointment: Appointment, email: str) -> bool:
    """The code is sent when this page is first seen, once; reloading it sends nothing."""
    if request.user.is_authenticated or not email:
        return False
    if state.proving(request) != appointment.pk.hex:
        state.remember_proving(request, appointment)
        return proof.send_code(request, email=email)
    return proof.awaits_code(request)
