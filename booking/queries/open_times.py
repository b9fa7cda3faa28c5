"""When a service can be booked: a day in detail, a month at a glance, with one physio or with anyone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from accounts.models import Practitioner
from booking.models import Appointment, Location
from booking.queries.clinic import Clinic, read_clinic
from booking.queries.clinic_rows import Where, Who
from booking.rules.availability import Offer, nearest
from booking.rules.cells import ALWAYS, CELL, NEVER, Mask, earliest
from booking.rules.lifecycle import Status
from booking.rules.spans import Minute, instant_of, minute_of
from booking.rules.wall_clock import LocalDay
from catalogue.models import Service


@dataclass(frozen=True, slots=True)
class OpenTime:
    """A visit that could be booked, in UTC like everything that is computed with."""

    start: datetime
    end: datetime
    location: Where
    practitioners: tuple[Who, ...]  # who could take it, in the order in which the clinic lists them

    @property
    def day(self) -> date:
        """The date on the calendar of its location."""
        return self.start.astimezone(self.location.zone).date()


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """The open times of one service on the dates from `first_day` to `last_day`.

    Nothing is spelled out before it is asked for: counting the times of a month makes no object per time.
    """

    service: Service
    first_day: date
    last_day: date
    clinic: Clinic
    offer: Offer

    def __iter__(self) -> Iterator[OpenTime]:
        """Every open time, the earliest first; at the same moment, in the clinic's order of locations."""
        return iter(self._spelled_out(ALWAYS))

    def on(self, day: date) -> list[OpenTime]:
        """The open times of one date, as each location counts its dates."""
        spans = (
            (local.start, local.end)
            for location in self.clinic.places
            for local in self.days_at(location)
            if local.date == day
        )
        around = self._spelled_out(self.offer.horizon.inside(spans))
        return [time for time in around if time.day == day]

    def counts(self) -> dict[date, int]:
        """How many times are open on each of the days, a day without any included."""
        length = (self.last_day - self.first_day).days + 1
        counts = {self.first_day + timedelta(days=number): 0 for number in range(length)}
        for location, starts in self.starts_by_location().items():
            for day in self.days_at(location):
                counts[day.date] += (starts & self.offer.horizon.inside([(day.start, day.end)])).bit_count()
        return counts

    def first(self) -> OpenTime | None:
        """The next free time."""
        return next(iter(self._spelled_out(earliest(self.offer.with_anyone()))), None)

    def first_by_practitioner(self) -> dict[int, OpenTime]:
        """The next free time of everybody who has one, by primary key."""
        found: dict[int, OpenTime] = {}
        for (practitioner, location), starts in self.offer.starts.items():
            for minute in self.offer.horizon.minutes(earliest(starts)):
                time = self._open_time(minute, location, [self.clinic.who(practitioner)])
                if practitioner not in found or time.start < found[practitioner].start:
                    found[practitioner] = time
        return found

    def nearest_to(self, wanted: datetime, *, count: int = 2) -> list[OpenTime]:
        """The open times nearest to one that was wanted, in the order in which they come."""
        horizon = self.offer.horizon
        minutes = nearest(horizon.minutes(self.offer.with_anyone()), minute_of(wanted), count=count)
        return self._spelled_out(horizon.inside((minute, minute + CELL) for minute in minutes))[:count]

    def starts_by_location(self) -> Mapping[int, Mask]:
        """The cells at which a visit may start with anyone, by location in the clinic's order."""
        return {
            location: reduce(
                or_, (starts for pair, starts in self.offer.starts.items() if pair[1] == location), NEVER
            )
            for location in self.clinic.places
        }

    def days_at(self, location: int) -> list[LocalDay]:
        """The days asked about, as this location counts them, without the calendar's margins."""
        days = self.clinic.drawn.calendar.days[location]
        return [day for day in days if self.first_day <= day.date <= self.last_day]

    def _spelled_out(self, among: Mask) -> list[OpenTime]:
        """The open times at these cells, in order."""
        order = {location: number for number, location in enumerate(self.clinic.places)}
        free: dict[tuple[Minute, int], list[Who]] = {}
        for (practitioner, location), starts in self.offer.starts.items():
            who = self.clinic.who(practitioner)
            for minute in self.offer.horizon.minutes(starts & among):
                free.setdefault((minute, location), []).append(who)
        in_order = sorted(free.items(), key=lambda item: (item[0][0], order[item[0][1]]))
        return [self._open_time(minute, location, who) for (minute, location), who in in_order]

    def _open_time(self, minute: Minute, location: int, practitioners: list[Who]) -> OpenTime:
        end = minute + self.service.duration_minutes
        return OpenTime(
            instant_of(minute), instant_of(end), self.clinic.where(location), tuple(practitioners)
        )


def open_times(
    *,
    service: Service,
    from_day: date,
    days: int,
    now: datetime,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
    mine: Appointment | None = None,
) -> OpenTimes:
    """The open times on `days` dates from `from_day` on; three SQL statements.

    `mine` is one's own hold, or the visit to be moved: its time counts as free. The very start that a visit
    has is not among the times, since who moves it wants another one.
    """
    last_day = from_day + timedelta(days=days - 1)
    clinic = read_clinic(
        services=[service],
        first_day=from_day,
        last_day=last_day,
        now=now,
        practitioner_id=practitioner.pk if practitioner else None,
        location_id=location.pk if location else None,
        ignoring=mine.pk if mine else None,
    )
    offer = clinic.offer(service, first_day=from_day, last_day=last_day, now=now)
    if mine is not None and mine.status != Status.HELD:
        offer = offer.without((mine.practitioner_id, mine.location_id), minute=minute_of(mine.starts_at))
    return OpenTimes(service, from_day, last_day, clinic, offer)
