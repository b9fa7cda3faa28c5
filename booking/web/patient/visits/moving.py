"""/appointments/<token>/move/: the same visit at another time, chosen like the first and asked about once."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions.audit import Actor
from booking.actions.cancellations import NotComing, TooLate
from booking.actions.conflicts import TimeTaken
from booking.actions.moves import move
from booking.gateways import doorbell
from booking.models import Appointment
from booking.rules.refunds import is_free_of_charge
from booking.web.patient.new_visit.taken import say_taken
from booking.web.patient.new_visit.times import NotADay, no_such_day, no_such_time, wanted_in
from booking.web.patient.new_visit.times_page import times_page
from booking.web.patient.page import WayOn, page, say_no
from booking.web.patient.slot import NotASlot, Slot
from booking.web.patient.visits.opened import no_such_link, opened
from booking.web.patient.visits.visit_page import ShownVisit, shown_visit
from booking.words import say_moment, say_until


@page("GET", "POST", personal=True)
def moving(request: HttpRequest, token: str) -> HttpResponse:
    appointment, now = opened(token), timezone.now()
    if appointment is None:
        return no_such_link(request)
    visit = shown_visit(appointment=appointment, now=now, token=token)
    if not visit.is_coming:
        return cannot_change(request, visit)
    if not visit.may_move:
        return too_late(request, visit)
    try:
        if request.method == "POST":
            return _move(request, appointment, visit, Slot.read(request.POST.get("to", "")))
        if "to" in request.GET:
            return _ask(request, appointment, visit, Slot.read(request.GET["to"]))
        return _choose(request, appointment, visit)
    except NotASlot:
        return no_such_time(request, visit.move_url)
    except NotADay:
        return no_such_day(request, visit.move_url)


def _choose(request: HttpRequest, appointment: Appointment, visit: ShownVisit) -> HttpResponse:
    """The same physio first: people want to stay with who knows them."""
    wanted = replace(wanted_in(request), usual=appointment.practitioner)
    if "practitioner" not in request.GET:
        wanted = replace(wanted, practitioner=appointment.practitioner)
    shown = times_page(service=appointment.service, wanted=wanted, now=timezone.now(), mine=appointment)
    return render(request, "booking/move.html", {"page": shown, "visit": visit})


def _ask(request: HttpRequest, appointment: Appointment, visit: ShownVisit, slot: Slot) -> HttpResponse:
    location, practitioner = slot.rows()
    facts = {
        "visit": visit,
        "slot": slot,
        "day_before": say_moment(appointment.starts_at),
        "day_after": say_moment(slot.starts_at),
        "whom": practitioner.name if practitioner else "",
        "place": location.name,
        "is_soon": not is_free_of_charge(
            starts_at=slot.starts_at, hours=appointment.policy_free_until_hours, now=timezone.now()
        ),
        "button": _("Move to %(when)s") % {"when": say_until(slot.starts_at, now=timezone.now())},
    }
    return render(request, "booking/move_ask.html", facts)


def _move(request: HttpRequest, appointment: Appointment, visit: ShownVisit, slot: Slot) -> HttpResponse:
    location, practitioner = slot.rows()
    now = timezone.now()
    try:
        moved = move(
            appointment_id=appointment.pk,
            starts_at=slot.starts_at,
            practitioner=practitioner,
            location=location,
            now=now,
            by=Actor.patient(request.user),
        )
    except TimeTaken:
        return say_taken(
            request,
            service=appointment.service,
            starts_at=slot.starts_at,
            practitioner=practitioner,
            location=location,
            now=now,
            moving=appointment,
            action=visit.move_url,
            method="get",
            nothing_lost=_("Your visit stays on %(when)s.") % {"when": say_moment(appointment.starts_at)},
        )
    except NotComing:
        return cannot_change(request, visit)
    except TooLate:
        return too_late(request, visit)
    doorbell.ring()
    messages.success(request, _("Moved to %(when)s.") % {"when": say_moment(moved.appointment.starts_at)})
    return redirect(visit.url)


def too_late(request: HttpRequest, visit: ShownVisit) -> HttpResponse:
    return say_no(
        request,
        status=409,
        title=_("Too late to move it here"),
        what=_("Moving for nothing ended on %(until)s. Your visit on %(day)s, %(time)s stays as it is.")
        % {"until": visit.policy.until, "day": visit.day, "time": visit.time},
        todo=_("Ring %(place)s on %(phone)s: we see what can be done.")
        % {"place": visit.where.name, "phone": visit.where.phone},
        way_on=WayOn(href=visit.url, text=_("Back to the visit")),
    )


def cannot_change(request: HttpRequest, visit: ShownVisit) -> HttpResponse:
    return say_no(
        request,
        status=409,
        title=_("This visit can no longer be changed"),
        what=_("It has begun, is over, or has been cancelled."),
        todo=_("Nothing was changed. To come again, book another visit."),
        way_on=WayOn(href=visit.url, text=_("See how it stands")),
    )
