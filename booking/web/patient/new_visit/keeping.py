"""“More time” and “Another time”: two buttons beside the details form, which keep what was typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions.audit import Actor
from booking.actions.conflicts import TimeTaken
from booking.actions.holds import hold_again, release_hold
from booking.rules.lifecycle import Status
from booking.web.patient import state
from booking.web.patient.forms import typed_in
from booking.web.patient.new_visit.holding import ours, taken
from booking.web.patient.new_visit.paying import has_card_page, leave_card_page
from booking.web.patient.page import page


@page("POST", personal=True)
def more_time(request: HttpRequest, slug: str) -> HttpResponse:
    """Some people type slowly, and nobody should lose a time over it."""
    state.remember_typed(request, typed_in(request.POST))
    appointment, elsewhere = ours(request, slug)
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
        return taken(request, appointment)
    state.count_prolonged(request)
    return redirect("booking:details", slug)


@page("POST", personal=True)
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """“Another time” lets this one go at once, so that somebody else can have it. What was typed is kept."""
    state.remember_typed(request, typed_in(request.POST))
    appointment, asked = state.held(request), state.asked_before(request)
    if appointment is not None and appointment.status == Status.HELD:
        if request.POST.get("hold") not in (None, "", appointment.pk.hex):
            # Pressed on an older page: what is held now was chosen since, and stays.
            _none, elsewhere = ours(request, slug)
            return elsewhere or redirect("booking:details", slug)
        if has_card_page(appointment) and (elsewhere := leave_card_page(request, appointment)):
            return elsewhere
        release_hold(appointment=appointment, now=timezone.now(), by=Actor.patient(request.user))
        state.forget_hold(request)
    return redirect(f"{reverse('booking:times', args=[slug])}{'?' if asked else ''}{asked}")
