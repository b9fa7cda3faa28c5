"""The clinic as the search for open times needs it: facts in, masks on one horizon out.

Drawn once, a clinic answers for any number of services: see `open_times`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from booking.rules.availability import Presence, taken_as_seen_from
from booking.rules.cells import NEVER, Horizon, Mask
from booking.rules.day_masks import Period, within
from booking.rules.spans import Span
from booking.rules.wall_clock import LocalDay, local_days
from booking.rules.working_hours import Changes, Key, WeeklyHours, working_windows

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days under consideration, as each location counts them, and the horizon that covers them all.

    One day more is drawn on either side, for what reaches across midnight: visits, turnaround, travel, and
    locations whose day begins earlier. What is busy outside the horizon changes nothing.
    """

    horizon: Horizon
    zones: Mapping[Key, ZoneInfo]
    days: Mapping[Key, Sequence[LocalDay]]

    @classmethod
    def covering(cls, first_day: date, last_day: date, *, zones: Mapping[Key, ZoneInfo]) -> "Calendar":
        """From `first_day` to `last_day`, both included, for locations in these zones."""
        count = (last_day - first_day).days + 3
        days_in = {zone: local_days(zone, first_day - ONE_DAY, count) for zone in set(zones.values())}
        starts = [days[0].start for days in days_in.values()]
        ends = [days[-1].end for days in days_in.values()]
        horizon = Horizon.covering(min(starts, default=0), max(ends, default=0))
        return cls(horizon, zones, {location: days_in[zone] for location, zone in zones.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A practitioner: when they work, and when they are on leave."""

    key: Key
    weekly: Sequence[WeeklyHours]
    changes: Changes = field(default_factory=dict)
    away: Sequence[Span] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    key: Key
    location: Key
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """Visits of one practitioner in one room: the spans they occupy, with the time to turn the room round."""

    practitioner: Key
    location: Key
    room: Key | None
    spans: Iterable[Span]


@dataclass(frozen=True, slots=True)
class DrawnRoom:
    key: Key
    location: Key
    kind: str
    taken: Mask


@dataclass(frozen=True, slots=True)
class DrawnClinic:
    """Everybody and every room, drawn on the horizon of one calendar.

    `booked` holds, by practitioner, the cells in which they have a visit, wherever it is. Whoever has none
    need not be named.
    """

    calendar: Calendar
    presences: Sequence[Presence]
    rooms: Sequence[DrawnRoom]
    booked: Mapping[Key, Mask]


def draw(
    calendar: Calendar,
    *,
    closed: Mapping[Key, Sequence[Period]],
    people: Iterable[Person],
    rooms: Iterable[Room],
    busy: Iterable[Busy],
    travel: Mapping[tuple[Key, Key], int],
) -> DrawnClinic:
    """Draw the clinic. `travel` holds the minutes from the first location of a pair to the second."""
    horizon = calendar.horizon
    shut = {
        location: within(horizon, days, closed.get(location, ())) for location, days in calendar.days.items()
    }
    booked: dict[Key, dict[Key, Mask]] = defaultdict(lambda: defaultdict(int))
    in_room: dict[Key | None, Mask] = defaultdict(int)
    for visits in busy:
        mask = horizon.touched(visits.spans)
        booked[visits.practitioner][visits.location] |= mask
        in_room[visits.room] |= mask
    return DrawnClinic(
        calendar,
        [
            Presence(
                person.key,
                location,
                is_open & ~shut[location],
                taken_as_seen_from(location, busy=booked[person.key], travel=travel),
            )
            for person in people
            for location, is_open in _open_masks(person, calendar)
        ],
        [DrawnRoom(room.key, room.location, room.kind, in_room[room.key]) for room in rooms],
        {practitioner: reduce(or_, masks.values(), NEVER) for practitioner, masks in booked.items()},
    )


def _open_masks(person: Person, calendar: Calendar) -> Iterator[tuple[Key, Mask]]:
    """Where somebody has hours at all, and the cells in which they work there."""
    windows = working_windows(weekly=person.weekly, changes=person.changes, days=calendar.days)
    away = calendar.horizon.touched(person.away)
    for location, spans in windows.items():
        if spans:
            yield location, calendar.horizon.inside(spans) & ~away
