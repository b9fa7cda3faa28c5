"""/book/<service>/: choose a time; choosing holds it."""

from datetime import date, datetime
from typing import Any

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.actions.audit import Actor
from booking.actions.clinical.screening import ScreeningExpired, ScreeningForbids
from booking.actions.conflicts import TimeTaken
from booking.actions.holds import place_hold
from booking.models import Appointment, Location, Screening
from booking.web.patient import state
from booking.web.patient.choice import CARRIED, Choice, clean_slug
from booking.web.patient.new_visit.paying import has_card_page, leave_card_page
from booking.web.patient.new_visit.start_page import may_include
from booking.web.patient.new_visit.taken import say_taken
from booking.web.patient.new_visit.times_page import Wanted, times_page
from booking.web.patient.page import WayOn, page, say_no
from booking.web.patient.screening.standing import gate, questions_url
from booking.web.patient.slot import NotASlot, Slot
from booking.words import say_money, say_time, say_until
from catalogue.models import Service


class NotADay(Exception):
    """The address names a day that no calendar has."""


@page("GET", "POST", personal=True)
def times(request: HttpRequest, slug: str) -> HttpResponse:
    service = bookable(slug)
    if service is None:
        return no_such_visit(request)
    screening, elsewhere = gate(request, service, now=timezone.now())
    if elsewhere is not None:
        return elsewhere
    if request.method == "POST":
        return _hold(request, service, screening)
    try:
        wanted = wanted_in(request, carry=CARRIED)
    except NotADay:
        return no_such_day(request, reverse("booking:times", args=[slug]))
    now = timezone.now()
    mine = state.running_hold(request, now=now)
    shown = times_page(service=service, wanted=wanted, now=now, mine=mine)
    facts = {
        "page": shown,
        "start_url": f"{reverse('booking:start')}{Choice.of(request).query()}",
        "minutes": service.duration_minutes,
        "price": say_money(service.price_minor),
        "may_include": may_include(service.treatments.published().values_list("name", flat=True)),
        "mine": _still_held(mine, service, now=now),
        "asked": request.GET.urlencode(),
    }
    return render(request, "booking/times.html", facts)


def bookable(slug: str) -> Service | None:
    return Service.objects.bookable_online().select_related("policy").filter(slug=slug).first()


def wanted_in(request: HttpRequest, *, carry: tuple[str, ...] = ()) -> Wanted:
    """What the address asks for. Raises NotADay; a person or place that has gone is left out."""
    asked = request.GET
    person, place = clean_slug(asked.get("practitioner")), clean_slug(asked.get("location"))
    return Wanted(
        path=request.path,
        practitioner=Practitioner.objects.filter(active=True, slug=person).first() if person else None,
        location=Location.objects.filter(active=True, slug=place).first() if place else None,
        day=_day(asked, "day"),
        start=_day(asked, "from"),
        whole_month=asked.get("view") == "month",
        carried={
            name: slug
            for name in carry
            if name not in ("practitioner", "location") and (slug := clean_slug(asked.get(name)))
        },
    )


def _day(asked: QueryDict, name: str) -> date | None:
    if not asked.get(name):
        return None
    try:
        return date.fromisoformat(str(asked[name]))
    except ValueError:
        raise NotADay from None


def _hold(request: HttpRequest, service: Service, screening: Screening | None) -> HttpResponse:
    if not consume(request, action="place_hold"):
        return render(request, "429.html", status=429)
    try:
        slot = Slot.read(request.POST.get("slot", ""))
        location, practitioner = slot.rows()
    except NotASlot:
        return no_such_time(request, reverse("booking:times", args=[service.slug]))
    now = timezone.now()
    mine = state.running_hold(request, now=now)
    if mine is not None and _is_that(mine, service, slot):
        return redirect("booking:details", service.slug)
    if mine is not None and has_card_page(mine):
        if elsewhere := leave_card_page(request, mine):
            return elsewhere
        mine = None
    what: dict[str, Any] = {
        "service": service,
        "starts_at": slot.starts_at,
        "practitioner": practitioner,
        "location": location,
    }
    try:
        hold = place_hold(
            **what, instead_of=mine, screening=screening, now=now, by=Actor.patient(request.user)
        )
    except (ScreeningForbids, ScreeningExpired):
        return redirect(questions_url(request, service))
    except TimeTaken:
        meanwhile = state.held_meanwhile(request)
        if meanwhile is None or not _is_that(meanwhile, service, slot):
            return say_taken(request, **what, now=now)
    else:
        state.remember_hold(request, hold, asked=request.POST.get("asked", ""))
    return redirect("booking:details", service.slug)


def _is_that(mine: Appointment, service: Service, slot: Slot) -> bool:
    """Pressed twice, or pressed again on what one holds already."""
    return (
        (mine.service_id, mine.starts_at, mine.location.slug) == (service.pk, slot.starts_at, slot.location)
    ) and slot.practitioner in ("", mine.practitioner.slug)


def _still_held(mine: Appointment | None, service: Service, *, now: datetime) -> dict[str, str] | None:
    """A reminder of what this person holds, with the way back to it."""
    if mine is None or mine.hold_expires_at is None:
        return None
    return {
        "text": _("We hold %(time)s for you until %(until)s.")
        % {"time": say_until(mine.starts_at, now=now), "until": say_time(mine.hold_expires_at)},
        "button": _("Back to %(time)s") % {"time": say_time(mine.starts_at)},
        "href": reverse("booking:details", args=[mine.service.slug]),
    }


def no_such_visit(request: HttpRequest) -> HttpResponse:
    return say_no(
        request,
        status=404,
        title=_("We do not offer this visit online"),
        what=_("Its name may have changed, or the address has a typing error."),
        todo=_("Choose among the visits we offer today. What you have booked is not touched."),
    )


def no_such_day(request: HttpRequest, times_url: str) -> HttpResponse:
    return say_no(
        request,
        status=400,
        title=_("There is no such day"),
        what=_("The address names a day that no calendar has."),
        todo=_("Choose one from the calendar instead."),
        way_on=WayOn(href=times_url, text=_("See the calendar")),
    )


def no_such_time(request: HttpRequest, times_url: str) -> HttpResponse:
    return say_no(
        request,
        status=400,
        title=_("We could not read that time"),
        what=_("The page it came from may be an old one. Nothing was held and nothing was booked."),
        todo=_("Choose again: the calendar shows what is free now."),
        way_on=WayOn(href=times_url, text=_("See what is free")),
    )
