"""Which times are open: for one practitioner, for anyone, and with a free room.

Everything is drawn on one horizon, a bit for each five minutes (see `cells`). A visit of 30 minutes, with 10
minutes afterwards to clear the room, in hours from 09:00 to 11:00 with a visit from 09:50 to 10:20:

                          09:00       09:30       10:00       10:30       11:00
    open                  ████████████████████████████████████████████████
    taken                 ····················████████████················
    the visit fits in     █████████████████████████████████████···········    unbroken(open, 30 minutes)
    would hit a visit     ······██████████████████████████················    reaching(taken, 40 minutes)
    may start             ██████··························█████···········    fits, and hits nothing
    on a grid of 15       █·····                          ·█···               09:00 and 10:30

The visit itself must lie within open hours. The turnaround must not run into the next visit, but it may run
past closing time: clearing up is what happens after the last patient has left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from heapq import nsmallest
from operator import or_

from booking.rules.cells import CELL, NEVER, Horizon, Mask, cells_for, reaching, unbroken, widened
from booking.rules.spans import Minute
from booking.rules.working_hours import Key


@dataclass(frozen=True, slots=True)
class Visit:
    """The shape of what is to be booked, in minutes: the patient is there for `duration` of them."""

    duration: int
    turnaround: int = 0

    def __post_init__(self) -> None:
        if self.duration <= 0 or self.turnaround < 0:
            raise ValueError("A visit lasts some minutes, and the time to clear up is not less than none.")

    @property
    def occupied(self) -> int:
        return self.duration + self.turnaround


@dataclass(frozen=True, slots=True)
class Presence:
    """One practitioner at one location, drawn on the horizon.

    `open`: they work here: within their hours, not on leave, the place not closed.
    `taken`: they cannot be here for another visit, nor clear up after one.
    """

    practitioner: Key
    location: Key
    open: Mask
    taken: Mask


def taken_as_seen_from(
    location: Key, *, busy: Mapping[Key, Mask], travel: Mapping[tuple[Key, Key], int]
) -> Mask:
    """What a practitioner's visits at every location leave no time for at this one.

        busy elsewhere            · · · · ████ · · · ·
        seen from here            · · ████████████ · ·     with the way there before, and the way back after

    `travel` holds the minutes from the first location of a pair to the second.
    """
    taken = busy.get(location, NEVER)
    for elsewhere, mask in busy.items():
        if elsewhere != location:
            taken |= widened(
                mask,
                before=cells_for(minutes_between(location, elsewhere, travel=travel)),
                after=cells_for(minutes_between(elsewhere, location, travel=travel)),
            )
    return taken


def minutes_between(origin: Key, destination: Key, *, travel: Mapping[tuple[Key, Key], int]) -> int:
    """The way from one location to another.

    Where only one direction is known the way back takes as long; a pair that is not known takes no time.
    """
    return travel.get((origin, destination), travel.get((destination, origin), 0))


def undisturbed_starts(taken: Mask, visit: Visit) -> Mask:
    """The cells from which the visit and its turnaround run into nothing that is taken."""
    return ~reaching(taken, cells_for(visit.occupied))


def possible_starts(presence: Presence, visit: Visit) -> Mask:
    """The cells at which this practitioner could start this visit here, on no grid yet."""
    return unbroken(presence.open, cells_for(visit.duration)) & undisturbed_starts(presence.taken, visit)


def starts_with_a_free_one(taken: Iterable[Mask], visit: Visit) -> Mask:
    """The cells at which at least one of these, rooms of the needed kind say, is free for the whole visit.

    It is one and the same room from beginning to end: nobody is moved next door half-way. Without any room,
    that is never.
    """
    return reduce(or_, (undisturbed_starts(one, visit) for one in taken), NEVER)


@dataclass(frozen=True, slots=True)
class Offer:
    """The open times of one service: for each practitioner and location, the cells at which it may start."""

    horizon: Horizon
    starts: Mapping[tuple[Key, Key], Mask]

    def with_anyone(self) -> Mask:
        return reduce(or_, self.starts.values(), NEVER)

    def free_at(self, minute: Minute) -> list[tuple[Key, Key]]:
        """Who could start at this minute, and where, in the order in which they were given."""
        return [pair for pair, starts in self.starts.items() if self.horizon.has(starts, minute)]

    def without(self, pair: tuple[Key, Key], *, minute: Minute) -> "Offer":
        """The same, but for one start of one practitioner in one place."""
        if pair not in self.starts:
            return self
        cell = self.horizon.inside([(minute, minute + CELL)])
        return replace(self, starts={**self.starts, pair: self.starts[pair] & ~cell})


def nearest(starts: Iterable[Minute], wanted: Minute, *, count: int) -> list[Minute]:
    """The `count` starts nearest to the wanted one, in the order of the day; of two as near, the earlier."""
    return sorted(nsmallest(count, starts, key=lambda start: (abs(start - wanted), start)))
