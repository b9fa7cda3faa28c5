"""/appointments/<token>/cancel/: what goes back is said before the button, and again when it is done."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions.audit import Actor
from booking.actions.cancellations import NotComing, TooLate, cancel, refund_on_cancelling
from booking.gateways import doorbell
from booking.models import Appointment
from booking.queries.visits import money_of
from booking.web.card_page import close_card_page
from booking.web.patient.forms import CancelForm
from booking.web.patient.page import page
from booking.web.patient.visits.moving import cannot_change
from booking.web.patient.visits.opened import no_such_link, opened
from booking.web.patient.visits.visit_page import ShownVisit, shown_visit
from booking.words import say_moment, say_money


@page("GET", "POST", personal=True)
def cancelling(request: HttpRequest, token: str) -> HttpResponse:
    appointment, now = opened(token), timezone.now()
    if appointment is None:
        return no_such_link(request)
    visit = shown_visit(appointment=appointment, now=now, token=token)
    if not visit.is_coming:
        return cannot_change(request, visit)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and close_card_page(appointment, now=now):
        appointment = opened(token) or appointment  # it may have been paid a moment before
        visit = shown_visit(appointment=appointment, now=now, token=token)
    back = goes_back(appointment, now=now)
    if request.method != "POST":
        return _ask(request, appointment, visit, form, back)
    if not form.is_valid():
        return _ask(request, appointment, visit, form, back, status=422)
    if request.POST.get("back") != str(back):
        # The moment until which it is free passed while they were reading.
        return _ask(request, appointment, visit, form, back, status=409, changed=True)
    return _cancel(request, appointment, visit, reason=form.cleaned_data["reason"], now=now)


def goes_back(appointment: Appointment, *, now: datetime) -> int:
    return refund_on_cancelling(
        appointment=appointment, paid_minor=money_of(appointment).returnable, now=now, by_clinic=False
    )


def _ask(
    request: HttpRequest,
    appointment: Appointment,
    visit: ShownVisit,
    form: CancelForm,
    back: int,
    *,
    status: int = 200,
    changed: bool = False,
) -> HttpResponse:
    facts = {
        "visit": visit,
        "form": form,
        "back": back,
        "changed": changed,
        "what_goes_back": _what_goes_back(appointment, back),
        "button": _("Cancel, %(sum)s back") % {"sum": say_money(back)} if back else _("Cancel this visit"),
    }
    return render(request, "booking/cancel.html", facts, status=status)


def _what_goes_back(appointment: Appointment, back: int) -> str:
    returnable = money_of(appointment).returnable
    words = {"back": say_money(back), "paid": say_money(returnable)}
    if returnable == 0:
        return _("You have paid nothing online, so nothing goes back and nothing is charged.")
    if back == returnable:
        return _("All %(paid)s goes back to the card you paid with.") % words
    if back == 0:
        return (
            _("It is too late for money back: by the policy you accepted, the %(paid)s stays with us.")
            % words
        )
    return (
        _("By the policy you accepted, %(back)s of the %(paid)s goes back to the card you paid with.") % words
    )


def _cancel(
    request: HttpRequest, appointment: Appointment, visit: ShownVisit, *, reason: str, now: datetime
) -> HttpResponse:
    try:
        cancelled = cancel(
            appointment_id=appointment.pk, by=Actor.patient(request.user), now=now, reason=reason
        )
    except (NotComing, TooLate):
        return cannot_change(request, visit)
    doorbell.ring()
    words = {"when": say_moment(appointment.starts_at), "back": say_money(cancelled.refund_minor)}
    said = _("Cancelled: %(when)s. %(back)s is on its way back to your card.")
    messages.success(request, (said if cancelled.refund_minor else _("Cancelled: %(when)s.")) % words)
    return redirect(visit.url)
