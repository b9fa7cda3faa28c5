"""Whose turn it is to send which row."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection, transaction

from booking.actions.messages import outbox
from booking.models import Message
from tests.actions.messages.post import later, make_message, make_visit
from tests.factories import NOW

LEASE_ENDS = later(minutes=2)


def rows(count: int, **fields: object) -> list[Message]:
    """Due one second after another."""
    visit = make_visit()
    return [
        make_message(visit, offset_hours=number, **{"due_at": later(seconds=number - 60)} | fields)
        for number in range(count)
    ]


def claim(*, now: datetime = NOW, until: datetime = LEASE_ENDS, size: int = 50) -> list[UUID]:
    return outbox.claim(now=now, until=until, size=size)


@pytest.mark.django_db
def test_what_is_due_is_claimed_once() -> None:
    (message,) = rows(1)
    assert (claim(), claim()) == ([message.pk], [])


@pytest.mark.django_db
def test_a_claim_ends_with_its_lease() -> None:
    (message,) = rows(1)
    claim()
    assert claim(now=LEASE_ENDS) == [message.pk]


@pytest.mark.django_db
def test_the_longest_due_are_claimed_first() -> None:
    first, second, _third = rows(3)
    assert set(claim(size=2)) == {first.pk, second.pk}


@pytest.mark.django_db
def test_each_claim_counts_as_a_try() -> None:
    (message,) = rows(1)
    claim()
    claim(now=LEASE_ENDS)
    message.refresh_from_db()
    assert message.tried == 2


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["sent", "skipped", "failed"])
def test_what_has_come_to_its_end_is_never_claimed(state: str) -> None:
    rows(1, state=state)
    assert claim() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"due_at": NOW},
        {"due_at": later(seconds=1)},
        {"lease_until": NOW},
        {"lease_until": later(seconds=1)},
        {"state": "skipped"},
    ],
)
def test_what_is_claimed_is_what_is_called_due(fields: dict[str, object]) -> None:
    rows(1, **fields)
    due = set(Message.objects.due(now=NOW).values_list("pk", flat=True))
    assert set(claim()) == due


@pytest.mark.django_db
def test_given_back_it_is_due_again_and_was_not_tried() -> None:
    (message,) = rows(1)
    claim()
    outbox.give_back([message])
    message.refresh_from_db()
    assert (message.tried, claim()) == (0, [message.pk])


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_somebody_else_s_rows() -> None:
    first, second = rows(2)

    def of_another_worker() -> list[UUID]:
        try:
            return claim()
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as worker:
        assert claim(size=1) == [first.pk]  # held by our transaction until it ends
        assert worker.submit(of_another_worker).result(timeout=5) == [second.pk]


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_the_rows_without_one_being_claimed_twice() -> None:
    everything = {message.pk for message in rows(60)}

    def sweep(_number: int) -> list[UUID]:
        found = []
        try:
            while keys := claim(size=3):
                found += keys
        finally:
            connection.close()
        return found

    with ThreadPoolExecutor(6) as workers:
        claimed = [key for keys in workers.map(sweep, range(6)) for key in keys]
    assert len(claimed) == len(everything)
    assert set(claimed) == everything
