"""The rows of the outbox: claimed by whoever delivers, and given back, put off or finished.

A claim is a short transaction and a lease. Nothing is locked while a message is on its way, so a worker that
dies keeps nobody waiting: its lease runs out, and the next one takes the rows.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from booking.models import Message
from booking.queries.clinical.consents import waits_to_be_read
from booking.queries.visits import asked_to_pay, money_behind

State = Message.State

BATCH = 50
REASON_LENGTH = 200
# How long a message rests after each time it did not go: minutes at first, half a day in all.
RESTS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 40, 60, 120, 240, 240))
MOST_TRIES = len(RESTS) + 1


# Both statements are written by hand. The first is MessageQuerySet.due locked, leased and told in one round
# trip; the second runs once for each message, and Django would take four times as long to compose it.
CLAIM = """
WITH due AS (
    SELECT id FROM booking_message
    WHERE state = 'due' AND due_at <= %(now)s AND (lease_until IS NULL OR lease_until <= %(now)s)
    ORDER BY due_at LIMIT %(size)s
    FOR UPDATE SKIP LOCKED
)
UPDATE booking_message AS message SET lease_until = %(until)s, tried = tried + 1
FROM due WHERE message.id = due.id
RETURNING message.id
"""
MARK_SENT = """
UPDATE booking_message
SET state = 'sent', sent_at = %(now)s, recipient = %(to)s, subject = %(subject)s, text = %(text)s,
    problem = '', lease_until = NULL
WHERE id = %(key)s
"""


def claim(*, now: datetime, until: datetime, size: int = BATCH) -> list[UUID]:
    """Lease what is due to the caller, the longest due first, leaving to others what they are busy with.

    A try is counted here, so that a message which kills its worker is not tried for ever.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "until": until, "size": size})
        return [key for (key,) in cursor.fetchall()]


def read(keys: Iterable[UUID]) -> list[Message]:
    """The messages with everything their letters speak of, in four queries however many they are."""
    messages: list[Message] = list(
        Message.objects.filter(pk__in=keys)
        .annotate(waits_to_be_read=waits_to_be_read(), was_asked_to_pay=asked_to_pay("appointment"))
        .select_related(
            "patient",
            "practitioner__user",
            "practitioner_before",
            "alert",
            "appointment__service",
            "appointment__practitioner",
            "appointment__location",
            "appointment__room",
            "appointment__after_check",
        )
        .prefetch_related(*money_behind("appointment__"))
        .order_by("due_at", "pk")
    )
    for message in messages:
        message.appointment.was_asked_to_pay = message.was_asked_to_pay  # type: ignore[attr-defined]
    return messages


def give_back(messages: Iterable[Message]) -> None:
    """Not tried after all: due again at once."""
    if keys := [message.pk for message in messages]:
        Message.objects.filter(pk__in=keys).update(lease_until=None, tried=F("tried") - 1)


def mark_sent(message: Message, *, to: str, subject: str, text: str, now: datetime) -> State:
    """Keep what was sent and to whom. Whatever became of the row meanwhile, the message has gone."""
    with connection.cursor() as cursor:
        cursor.execute(MARK_SENT, {"key": message.pk, "to": to, "subject": subject, "text": text, "now": now})
    return State.SENT


def skip(message: Message, *, reason: str) -> State:
    _update(message, state=State.SKIPPED, problem=reason, lease_until=None)
    return State.SKIPPED


def fail(message: Message, *, reason: str) -> State:
    _update(message, state=State.FAILED, problem=reason[:REASON_LENGTH], lease_until=None)
    return State.FAILED


def put_off(message: Message, *, reason: str, now: datetime) -> State:
    """Let it rest, longer each time, and still be due; after the last rest it has failed."""
    if message.tried >= MOST_TRIES:
        return fail(message, reason=reason)
    _update(message, lease_until=now + RESTS[message.tried - 1], problem=reason[:REASON_LENGTH])
    return State.DUE


def _update(message: Message, **values: Any) -> None:
    Message.objects.filter(pk=message.pk).update(**values)
