"""Rows of clinic_sql, turned into the facts that the rules work with."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from booking.rules.clinic import Busy
from booking.rules.day_masks import Period
from booking.rules.spans import Span
from booking.rules.working_hours import ChangedHours, Changes, WeeklyHours


@dataclass(frozen=True, slots=True)
class Where:
    """A location, as much of it as stands beside a time."""

    id: int
    slug: str
    name: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Who:
    """A practitioner, as much of them as stands beside a time."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    where: Where
    closed: Sequence[Period]
    rooms: Sequence[tuple[int, str]]
    travel: Mapping[tuple[int, int], int]

    @classmethod
    def read(cls, row: Any) -> "PlaceRow":
        key, slug, name, zone, closures, rooms, travel = row
        return cls(
            Where(key, slug, name, ZoneInfo(zone)),
            [_period(first, last) for first, last in closures or ()],
            [(room, kind) for room, kind in rooms or ()],
            {(origin, destination): minutes for origin, destination, minutes in travel or ()},
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A credential for a technique: where on the body, nothing for all of it, and from when to when."""

    region: str
    period: Period

    def covers(self, region: str) -> bool:
        """A service that names no part of the body takes any credential for its technique."""
        return not region or self.region in ("", region)


@dataclass(frozen=True, slots=True)
class PersonRow:
    who: Who
    services: frozenset[int]
    weekly: Sequence[WeeklyHours]
    changes: Changes
    away: Sequence[Span]
    credentials: Mapping[str, Sequence[Held]]  # by technique
    full_days: Mapping[int, Collection[date]]  # by service: their daily cap is reached

    @classmethod
    def read(cls, row: Any) -> "PersonRow":
        key, slug, name, services, weekly, changes, leave, credentials, full = row
        by_technique = defaultdict(list)
        for technique, region, first, last in credentials or ():
            by_technique[technique].append(Held(region, _period(first, last)))
        by_service = defaultdict(set)
        for service, day in full or ():
            by_service[service].add(date.fromisoformat(day))
        return cls(
            Who(key, slug, name),
            frozenset(services),
            hours_of(weekly or ()),
            changes_of(changes or ()),
            [(start, end) for start, end in leave or ()],
            by_technique,
            by_service,
        )

    def may_use(self, technique: str, region: str) -> list[Period]:
        """When they may use this technique on this part of the body."""
        return [held.period for held in self.credentials.get(technique, ()) if held.covers(region)]


def busy_row(row: Any) -> Busy:
    practitioner, location, room, starts, ends = row
    spans = list(zip(starts, ends, strict=True))
    return Busy(practitioner=practitioner, location=location, room=room, spans=spans)


def hours_of(rows: Iterable[Any]) -> list[WeeklyHours]:
    return [
        WeeklyHours(location, weekday, _time(opens), _time(closes), _date(since), _date(until))
        for location, weekday, opens, closes, since, until in rows
    ]


def changes_of(rows: Iterable[Any]) -> Changes:
    """A row without hours is a day off: its date is there, with nothing in it."""
    changes: dict[date, list[ChangedHours]] = {}
    for day, location, opens, closes in rows:
        hours = changes.setdefault(date.fromisoformat(day), [])
        if opens is not None:
            hours.append(ChangedHours(location, _time(opens), _time(closes)))
    return changes


def _period(first: str | None, last: str | None) -> Period:
    return Period(_date(first), _date(last))


def _date(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


_time = time.fromisoformat
