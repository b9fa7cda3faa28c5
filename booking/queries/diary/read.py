"""The diary as rows: columns, visits, and the hours in which nobody is seen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from booking.models import Location
from booking.queries.clinic_rows import changes_of, hours_of
from booking.queries.diary import sql
from booking.queries.visits import OWES_NOTHING
from booking.rules.spans import Minute, Span, instant_of
from booking.rules.wall_clock import LocalDay, local_days
from booking.rules.working_hours import working_windows
from booking.words import clinic_zone


class DiaryVisit(NamedTuple):
    """One visit as the diary draws it: plain values, because a week of a large clinic has a thousand."""

    id: str
    sequence: int
    status: str
    starts_at: Minute
    ends_at: Minute
    practitioner_id: int
    location_id: int
    room: str | None
    service: str
    is_first: bool
    patient_id: str | None
    patient: str | None
    has_alert: bool | None
    has_note: bool
    overbook_reason: str
    arrived_at: Minute | None
    started_at: Minute | None
    source: str
    price_minor: int
    covered_minor: int
    needs_a_hand: bool

    @property
    def due_minor(self) -> int:
        return 0 if self.status in OWES_NOTHING else max(0, self.price_minor - self.covered_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """A stretch of a column in which nobody is seen, and why: not working, closed, leave or blocked."""

    kind: str
    reason: str
    start: datetime
    end: datetime
    leave_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One practitioner: where they work on these days, and when they see nobody."""

    id: int
    slug: str
    name: str
    location_ids: frozenset[int]
    open: Sequence[tuple[int, datetime, datetime]]  # location, from, to
    shut: Sequence[Shut]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    first_day: date
    last_day: date
    zone: ZoneInfo
    locations: Mapping[int, tuple[str, str]]  # slug and name, in the clinic's order
    columns: Sequence[Column]
    visits: Sequence[DiaryVisit]


def read_diary(*, first_day: date, days: int, now: datetime, location: Location | None = None) -> Diary:
    """Everybody's column from `first_day` on, on the clinic's clock. Three statements."""
    about = _about(first_day, days) | {"now": now, "location": location.pk if location else None}
    about["zone"] = clinic_zone().key
    places = _rows(sql.PLACES, about)
    days_at = {
        key: local_days(ZoneInfo(name), first_day, days)
        for key, _, _, name, _ in places
        if location is None or key == location.pk
    }
    closed = {key: list(_closed(closures or (), days_at.get(key, ()))) for key, *_, closures in places}
    visits = [DiaryVisit(*row) for row in _rows(sql.VISITS, about)]
    busy = {visit.practitioner_id for visit in visits}
    columns = [_column(row, days_at, closed) for row in _rows(sql.COLUMNS, about | {"drawn": list(busy)})]
    return Diary(
        first_day=first_day,
        last_day=first_day + timedelta(days=days - 1),
        zone=clinic_zone(),
        locations={key: (slug, name) for key, slug, name, *_ in places},
        columns=[column for column in columns if column.location_ids or column.id in busy],
        visits=visits,
    )


def read_column(*, practitioner_id: int, first_day: date, days: int) -> Column | None:
    """One practitioner's hours, leave and closures, without their visits. Two statements."""
    about = _about(first_day, days) | {"practitioner": practitioner_id}
    places = _rows(sql.PLACES, about)
    days_at = {key: local_days(ZoneInfo(name), first_day, days) for key, _, _, name, _ in places}
    closed = {key: list(_closed(closures or (), days_at[key])) for key, *_, closures in places}
    return next((_column(row, days_at, closed) for row in _rows(sql.COLUMNS, about)), None)


def _about(first_day: date, days: int) -> dict[str, Any]:
    """These days on the clinic's clock, and everything that is there on them."""
    local = local_days(clinic_zone(), first_day, days)
    return {
        "first_day": first_day,
        "last_day": first_day + timedelta(days=days - 1),
        "start": instant_of(local[0].start),
        "end": instant_of(local[-1].end),
        "location": None,
        "practitioner": None,
        "drawn": [],
    }


def _column(row: Any, days_at: Mapping[int, Sequence[LocalDay]], closed: Mapping[int, list[Shut]]) -> Column:
    key, slug, name, weekly, changes, leave = row
    windows = working_windows(weekly=hours_of(weekly or ()), changes=changes_of(changes or ()), days=days_at)
    works_at = frozenset(location for location, spans in windows.items() if spans)
    return Column(
        id=key,
        slug=slug,
        name=name,
        location_ids=works_at,
        open=[
            (location, instant_of(start), instant_of(end))
            for location, spans in windows.items()
            for start, end in sorted(spans)
        ],
        shut=[
            *(
                Shut(
                    kind=kind,
                    reason=reason,
                    start=datetime.fromisoformat(start),
                    end=datetime.fromisoformat(end),
                    leave_id=leave_id,
                )
                for leave_id, kind, reason, start, end in leave or ()
            ),
            *(
                shut
                for location in works_at
                for shut in closed[location]
                if any(_meets(shut, span) for span in windows[location])
            ),
        ],
    )


def _meets(shut: Shut, span: Span) -> bool:
    """A place that is closed on a day on which somebody works elsewhere, or not at all, is none of theirs."""
    start, end = span
    return shut.start < instant_of(end) and shut.end > instant_of(start)


def _closed(closures: Iterable[Any], days: Iterable[LocalDay]) -> Iterator[Shut]:
    for name, first, last in closures:
        spans: list[Span] = [
            (day.start, day.end)
            for day in days
            if date.fromisoformat(first) <= day.date <= date.fromisoformat(last)
        ]
        for start, end in spans:
            yield Shut(kind="closed", reason=name, start=instant_of(start), end=instant_of(end))


def _rows(statement: str, about: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, about)
        return cursor.fetchall()
