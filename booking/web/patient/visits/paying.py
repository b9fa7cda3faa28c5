"""/appointments/<token>/pay/: pay by card what is still due."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.web.patient import state
from booking.web.patient.new_visit.paying import lead_to_card_page
from booking.web.patient.page import page
from booking.web.patient.visits.opened import no_such_link, opened
from booking.web.patient.visits.visit_page import shown_visit


@page("POST", personal=True)
def pay(request: HttpRequest, token: str) -> HttpResponse:
    appointment = opened(token)
    if appointment is None:
        return no_such_link(request)
    visit = shown_visit(appointment=appointment, now=timezone.now(), token=token)
    if not visit.pays_now:
        messages.warning(request, _("There is nothing to pay online for this visit."))
        return redirect(visit.url)
    state.remember_paid_for(request, appointment)
    return lead_to_card_page(request, appointment)
