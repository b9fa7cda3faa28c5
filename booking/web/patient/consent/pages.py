"""/appointments/<token>/consent/: read by the link to the visit. It is signed in the room, not here."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from booking.queries.clinical.standings import UNREAD, Standing, State, standings_at
from booking.rules.lifecycle import Status
from booking.web.patient.consent.shown import shown_reading
from booking.web.patient.page import page, say_no
from booking.web.patient.visits.opened import no_such_link, opened
from booking.web.patient.visits.visit_page import shown_visit

NOT_ANY_MORE = {Status.CANCELLED, Status.NO_SHOW}


@page("GET", personal=True)
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it is kept, once."""
    visit = opened(token)
    if visit is None:
        return no_such_link(request)
    found = standings_at(visit)
    if not found or (visit.status in NOT_ANY_MORE and not _signed(found)):
        return _nothing_to_read(request)
    now = timezone.now()
    for standing in found:
        if standing.state in UNREAD and request.method == "GET":
            _keep_opened(request, visit, standing)
    facts = {
        "visit": shown_visit(appointment=visit, now=now, papers=papers_of([visit])),
        "texts": [shown_reading(standing) for standing in standings_at(visit)],
    }
    return render(request, "booking/consent/read.html", facts)


@page("GET", "POST", personal=True)
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Asked once more, without a reason."""
    visit = opened(token)
    if visit is None:
        return no_such_link(request)
    signed = _signed(standings_at(visit))
    if not signed:
        return _nothing_signed(request)
    if request.method != "POST":
        shown = shown_visit(appointment=visit, now=timezone.now(), papers=papers_of([visit]))
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


def _keep_opened(request: HttpRequest, visit: Appointment, standing: Standing) -> None:
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


def _nothing_signed(request: HttpRequest) -> HttpResponse:
    return say_no(
        request,
        status=409,
        title=_("Nothing is signed"),
        what=_("There is nothing to take back: it was not signed, or was taken back before."),
    )
