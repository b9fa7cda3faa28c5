"""A time that is not free, and why: said before anything is paid, with the nearest times behind one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Practitioner
from booking.actions.conflicts import TimePassed, TimeTaken, TooSoon, not_open
from booking.models import Appointment, Location
from booking.queries.open_times import OpenTime, open_times
from booking.web.patient.new_visit.chips import slot_of, with_whom
from booking.web.patient.slot import Slot
from booking.words import clinic_day, say_day, say_telephone, say_time
from catalogue.models import Service

NEAREST = 3
DAYS_AROUND = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    when: str
    button: str
    note: str
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    title: str
    instead: str
    alternatives: Sequence[Alternative]
    all_times: str


def say_taken(
    request: HttpRequest,
    *,
    service: Service,
    starts_at: datetime,
    practitioner: Practitioner | None,
    location: Location | None,
    now: datetime,
    moving: Appointment | None = None,
    action: str = "",
    method: str = "post",
    nothing_lost: str = "",
) -> HttpResponse:
    """A 409 that offers the nearest free times; each button is like the one that was pressed."""
    near = nearest_times(
        service=service,
        starts_at=starts_at,
        practitioner=practitioner,
        location=location,
        now=now,
        moving=moving,
    )
    times_url = action or reverse("booking:times", args=[service.slug])
    why = not_open(service=service, starts_at=starts_at, now=now)
    facts = {
        "taken": Taken(
            title=_what_happened(why, starts_at),
            instead=f"{_too_soon(why, service)} {_instead(near, practitioner, starts_at)}".strip(),
            alternatives=[_alternative(time, starts_at) for time in near],
            all_times=f"{times_url}?day={max(clinic_day(starts_at), clinic_day(now)):%Y-%m-%d}",
        ),
        "action": times_url,
        "method": method,
        "name": "slot" if method == "post" else "to",
        "nothing_lost": nothing_lost or _("Nothing was booked and nothing was charged."),
    }
    response = render(request, "booking/taken.html", facts, status=409)
    add_never_cache_headers(response)
    return response


def nearest_times(
    *,
    service: Service,
    starts_at: datetime,
    practitioner: Practitioner | None,
    location: Location | None,
    now: datetime,
    moving: Appointment | None = None,
) -> list[OpenTime]:
    """The same physio at the same place if there is anything; otherwise anyone, anywhere."""
    today, wanted = clinic_day(now), clinic_day(starts_at)
    first = max(
        today, min(wanted, today + timedelta(days=service.horizon_days)) - timedelta(days=DAYS_AROUND)
    )
    for person, place in ((practitioner, location), (None, None)):
        near = open_times(
            service=service,
            from_day=first,
            days=2 * DAYS_AROUND + 1,
            now=now,
            practitioner=person,
            location=place,
            mine=moving,
        ).nearest_to(starts_at, count=NEAREST)
        if near:
            return near
    return []


def _what_happened(why: TimeTaken, starts_at: datetime) -> str:
    time = {"time": say_time(starts_at)}
    if isinstance(why, TimePassed):
        return _("%(time)s has passed") % time
    if isinstance(why, TooSoon):
        return _("%(time)s is too soon to book here") % time
    return _("%(time)s was taken a moment ago") % time


def _too_soon(why: TimeTaken, service: Service) -> str:
    if not isinstance(why, TooSoon):
        return ""
    minutes = service.minimum_notice_minutes
    if minutes % 60:
        notice = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    else:
        notice = ngettext("%(count)d hour", "%(count)d hours", minutes // 60) % {"count": minutes // 60}
    return _("This visit is booked at least %(notice)s ahead. For anything sooner, ring us: %(phone)s.") % {
        "notice": notice,
        "phone": say_telephone(settings.CLINIC_PHONE),
    }


def _instead(near: Sequence[OpenTime], practitioner: Practitioner | None, wanted: datetime) -> str:
    """“Maren is free at 11:30 and 13:15.”, as far as that is true."""
    if not near:
        return _("There is nothing free within a week of it. The calendar shows later days.")
    people = {who.name for time in near for who in time.practitioners}
    same_day = all(clinic_day(time.start) == clinic_day(wanted) for time in near)
    if practitioner is not None and people == {practitioner.name} and same_day:
        spoken = [say_time(time.start) for time in near]
        listed = _(" and ").join([", ".join(spoken[:-1]), spoken[-1]]) if len(spoken) > 1 else spoken[0]
        return _("%(physio)s is free at %(times)s.") % {"physio": practitioner.first_name, "times": listed}
    return _("These are the nearest free times.")


def _alternative(time: OpenTime, wanted: datetime) -> Alternative:
    same_day = clinic_day(time.start) == clinic_day(wanted)
    when = say_time(time.start) if same_day else f"{say_day(time.start)}, {say_time(time.start)}"
    return Alternative(
        when=when,
        button=_("Take %(when)s") % {"when": when},
        note=f"{with_whom(time)}, {time.location.name}",
        slot=slot_of(time),
    )
