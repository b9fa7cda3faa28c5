"""Open times the slow way, to hold the fast way to: one minute after another, with sets and real datetimes.

Nothing here shares code with booking/rules beyond the dataclasses the facts come in. Working hours are found
by asking every minute what the clock on the wall shows, free time is the minutes that are left when others
are taken away, and a start is possible when every minute it needs is among them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from booking.rules.clinic import Busy, Person, Room
from booking.rules.day_masks import Period
from booking.rules.open_times import Terms

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Question:
    """All the facts and what is asked of them. Busy spans are lists of pairs of minutes."""

    zones: Mapping[int, ZoneInfo]
    closed: Mapping[int, Sequence[Period]] = field(default_factory=dict)
    people: Sequence[Person]
    rooms: Sequence[Room] = ()
    busy: Sequence[Busy] = ()
    travel: Mapping[tuple[int, int], int] = field(default_factory=dict)
    terms: Terms
    first_day: date
    last_day: date
    now: int


def slow_open_times(question: Question) -> dict[tuple[int, int], list[int]]:
    """For each practitioner and location with hours, the minutes at which a visit may start."""
    answer = {}
    for person in question.people:
        if person.key not in question.terms.practitioners:
            continue
        for location in question.zones:
            minutes = minutes_at_work(person, location, question)
            if minutes is not None:
                answer[person.key, location] = _starts(person, location, minutes, question)
    return answer


def minutes_at_work(person: Person, location: int, question: Question) -> set[int] | None:
    """None when there are no hours at all, not even empty ones."""
    zone, any_hours = question.zones[location], False
    minutes: set[int] = set()
    for day in _dates(question):
        if day in person.changes:
            hours = [(h.opens, h.closes) for h in person.changes[day] if h.location == location]
        else:
            hours = [
                (h.opens, h.closes)
                for h in person.weekly
                if h.location == location
                and h.weekday == day.weekday()
                and (h.valid_from or date.min) <= day <= (h.valid_until or date.max)
            ]
        for opens, closes in hours:
            any_hours = True
            inside = [
                minute
                for minute, shown in clock_around(day, zone)
                if shown.date() == day and opens <= shown.time() < closes
            ]
            if inside:
                minutes.update(range(inside[0], inside[-1] + 1))
    for start, end in person.away:
        minutes.difference_update(range(start, end))
    for period in question.closed.get(location, ()):
        minutes = {minute for minute in minutes if not period.includes(_shown(minute, zone).date())}
    return minutes if any_hours else None


def _starts(person: Person, location: int, at_work: set[int], question: Question) -> list[int]:
    terms, zone = question.terms, question.zones[location]
    duration, occupied = terms.visit.duration, terms.visit.duration + terms.visit.turnaround
    today = _shown(question.now, zone).date()
    tests: list[Callable[[int], bool]] = [
        lambda start: start >= question.now + terms.notice,
        lambda start: question.first_day <= _shown(start, zone).date() <= question.last_day,
        lambda start: _shown(start, zone).date() <= today + terms.horizon_days * DAY,
        lambda start: _on_grid(_shown(start, zone), terms.start_every),
        lambda start: all(minute in at_work for minute in range(start, start + duration)),
        lambda start: not _disturbed(person, location, start, start + occupied, question),
        lambda start: _suits(person, _shown(start, zone).date(), terms),
        lambda start: terms.room_kind is None or _some_room(location, start, start + occupied, question),
    ]
    candidates = (minute for minute in sorted(at_work) if minute % 5 == 0)
    return [start for start in candidates if all(passes(start) for passes in tests)]


def _disturbed(person: Person, location: int, start: int, end: int, question: Question) -> bool:
    """Visits before and after, here and elsewhere, with the way between them."""
    for visits in question.busy:
        if visits.practitioner != person.key:
            continue
        elsewhere = visits.location
        to, back = question.travel.get((location, elsewhere)), question.travel.get((elsewhere, location))
        way_there = next((way for way in (to, back) if way is not None), 0) if elsewhere != location else 0
        way_back = next((way for way in (back, to) if way is not None), 0) if elsewhere != location else 0
        # Travel is reckoned in whole steps of five minutes.
        way_there, way_back = (-(-way // 5) * 5 for way in (way_there, way_back))
        if any(not (end + way_there <= begins or ends + way_back <= start) for begins, ends in visits.spans):
            return True
    return False


def _some_room(location: int, start: int, end: int, question: Question) -> bool:
    return any(
        all(
            end <= begins or ends <= start
            for visits in question.busy
            if visits.room == room.key
            for begins, ends in visits.spans
        )
        for room in question.rooms
        if room.location == location and room.kind == question.terms.room_kind
    )


def _suits(person: Person, day: date, terms: Terms) -> bool:
    if day in terms.full_days.get(person.key, ()):
        return False
    return terms.credentials is None or any(
        (period.first or date.min) <= day <= (period.last or date.max)
        for period in terms.credentials.get(person.key, ())
    )


def _on_grid(shown: datetime, every: int) -> bool:
    return (shown.hour * 60 + shown.minute) % every == 0


def _dates(question: Question) -> Iterator[date]:
    day = question.first_day - DAY
    while day <= question.last_day + DAY:
        yield day
        day += DAY


@cache
def clock_around(day: date, zone: ZoneInfo) -> list[tuple[int, datetime]]:
    """Every minute that could belong to this date anywhere, and what the clock in the zone shows then."""
    first = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) // 60 - 1440
    return [(minute, _shown(minute, zone)) for minute in range(first, first + 3 * 1440)]


def _shown(minute: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(zone).replace(tzinfo=None)
