"""/reception/: the whole day on one screen. The page is a frame; its script draws the API's diary."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.models import Location
from booking.queries.diary import DiaryVisit, read_diary
from booking.rules.lifecycle import Status
from booking.rules.spans import instant_of
from booking.web.reception.asked import YEARS, named
from booking.web.reception.diary.urgent import urgent_things
from booking.web.reception.diary.words import script_words
from booking.web.reception.door import desk
from booking.web.reception.nav import nav_links
from booking.web.reception.visit.marks import KEY, LATE_AFTER, mark
from booking.words import clinic_day, say_day, say_time

VIEWS = ("day", "week")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the address asks for."""

    day: date
    view: str
    location: Location | None
    practitioner: Practitioner | None

    def url(self, **changes: Any) -> str:
        asked = {
            "day": self.day.isoformat(),
            "view": self.view,
            "location": self.location.slug if self.location else "",
            "physio": self.practitioner.slug if self.practitioner else "",
        } | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@desk("GET")
def diary(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    shown = _read(request, now=now)
    step = timedelta(days=7 if shown.view == "week" else 1)
    today = clinic_day(now)
    locations, physios = list(Location.objects.filter(active=True)), _physios()
    facts = {
        "shown": shown,
        "title": _title(shown),
        "book_day": shown.day if shown.day > today else None,
        "is_today": shown.day == today,
        "clock": say_time(now),
        "now": now.isoformat(),
        "earlier": shown.url(day=(shown.day - step).isoformat()),
        "later": shown.url(day=(shown.day + step).isoformat()),
        "today": shown.url(day=today.isoformat()),
        "locations": locations,
        "physios": physios,
        "urgent": urgent_things(now=now),
        "key": KEY,
        "nav": nav_links(request.user, is_counted_later=True),  # once the diary is drawn, its script asks
        "config": json.dumps(_config(shown)),
        "feed": feed_url(shown),
    }
    return render(request, "reception/diary.html", facts)


def _title(shown: Shown) -> str:
    """The day, or the days of the week from Monday to Sunday."""
    if shown.view == "day":
        return say_day(shown.day)
    monday = shown.day - timedelta(days=shown.day.weekday())
    return f"{_say_month_day(monday)} – {_say_month_day(monday + timedelta(days=6))}"


def _say_month_day(day: date) -> str:
    return formats.date_format(day, "j F")


@desk("GET")
def day_list(request: HttpRequest) -> HttpResponse:
    """The same day as plain lists, for whoever has no script or reads by ear."""
    now = timezone.now()
    shown = _read(request, now=now)
    read = read_diary(first_day=shown.day, days=1, now=now, location=shown.location)
    columns = [
        (column.name, [visit for visit in read.visits if visit.practitioner_id == column.id])
        for column in read.columns
    ]
    facts = {
        "title": say_day(shown.day),
        "columns": [(name, [_list_line(visit, now=now) for visit in visits]) for name, visits in columns],
        "earlier": shown.url(day=(shown.day - timedelta(days=1)).isoformat()),
        "later": shown.url(day=(shown.day + timedelta(days=1)).isoformat()),
        "nav": nav_links(request.user),
    }
    return render(request, "reception/day_list.html", facts)


def _list_line(visit: DiaryVisit, *, now: datetime) -> dict[str, Any]:
    starts_at = instant_of(visit.starts_at)
    return {
        "url": reverse("reception:visit", args=[visit.id]),
        "time": say_time(starts_at),
        "patient": visit.patient or _("Held online"),
        "service": visit.service,
        "mark": mark(
            status=Status(visit.status),
            starts_at=starts_at,
            ends_at=instant_of(visit.ends_at),
            arrived_at=None if visit.arrived_at is None else instant_of(visit.arrived_at),
            now=now,
        ),
    }


def feed_url(shown: Shown) -> str:
    """The first question of the page's script, asked before the script has arrived."""
    days = 7 if shown.view == "week" else 1
    first = shown.day - timedelta(days=shown.day.weekday()) if days == 7 else shown.day
    asked = {"from": first.isoformat(), "days": str(days)}
    if shown.location:
        asked["location"] = shown.location.slug
    return f"{reverse('api:diary')}?{urlencode(asked)}"


def _read(request: HttpRequest, *, now: datetime) -> Shown:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = clinic_day(now)
    if day.year not in YEARS:
        raise BadRequest("No such day in the diary.")
    view = request.GET.get("view", "")
    return Shown(
        day=day,
        view=view if view in VIEWS else "day",
        location=named(Location, request.GET.get("location", "")),
        practitioner=named(Practitioner, request.GET.get("physio", "")),
    )


def _physios() -> Any:
    return Practitioner.objects.filter(active=True)


def _config(shown: Shown) -> dict[str, Any]:
    return {
        "day": shown.day.isoformat(),
        "view": shown.view,
        "location": shown.location.slug if shown.location else "",
        "physio": shown.practitioner.slug if shown.practitioner else "",
        "diary": reverse("api:diary"),
        "book": reverse("reception:book"),
        "urgent": reverse("reception:urgent"),
        "visits": reverse("reception:diary") + "visits/",
        "lateAfter": LATE_AFTER.total_seconds() / 60,
        "currency": settings.CLINIC_CURRENCY,
        "words": script_words(),
    }
