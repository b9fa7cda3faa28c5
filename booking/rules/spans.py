"""Time as whole minutes, so that the arithmetic elsewhere needs no calendar.

A *minute* is the number of whole minutes since 1970-01-01 00:00 UTC. A *span* is a pair of minutes: the
first one in it, and the first one after it:

    (600, 645)     10:00 █████████ 10:45        45 minutes; 10:45 itself is free again

so two visits may touch without overlapping. Nothing here knows about time zones: `wall_clock` does.
"""

from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Minute: TypeAlias = int
Span: TypeAlias = tuple[Minute, Minute]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_MINUTE = timedelta(minutes=1)


def minute_of(instant: datetime) -> Minute:
    """The minute that contains this instant. A time without a zone is refused with TypeError."""
    return (instant - EPOCH) // ONE_MINUTE


def next_minute_from(instant: datetime) -> Minute:
    """The first minute that begins at this instant or after it."""
    return -((EPOCH - instant) // ONE_MINUTE)


def instant_of(minute: Minute) -> datetime:
    return EPOCH + timedelta(minutes=minute)


def span_between(start: datetime, end: datetime) -> Span:
    """Every minute touched from `start` to `end`."""
    return minute_of(start), next_minute_from(end)
