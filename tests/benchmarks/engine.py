"""A large clinic for the engine, and the least that could possibly answer the same question."""

from dataclasses import dataclass
from datetime import date, time
from random import Random
from zoneinfo import ZoneInfo

from booking.rules.availability import Visit
from booking.rules.clinic import Busy, Calendar, Person, draw
from booking.rules.open_times import Terms, open_times
from booking.rules.wall_clock import local_days
from booking.rules.working_hours import WeeklyHours

LONDON = ZoneInfo("Europe/London")
PLACE = 1
FIRST_DAY = date(2026, 5, 4)  # a Monday in summer, so the prototype need not know that clocks are moved
HOURS = [(time(8), time(12, 30)), (time(13, 15), time(18))]
VISIT, TURNAROUND, EVERY = 45, 10, 15


@dataclass(frozen=True)
class Diaries:
    """Busy spans of everybody, in the order in which a database happens to return them."""

    days: int
    busy: list[list[tuple[int, int]]]


def diaries(*, practitioners: int, days: int) -> Diaries:
    """Eight visits on each working day for everybody, always the same ones."""
    dice = Random(1)
    midnights = [day.start for day in local_days(LONDON, FIRST_DAY, days) if day.date.weekday() < 5]
    return Diaries(
        days,
        [
            [
                (midnight + cell * 5, midnight + cell * 5 + VISIT)
                for midnight in midnights
                for cell in dice.sample(range(96, 216), 8)
            ]
            for _ in range(practitioners)
        ],
    )


def engine(given: Diaries) -> list[int]:
    """The minutes at which a visit may start with anyone."""
    last_day = date.fromordinal(FIRST_DAY.toordinal() + given.days - 1)
    weekly = [WeeklyHours(PLACE, weekday, *hours) for weekday in range(5) for hours in HOURS]
    people = [Person(key=key, weekly=weekly) for key in range(len(given.busy))]
    visits = (
        Busy(practitioner=key, location=PLACE, room=None, spans=spans) for key, spans in enumerate(given.busy)
    )
    calendar = Calendar.covering(FIRST_DAY, last_day, zones={PLACE: LONDON})
    clinic = draw(calendar, closed={}, people=people, rooms=[], busy=visits, travel={})
    terms = Terms(
        visit=Visit(VISIT, TURNAROUND),
        practitioners=range(len(people)),
        start_every=EVERY,
        notice=0,
        horizon_days=given.days,
    )
    now = calendar.days[PLACE][1].start
    offer = open_times(clinic, terms, first_day=FIRST_DAY, last_day=last_day, now=now)
    return calendar.horizon.minutes(offer.with_anyone())


def prototype(given: Diaries) -> list[int]:
    """The bits and nothing else: one zone whose clock never moves, no leave, no notice, no names."""
    origin, size = local_days(LONDON, FIRST_DAY, 1)[0].start, given.days * 288
    anyone = 0
    for busy in given.busy:
        is_open = taken = 0
        for day in range(given.days):
            if day % 7 < 5:
                for opens, closes in HOURS:
                    begin = day * 288 + (opens.hour * 60 + opens.minute) // 5
                    end = day * 288 + (closes.hour * 60 + closes.minute) // 5
                    is_open |= ((1 << end - begin) - 1) << begin
        for start, finish in busy:
            begin, end = (start - origin) // 5, (finish - origin) // 5
            taken |= ((1 << end - begin) - 1) << begin
        anyone |= _runs(is_open, VISIT // 5) & _runs(~taken, (VISIT + TURNAROUND) // 5)
    anyone &= sum(1 << cell for cell in range(0, size, EVERY // 5))
    digits = bin(anyone)[:1:-1]
    return [origin + cell * 5 for cell, digit in enumerate(digits) if digit == "1"]


def _runs(mask: int, length: int) -> int:
    have = 1
    while have < length:
        step = min(have, length - have)
        mask &= mask >> step
        have += step
    return mask
