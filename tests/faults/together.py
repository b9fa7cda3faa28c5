"""Several people who act in the same moment, each over a connection of their own."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, transaction

from booking.actions.cancellations import NotComing
from booking.actions.conflicts import TimeTaken
from booking.actions.desk.bookings import Clashes
from booking.actions.desk.moves import ChangedMeanwhile
from booking.actions.desk.payments import MoreThanDue
from booking.actions.desk.records import SamePatient

EXPECTED = (Clashes, ChangedMeanwhile, TimeTaken, MoreThanDue, SamePatient, NotComing)


def together(acts: Iterable[Callable[[], Any]]) -> Counter[str]:
    """Do them all at once, and count how each ended. Any other error is the test's."""
    waiting = list(acts)
    line = Barrier(len(waiting))

    def one(act: Callable[[], Any]) -> str:
        try:
            line.wait(timeout=10)
            act()
        except EXPECTED as refusal:
            return type(refusal).__name__
        else:
            return "won"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(waiting)) as people:
        return Counter(people.map(one, waiting))


def behind(first: Callable[[], Any], second: Callable[[], Any]) -> str:
    """The first ends only once the second waits for it. How the second ended."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            first()
            told = other.submit(lambda: together([second]))
            with connection.cursor() as cursor:
                while not told.done() and cursor.execute(waiting).fetchone() == (0,):
                    pass
        ((ended, _times),) = told.result().items()
    return ended
