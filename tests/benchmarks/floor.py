"""The least that could answer for open times: a bare Django view, the same rows, the same engine.

No middleware, no REST framework, no limits, the service known beforehand, every moment written beforehand.
The answer is the same to the letter.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from booking.queries.clinic import Clinic
from booking.queries.open_times import open_times
from booking.rules.spans import minute_of
from catalogue.models import Service


def times(request: HttpRequest, slug: str) -> HttpResponse:
    first_day, days = date.fromisoformat(request.GET["from"]), int(request.GET["days"])
    found = open_times(service=_service(slug), from_day=first_day, days=days, now=timezone.now())
    written = _writer(found.clinic, first_day, days, found.service.duration_minutes)
    rows: dict[int, list[str]] = {}
    for (who, where), starts in found.offer.starts.items():
        for minute in found.offer.horizon.minutes(starts):
            rows.setdefault(minute, []).append(written(minute, who, where))
    return HttpResponse(
        '{"times":[' + ",".join(row for minute in sorted(rows) for row in rows[minute]) + "]}",
        content_type="application/json",
    )


@cache
def _service(slug: str) -> Service:
    return Service.objects.get(slug=slug)


def _writer(clinic: Clinic, first_day: date, days: int, duration: int) -> Callable[[int, int, int], str]:
    [zone] = {place.where.zone for place in clinic.places.values()}
    moments = _moments(zone.key, first_day, days)
    names = {
        (who, where): f'"practitioner":"{person.who.slug}","location":"{place.where.slug}"}}'
        for who, person in clinic.people.items()
        for where, place in clinic.places.items()
    }
    return lambda minute, who, where: (
        f'{{"starts_at":"{moments[minute]}","ends_at":"{moments[minute + duration]}",{names[who, where]}'
    )


@cache
def _moments(zone: str, first_day: date, days: int) -> dict[int, str]:
    """How every moment of these days is written."""
    begin = minute_of(datetime.combine(first_day, datetime.min.time(), UTC)) - 1440
    return {
        minute: datetime.fromtimestamp(minute * 60, ZoneInfo(zone)).isoformat()
        for minute in range(begin, begin + (days + 2) * 1440, 5)
    }


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("api/v1/services/<slug:slug>/times/", times), path("healthz", healthz)]
