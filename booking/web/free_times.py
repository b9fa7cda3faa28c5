"""The next free time on the pages that explain: `{% next_free_times page.services as free %}`.

A template asks, so the catalogue need not know bookings exist. Three SQL statements.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.queries.next_free import next_free
from booking.queries.open_times import OpenTime
from booking.words import in_clinic_time, say_money, say_relative_day, say_time
from catalogue.models import Service

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTime:
    """A time somebody could take. `href` shows it among the others of its day."""

    when: str
    whom: str
    visit: str
    button: str
    href: str
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTimes:
    soonest: FreeTime | None
    first_visit: FreeTime | None
    follow_up: FreeTime | None
    by_service: Mapping[str, FreeTime]
    by_person: Mapping[str, FreeTime]


@register.simple_tag
def next_free_times(services: Iterable[Service], person: Practitioner | None = None) -> FreeTimes:
    """Of each of these services and, by slug, of each physio; with one physio only, if named."""
    return free_times(services, now=timezone.now(), person=person)


@register.filter
def named(times: Mapping[str, FreeTime], slug: str) -> FreeTime | None:
    return times.get(slug)


def free_times(
    services: Iterable[Service], *, now: datetime, person: Practitioner | None = None
) -> FreeTimes:
    services = list(services)
    found = next_free(services=services, now=now, practitioner=person)
    by_service = {
        service.slug: _of_service(service, found.services[service.pk], now=now, person=person)
        for service in services
        if service.pk in found.services
    }
    return FreeTimes(
        soonest=_soonest(by_service.values()),
        first_visit=_soonest(_of_kind(services, by_service, Service.VisitKind.FIRST)),
        follow_up=_soonest(_of_kind(services, by_service, Service.VisitKind.FOLLOW_UP)),
        by_service=by_service,
        by_person={
            time.practitioners[0].slug: _of_person(time, now=now) for time in found.practitioners.values()
        },
    )


def _of_service(service: Service, time: OpenTime, *, now: datetime, person: Practitioner | None) -> FreeTime:
    day = in_clinic_time(time.start).date()
    query = {"practitioner": person.slug} if person else {}
    address = f"{reverse('booking:times', args=[service.slug])}?{urlencode(query | {'day': day.isoformat()})}"
    visit = {
        "name": service.name,
        "minutes": service.duration_minutes,
        "price": say_money(service.price_minor),
    }
    return FreeTime(
        when=_when(time, now=now),
        whom=_("with %(person)s, %(place)s")
        % {"person": time.practitioners[0].name, "place": time.location.name},
        visit=_("%(name)s, %(minutes)d min, %(price)s") % visit,
        button=_button(time, now=now),
        href=address,
        starts_at=time.start,
    )


def _of_person(time: OpenTime, *, now: datetime) -> FreeTime:
    query = urlencode({"practitioner": time.practitioners[0].slug})
    return FreeTime(
        when=_when(time, now=now),
        whom=time.location.name,
        visit="",
        button=_button(time, now=now),
        href=f"{reverse('booking:start')}?{query}",
        starts_at=time.start,
    )


def _when(time: OpenTime, *, now: datetime) -> str:
    """Today, 14:20. Thu 3 Dec, 9:10."""
    return f"{capfirst(say_relative_day(time.start, now=now))}, {say_time(time.start)}"


def _button(time: OpenTime, *, now: datetime) -> str:
    """See 14:20 today."""
    return _("See %(time)s %(day)s") % {
        "time": say_time(time.start),
        "day": say_relative_day(time.start, now=now),
    }


def _of_kind(services: Iterable[Service], times: Mapping[str, FreeTime], kind: str) -> list[FreeTime]:
    return [
        times[service.slug] for service in services if service.slug in times and service.visit_kind == kind
    ]


def _soonest(times: Iterable[FreeTime]) -> FreeTime | None:
    return min(times, key=lambda free: free.starts_at, default=None)
