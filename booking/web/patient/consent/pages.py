"""/appointments/<token>/consent/: read by the link to the visit. It is signed in the room, not here.

Whether it was signed is told, and taken back, only where it is known that the patient reads it.
"""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions.audit import Actor
from booking.actions.clinical.consents import (
    NoTextInForce,
    NothingToWithdraw,
    open_consent,
    withdraw_consent,
)
from booking.models import Appointment
from booking.queries.clinical.consents import papers_of
from booking.queries.clinical.standings import UNREAD, Standing, State, standings_at, texts_for
from booking.rules.lifecycle import Status
from booking.web.patient.consent.shown import shown_reading
from booking.web.patient.page import WayOn, page, say_no
from booking.web.patient.visits.known import is_known
from booking.web.patient.visits.opened import no_such_link, opened
from booking.web.patient.visits.visit_page import shown_visit

NOT_ANY_MORE = {Status.CANCELLED, Status.NO_SHOW}


@page("GET", personal=True)
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it is kept, once, where it is the patient who opens it."""
    visit = opened(token)
    if visit is None:
        return no_such_link(request)
    known = is_known(request, visit, token)
    found = _standings(visit, known=known)
    if not found or (visit.status in NOT_ANY_MORE and not _signed(found)):
        return _nothing_to_read(request)
    if known and request.method == "GET" and any(standing.state in UNREAD for standing in found):
        _keep_opened(request, visit, found)
        found = _standings(visit, known=known)
    facts = {
        "visit": shown_visit(appointment=visit, now=timezone.now(), papers=papers_of([visit]), token=token),
        "texts": [shown_reading(standing) for standing in found],
        "is_known": known,
        "sign_in_url": "" if known else _sign_in_url(request),
    }
    return render(request, "booking/consent/read.html", facts)


@page("GET", "POST", personal=True)
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Asked once more, without a reason."""
    visit = opened(token)
    if visit is None:
        return no_such_link(request)
    if not is_known(request, visit, token):
        return _sign_in_first(request, token)
    signed = _signed(standings_at(visit))
    if not signed:
        return _nothing_signed(request)
    if request.method != "POST":
        shown = shown_visit(appointment=visit, now=timezone.now(), papers=papers_of([visit]), token=token)
        texts = [shown_reading(standing) for standing in signed]
        return render(request, "booking/consent/withdraw.html", {"visit": shown, "texts": texts})
    for standing in signed:
        try:
            withdraw_consent(
                consent_id=standing.consent.pk,  # type: ignore[union-attr]
                withdrawn_by="patient",
                by=Actor.patient(request.user),
                now=timezone.now(),
            )
        except NothingToWithdraw:
            return _nothing_signed(request)
    messages.success(request, _("Taken back. Your visit stands as it was."))
    return redirect("booking:appointment", token)


def _standings(visit: Appointment, *, known: bool) -> list[Standing]:
    """To anybody else the texts look as to somebody who never opened them."""
    if known:
        return standings_at(visit)
    return [Standing(text=text, consent=None) for text in texts_for(visit.service_id)]


def _keep_opened(request: HttpRequest, visit: Appointment, found: list[Standing]) -> None:
    for standing in found:
        if standing.state not in UNREAD:
            continue
        with suppress(NoTextInForce):  # replaced between two lines; the page shows what is in force
            open_consent(
                appointment_id=visit.pk,
                text_id=standing.text.pk,
                by=Actor.patient(request.user),
                now=timezone.now(),
            )


def _signed(found: list[Standing]) -> list[Standing]:
    return [standing for standing in found if standing.state == State.SIGNED]


def _nothing_to_read(request: HttpRequest) -> HttpResponse:
    return say_no(
        request,
        status=404,
        title=_("Nothing to read for this visit"),
        what=_("Nothing has to be read or signed before it. Your visit is not touched."),
    )


def _sign_in_url(request: HttpRequest) -> str:
    """Leads back here. Nothing for somebody who is signed in already, as somebody else."""
    return "" if request.user.is_authenticated else redirect_to_login(request.get_full_path()).url


def _sign_in_first(request: HttpRequest, token: str) -> HttpResponse:
    """The same words whether something was signed or not."""
    sign_in = _sign_in_url(request)
    return say_no(
        request,
        status=403,
        title=_("First show that it is you"),
        what=_("Only the patient takes back what they signed, so nothing was changed."),
        todo=_("Open it from our mail to you, or sign in by a code to the address you booked with."),
        way_on=WayOn(href=sign_in, text=_("Sign in"))
        if sign_in
        else WayOn(href=reverse("booking:appointment", args=[token]), text=_("Back to the visit")),
    )


def _nothing_signed(request: HttpRequest) -> HttpResponse:
    return say_no(
        request,
        status=409,
        title=_("Nothing is signed"),
        what=_("There is nothing to take back: it was not signed, or was taken back before."),
    )
