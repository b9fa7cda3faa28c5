"""The open times of one service, on a clinic that has been drawn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from booking.rules.availability import Offer, Visit, possible_starts, starts_with_a_free_one
from booking.rules.cells import ALWAYS, NEVER, Mask
from booking.rules.clinic import DrawnClinic
from booking.rules.day_masks import Period, on_dates, start_grid, within
from booking.rules.spans import Minute
from booking.rules.wall_clock import local_date
from booking.rules.working_hours import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a service asks for, and who may give it.

    `start_every` and `notice` are minutes; `horizon_days` is how many days after today are still offered.
    `practitioners` is everybody who may be offered. `credentials` holds the periods in which each of them may
    use the technique it needs, and is None for a service that needs none. `full_days` holds, by practitioner,
    the dates on which no more of this service fit under their daily cap.
    """

    visit: Visit
    practitioners: Collection[Key]
    start_every: int
    notice: int
    horizon_days: int
    room_kind: str | None = None
    credentials: Mapping[Key, Sequence[Period]] | None = None
    full_days: Mapping[Key, Collection[date]] = field(default_factory=dict)


def open_times(clinic: DrawnClinic, terms: Terms, *, first_day: date, last_day: date, now: Minute) -> Offer:
    """When a visit of this service may start, for everybody who may give it, at every location.

    `first_day` and `last_day` are dates at each location, both included, among those that were drawn.
    """
    allowed_at = {
        location: _allowed_at(location, clinic, terms, first_day=first_day, last_day=last_day, now=now)
        for location in clinic.calendar.days
    }
    return Offer(
        clinic.calendar.horizon,
        {
            (presence.practitioner, presence.location): possible_starts(presence, terms.visit)
            & allowed_at[presence.location]
            & _suitable_days(presence.practitioner, presence.location, clinic, terms)
            for presence in clinic.presences
            if presence.practitioner in terms.practitioners
        },
    )


def _allowed_at(
    location: Key, clinic: DrawnClinic, terms: Terms, *, first_day: date, last_day: date, now: Minute
) -> Mask:
    """The cells at which any visit may start at a location: on its grid, in time, with a free room."""
    horizon, days = clinic.calendar.horizon, clinic.calendar.days[location]
    today = local_date(now, clinic.calendar.zones[location])
    offered = Period(first_day, min(last_day, today + timedelta(days=terms.horizon_days)))
    allowed = start_grid(horizon, days, terms.start_every) & within(horizon, days, [offered])
    allowed &= horizon.inside([(now + terms.notice, horizon.end)])
    if terms.room_kind is not None:
        allowed &= starts_with_a_free_one(
            (
                room.taken
                for room in clinic.rooms
                if (room.location, room.kind) == (location, terms.room_kind)
            ),
            terms.visit,
        )
    return allowed


def _suitable_days(practitioner: Key, location: Key, clinic: DrawnClinic, terms: Terms) -> Mask:
    """The days on which this practitioner may give this service, by the calendar of the location."""
    suitable, horizon, days = ALWAYS, clinic.calendar.horizon, clinic.calendar.days[location]
    if terms.credentials is not None:
        valid = terms.credentials.get(practitioner, ())
        suitable &= within(horizon, days, valid) if valid else NEVER
    if full := terms.full_days.get(practitioner):
        suitable &= ~on_dates(horizon, days, full)
    return suitable
