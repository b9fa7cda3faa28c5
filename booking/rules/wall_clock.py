"""What the clock on the clinic's wall says, turned into instants.

Twice a year a clock is moved, and then an hour (in Lord Howe, half an hour) does not exist or happens twice.
`wall_span` decides what that means, here and nowhere else.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking.rules.spans import EPOCH, ONE_MINUTE, Minute, Span, instant_of

MINUTES_A_DAY = 1440


def wall_span(opens: datetime, closes: datetime, zone: ZoneInfo) -> Span:
    """From the first minute at which the clock shows a time from `opens` up to `closes`, to the last.

    `opens` and `closes` are readings of the clock, without a zone. On an ordinary day that is all there is to
    it, and 09:00 to 17:00 on the day of a change is simply from nine o'clock to five o'clock: eight hours,
    because clocks change at night. Inside the change itself:

    *An hour that does not exist.* London, spring, the clock jumps from 01:00 to 02:00. Hours that open at
    01:30 open at the jump, the first real moment at which 01:30 has passed; hours that close at 01:30 close
    at the jump, the moment by which it has passed. Hours that lie wholly in the gap are empty: no clock ever
    showed a time in them.

        clock      00:30   00:59│02:00   02:30
        01:30–02:30             ├───────┤           half an hour
        00:30–01:30  ├──────────┤                   half an hour

    *An hour that happens twice.* London, autumn, the clock goes back from 02:00 to 01:00. Hours that open at
    01:30 open at the first 01:30, hours that close at 01:30 close at the second. Someone whose hours are
    01:15 to 01:45 is there from the first 01:15 to the last 01:45: nobody goes home for half an hour in
    between, and nobody who comes when the clock says 01:30 finds the door shut, whichever 01:30 it is.

        clock      01:00   01:30   01:59│01:00   01:30   02:00
        01:15–01:45    ├────────────────────────────┤        an hour and a half

    Only a time inside the hours counts: hours that close at 01:00 sharp are over at the first 01:00, because
    the clock then goes on to show nothing that was still within them.
    """
    return _first_reading(opens, zone), _last_reading(closes - ONE_MINUTE, zone) + 1


def _first_reading(reading: datetime, zone: ZoneInfo) -> Minute:
    early, late = _occurrences(reading, zone)
    return early if early <= late else _jump(late, early, zone)


def _last_reading(reading: datetime, zone: ZoneInfo) -> Minute:
    early, late = _occurrences(reading, zone)
    return late if early <= late else _jump(late, early, zone) - 1


def _occurrences(reading: datetime, zone: ZoneInfo) -> tuple[Minute, Minute]:
    """The minutes at which the clock shows this, by the offset before a change and by the one after it.

    They are the same minute except in an hour that happens twice, and in one that does not exist: there the
    first is *later* than the second (see `datetime.fold`), and the clock shows the reading at neither.
    """
    local = reading.replace(tzinfo=zone)
    return (local - EPOCH) // ONE_MINUTE, (local.replace(fold=1) - EPOCH) // ONE_MINUTE


def _jump(before: Minute, after: Minute, zone: ZoneInfo) -> Minute:
    """The minute at which the clock jumped, somewhere after `before` and no later than `after`."""
    offset_afterwards = _offset(after, zone)
    minutes = range(before, after + 1)
    return minutes[bisect_left(minutes, True, key=lambda minute: _offset(minute, zone) == offset_afterwards)]


def _offset(minute: Minute, zone: ZoneInfo) -> timedelta | None:
    return instant_of(minute).astimezone(zone).utcoffset()


@dataclass(frozen=True, slots=True)
class LocalDay:
    """One date in one zone, from its first minute to the first minute of the next date."""

    date: date
    zone: ZoneInfo
    start: Minute
    end: Minute

    @property
    def is_ordinary(self) -> bool:
        """Whether no clock was moved, so that 09:00 is simply 540 minutes after midnight."""
        return self.end - self.start == MINUTES_A_DAY

    def span(self, opens: time, closes: time) -> Span:
        """The minutes of these hours of the day."""
        if self.is_ordinary:
            return self.start + minute_of_day(opens), self.start + minute_of_day(closes)
        return wall_span(datetime.combine(self.date, opens), datetime.combine(self.date, closes), self.zone)


def minute_of_day(reading: time) -> int:
    return reading.hour * 60 + reading.minute


def local_days(zone: ZoneInfo, first: date, count: int) -> list[LocalDay]:
    """`count` dates in a row, each with the minutes between which it lasts in this zone."""
    dates = [first + timedelta(days=number) for number in range(count + 1)]
    starts = [_first_reading(datetime.combine(day, time.min), zone) for day in dates]
    return [
        LocalDay(day, zone, start, end)
        for day, start, end in zip(dates[:-1], starts[:-1], starts[1:], strict=True)
    ]


def local_date(minute: Minute, zone: ZoneInfo) -> date:
    return instant_of(minute).astimezone(zone).date()
