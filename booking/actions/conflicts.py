"""What the database says when somebody else was faster, in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connection

from catalogue.models import Service

EXCLUSION_VIOLATION = "23P01"
DEADLOCK_DETECTED = "40P01"
LOCK_NOT_AVAILABLE = "55P03"
SOMEBODY_WAS_FASTER = frozenset({EXCLUSION_VIOLATION, DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE})

LOCK_TIMEOUT = "2s"


class TimeTaken(Exception):
    """The time asked for is not free, or stopped being free a moment ago."""


class TimePassed(TimeTaken):
    """Nobody was faster: the time asked for lies in the past."""


class TooSoon(TimeTaken):
    """Nobody was faster: the service is booked earlier than that, by its minimum notice."""


def not_open(*, service: Service, starts_at: datetime, now: datetime) -> TimeTaken:
    """Why a visit cannot start then, for a time that is not among the open ones."""
    if starts_at <= now:
        return TimePassed()
    if starts_at < now + timedelta(minutes=service.minimum_notice_minutes):
        return TooSoon()
    return TimeTaken()


@contextmanager
def saying_time_taken() -> Iterator[None]:
    """Turn PostgreSQL’s three ways to say “somebody was faster” into TimeTaken. Outside the transaction."""
    try:
        yield
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) in SOMEBODY_WAS_FASTER:
            raise TimeTaken from error
        raise


def lock_in_order(*, practitioners: set[int], rooms: set[int], patient_id: UUID | None = None) -> None:
    """Queue behind whoever changes this patient, these practitioners and rooms, until our transaction ends.

    Everybody takes the locks in one order, the patient before practitioners before rooms, so that nobody
    waits in a circle. The first number tells the kinds apart; of a patient's id, the last 31 bits.
    """
    wait_only_briefly()
    patients = [] if patient_id is None else [(0, patient_id.int & 0x7FFFFFFF)]
    keys = [*patients, *((1, key) for key in sorted(practitioners)), *((2, key) for key in sorted(rooms))]
    with connection.cursor() as cursor:
        for kind, key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kind, key])


def wait_only_briefly() -> None:
    """Within this transaction, give up on a lock after LOCK_TIMEOUT: a clear answer beats a long wait."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
