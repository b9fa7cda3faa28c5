"""Two people who take the same alert at the same moment: one rings, the others are told who."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from booking.actions.clinical.alerts import TakenAlready, take_alert
from booking.models import AuditEntry, SafetyAlert
from tests.factories import at, make_user
from tests.needled import make_alert, needled_visit

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at(3, "10:31")


def together(alert: SafetyAlert, *, outcome: str = "") -> tuple[list[User], list[User | None]]:
    """Four take it at once: who got it, and whom the others were told of."""
    people = [make_user(role="reception", name=f"Clerk {number}") for number in range(4)]
    line = Barrier(len(people))

    def one(person: User) -> tuple[User, SafetyAlert | None]:
        try:
            line.wait(timeout=10)
            take_alert(alert_id=alert.pk, by=person, now=NOW, outcome=outcome)
        except TakenAlready as told:
            return person, told.alert
        else:
            return person, None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        ended = list(pool.map(one, people))
    return [who for who, told in ended if told is None], [told.taken_by for _, told in ended if told]


@pytest.mark.parametrize("round_", range(3))
def test_one_rings_and_the_others_are_told_who(round_: int) -> None:
    alert = make_alert(needled_visit())
    won, told = together(alert)
    alert.refresh_from_db()
    assert won == [alert.taken_by]
    assert told == [alert.taken_by] * 3
    assert AuditEntry.objects.filter(verb="took alert").count() == 1


def test_of_those_who_close_it_at_once_one_says_what_came_of_it() -> None:
    alert = make_alert(needled_visit())
    won, _told = together(alert, outcome="Rang, well.")
    assert len(won) == 1
    assert AuditEntry.objects.filter(verb="closed alert").count() == 1
