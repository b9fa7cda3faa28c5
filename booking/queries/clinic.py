"""The clinic as the search for open times needs it: read from the database, drawn, ready for questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from booking.queries import clinic_sql
from booking.queries.clinic_rows import PersonRow, PlaceRow, Where, Who, busy_row
from booking.rules.availability import Offer, Visit
from booking.rules.clinic import Busy, Calendar, DrawnClinic, Person, Room, draw
from booking.rules.day_masks import Period
from booking.rules.open_times import Terms, open_times
from booking.rules.spans import instant_of, next_minute_from
from catalogue.models import Service

# One day is the calendar's margin; by another, dates differ around the world.
TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Clinic:
    """Some days of the clinic, ready to answer for the services it was read for."""

    drawn: DrawnClinic
    people: Mapping[int, PersonRow]
    places: Mapping[int, PlaceRow]

    def offer(self, service: Service, *, first_day: date, last_day: date, now: datetime) -> Offer:
        """Where and when this service may start, on dates from `first_day` to `last_day`."""
        terms = Terms(
            visit=Visit(service.duration_minutes, service.turnaround_minutes),
            practitioners={key for key, person in self.people.items() if service.pk in person.services},
            start_every=service.start_grid_minutes,
            notice=service.minimum_notice_minutes,
            horizon_days=service.horizon_days,
            room_kind=service.room_kind,
            credentials=self._credentials_for(service),
            full_days={key: person.full_days.get(service.pk, ()) for key, person in self.people.items()},
        )
        minute = next_minute_from(now)
        return open_times(self.drawn, terms, first_day=first_day, last_day=last_day, now=minute)

    def who(self, practitioner_id: int) -> Who:
        return self.people[practitioner_id].who

    def where(self, location_id: int) -> Where:
        return self.places[location_id].where

    def holds_credential(self, practitioner_id: int, *, service: Service, on: date) -> bool:
        """May they use on that day the technique that this service needs, if it needs one?"""
        periods = (self._credentials_for(service) or {}).get(practitioner_id, ())
        return not service.required_credential or any(period.includes(on) for period in periods)

    def _credentials_for(self, service: Service) -> Mapping[int, Sequence[Period]] | None:
        technique, region = service.required_credential, service.required_region
        if not technique:
            return None
        return {key: person.may_use(technique, region) for key, person in self.people.items()}


def read_clinic(
    *,
    services: Sequence[Service],
    first_day: date,
    last_day: date,
    now: datetime,
    practitioner_id: int | None = None,
    location_id: int | None = None,
    ignoring: UUID | None = None,
) -> Clinic:
    """Read and draw the days from `first_day` to `last_day`, for one practitioner or location or for all.

    `ignoring` is an appointment that counts as free: one's own hold, or the visit that is being moved.
    Three statements.
    """
    about: dict[str, Any] = {
        "services": [service.pk for service in services],
        "kinds": list({service.room_kind for service in services}),
        "capped": [service.pk for service in services if service.daily_cap is not None],
        "first_day": first_day - TWO_DAYS,
        "last_day": last_day + TWO_DAYS,
        "now": now,
        "ignoring": ignoring,
    }
    places = {
        row.where.id: row
        for row in map(PlaceRow.read, _rows(clinic_sql.PLACES, about))
        if location_id in (None, row.where.id)
    }
    zones = {key: place.where.zone for key, place in places.items()}
    calendar = Calendar.covering(first_day, last_day, zones=zones)
    about |= {"start": instant_of(calendar.horizon.first), "end": instant_of(calendar.horizon.end)}
    people = {
        row.who.id: row
        for row in map(PersonRow.read, _rows(clinic_sql.PEOPLE, about))
        if practitioner_id in (None, row.who.id)
    }
    about |= {
        "practitioners": list(people),
        "rooms": [room for place in places.values() for room, _ in place.rooms],
    }
    busy = [busy_row(row) for row in _rows(clinic_sql.BUSY_SPANS, about)]
    return Clinic(_drawn(calendar, people, places, busy), people, places)


def _drawn(
    calendar: Calendar,
    people: Mapping[int, PersonRow],
    places: Mapping[int, PlaceRow],
    busy: Iterable[Busy],
) -> DrawnClinic:
    return draw(
        calendar,
        closed={key: place.closed for key, place in places.items()},
        people=[
            Person(key=key, weekly=person.weekly, changes=person.changes, away=person.away)
            for key, person in people.items()
        ],
        rooms=[
            Room(key=room, location=key, kind=kind)
            for key, place in places.items()
            for room, kind in place.rooms
        ],
        busy=busy,
        travel={pair: minutes for place in places.values() for pair, minutes in place.travel.items()},
    )


def _rows(sql: str, about: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, about)
        rows: list[Any] = cursor.fetchall()
    return rows
