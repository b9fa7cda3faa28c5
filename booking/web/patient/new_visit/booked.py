"""/booked/<token>/: it is done. What, when, where, and the proof of the e-mail address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.queries.clinical.consents import papers_of
from booking.queries.links import token_for
from booking.web.patient import proof, state
from booking.web.patient.page import page
from booking.web.patient.visits.opened import no_such_link, opened
from booking.web.patient.visits.visit_page import shown_visit


def booked_url(appointment: Appointment) -> str:
    return reverse("booking:done", args=[token_for(appointment)])


@page("GET", "POST", personal=True)
def booked(request: HttpRequest, token: str) -> HttpResponse:
    """Only the session that booked sees the address; anybody else with the link sees what the link shows."""
    appointment = opened(token)
    if appointment is None:
        return no_such_link(request)
    if not state.booked_here(request, appointment):
        return redirect("booking:appointment", token)
    email = appointment.patient.email if appointment.patient else ""
    proving = bool(email) and not request.user.is_authenticated
    if request.method == "POST":
        return _prove(request, appointment, email) if proving else redirect(request.path)
    if proving and state.proving(request) != appointment.pk.hex:
        # The code is sent when this page is first seen, once; reloading it sends nothing.
        state.remember_proving(request, appointment)
        proof.send_code(request, email=email)
    return _show(request, appointment, email if proving else "")


def _prove(request: HttpRequest, appointment: Appointment, email: str) -> HttpResponse:
    if request.POST.get("action") == "resend":
        if proof.send_code(request, email=email):
            return redirect(f"{request.path}?again=1#proof")
        sorry = _("No other code could be sent just now. Try again in a few minutes.")
        return _show(request, appointment, email, wrong=sorry, status=429)
    try:
        return proof.sign_in(request, code=request.POST.get("code", ""), then=reverse("booking:appointments"))
    except proof.WrongCode:
        wrong = _("This is not the code in our newest mail to you. Type it once more.")
    except proof.CodeGone:
        wrong = _("That code no longer works. Have another one sent.")
    return _show(request, appointment, email, wrong=wrong, status=422)


def _show(
    request: HttpRequest, appointment: Appointment, email: str, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    """`email` is the address still to be proved, or nothing; `wrong`, what became of the code typed."""
    facts = {
        "visit": shown_visit(appointment=appointment, now=timezone.now(), papers=papers_of([appointment])),
        "email": appointment.patient.email if appointment.patient else "",
        "proving": email,
        "asks_code": bool(email) and proof.awaits_code(request),
        "sent_again": "again" in request.GET,
        "wrong": wrong,
    }
    return render(request, "booking/booked.html", facts, status=status)
