"""What “choose a time” shows, for a new visit and for one that is moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Practitioner
from booking.models import Appointment, Location
from booking.queries.open_times import OpenTime, OpenTimes, open_times
from booking.web.patient.new_visit.calendar_sheet import ONE_SHEET, Sheet, sheet, sheet_start
from booking.web.patient.new_visit.chips import PartOfDay, parts_of_day, slot_of, with_whom
from booking.web.patient.slot import Slot
from booking.words import clinic_day, say_day, say_relative_day, say_time
from catalogue.models import Service

ANYONE = "anyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for in the address. `carried` goes along from link to link unchanged."""

    path: str
    practitioner: Practitioner | None = None
    location: Location | None = None
    day: date | None = None
    start: date | None = None
    whole_month: bool = False
    usual: Practitioner | None = None
    """Whom the page shows when the address names nobody; “anyone” must then be said in it."""
    carried: Mapping[str, str] = field(default_factory=dict)

    def url(self, **changes: Any) -> str:
        asked = replace(self, **changes)
        query = {
            **asked.carried,
            "practitioner": asked.practitioner.slug if asked.practitioner else ANYONE if asked.usual else "",
            "location": asked.location.slug if asked.location else "",
            "day": asked.day.isoformat() if asked.day else "",
            "from": asked.start.isoformat() if asked.start and not asked.day else "",
            "view": "month" if asked.whole_month else "",
        }
        return f"{asked.path}?{urlencode({name: value for name, value in query.items() if value})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pill:
    text: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Soonest:
    when: str
    whom: str
    button: str
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesPage:
    service: Service
    soonest: Soonest | None
    people: Sequence[Pill]
    places: Sequence[Pill]
    sheet: Sheet
    day: str
    said: str
    parts: Sequence[PartOfDay]
    whole_month: bool
    view_href: str
    nobody: str
    anyone_href: str


def times_page(
    *, service: Service, wanted: Wanted, now: datetime, mine: Appointment | None = None
) -> TimesPage:
    """Everything from today to the horizon is asked for once; each part of the page looks at it.

    `mine` is the patient's own hold, or the visit they move.
    """
    today = clinic_day(now)
    times = open_times(
        service=service,
        from_day=today,
        days=service.horizon_days + 1,
        now=now,
        practitioner=wanted.practitioner,
        location=wanted.location,
        mine=mine,
    )
    places = places_of(service)
    first, chosen, start = _where_to_look(times, wanted, today)
    free = times.on(chosen) if chosen else []
    several_places = len(places) > 1 and wanted.location is None
    return TimesPage(
        service=service,
        soonest=_soonest(first, now=now, several_places=several_places) if first else None,
        people=_people(service, wanted),
        places=_places(places, wanted),
        sheet=sheet(
            times=times,
            start=start,
            chosen=chosen,
            day_url=lambda day: wanted.url(day=day, whole_month=False),
            sheet_url=lambda monday: wanted.url(day=None, start=monday),
        ),
        day=say_day(chosen) if chosen else "",
        said=_said(chosen, free),
        parts=parts_of_day(free, several_places=several_places),
        whole_month=wanted.whole_month,
        view_href=wanted.url(whole_month=not wanted.whole_month),
        nobody="" if first else _nobody(wanted, service),
        anyone_href=wanted.url(practitioner=None, location=None, day=None, start=None),
    )


def _where_to_look(
    times: OpenTimes, wanted: Wanted, today: date
) -> tuple[OpenTime | None, date | None, date]:
    """The next free time, the day to show, and where its sheet begins. Days without any are passed over."""
    first, counts = times.first(), times.counts()
    if wanted.day is not None and counts.get(wanted.day):
        return first, wanted.day, sheet_start(wanted.day, first_day=times.first_day)
    looked_at = wanted.day or wanted.start
    if looked_at is None or not times.first_day <= looked_at <= times.last_day:
        looked_at = first.start.date() if first else today
    start = sheet_start(looked_at, first_day=times.first_day)
    inside = (day for day, free in counts.items() if free and start <= day < start + ONE_SHEET)
    return first, next(inside, None), start


def places_of(service: Service) -> list[Location]:
    """Where somebody who gives this service works."""
    return list(
        Location.objects.filter(
            active=True,
            working_hours__practitioner__services=service,
            working_hours__practitioner__active=True,
        ).distinct()
    )


def _people(service: Service, wanted: Wanted) -> list[Pill]:
    people = list(service.practitioners.filter(active=True))
    if len(people) < 2:
        return []
    anyone = Pill(text=_("Anyone"), href=wanted.url(practitioner=None), chosen=wanted.practitioner is None)
    return [
        anyone,
        *(
            Pill(text=person.name, href=wanted.url(practitioner=person), chosen=person == wanted.practitioner)
            for person in people
        ),
    ]


def _places(places: Sequence[Location], wanted: Wanted) -> list[Pill]:
    if len(places) < 2:
        return []
    either = Pill(text=_("Any place"), href=wanted.url(location=None), chosen=wanted.location is None)
    return [
        either,
        *(
            Pill(text=place.name, href=wanted.url(location=place), chosen=place == wanted.location)
            for place in places
        ),
    ]


def _soonest(time: OpenTime, *, now: datetime, several_places: bool) -> Soonest:
    day = say_relative_day(time.start, now=now)
    where = _(", %(place)s") % {"place": time.location.name} if several_places else ""
    return Soonest(
        when=f"{day}, {say_time(time.start)}",
        whom=with_whom(time, full=True) + where,
        button=_("Take %(time)s %(day)s") % {"time": say_time(time.start), "day": day},
        slot=slot_of(time),
    )


def _said(day: date | None, free: Sequence[OpenTime]) -> str:
    if day is None:
        return _("No free times in these weeks.")
    return ngettext("%(day)s: %(count)d free time.", "%(day)s: %(count)d free times.", len(free)) % {
        "day": say_day(day),
        "count": len(free),
    }


def _nobody(wanted: Wanted, service: Service) -> str:
    words = {"days": service.horizon_days}
    if wanted.practitioner is not None:
        return _("%(name)s has no free time in the next %(days)d days.") % {
            **words,
            "name": wanted.practitioner.name,
        }
    return _("Nobody has a free time in the next %(days)d days.") % words
