"""Asking twice with one key does a thing once, and says the same both times.

Some requests commit without their sender ever learning it: the line drops, the server is stopped. Whoever
sends a key may simply ask again.

A row is claimed first, by itself, so that of two requests with one key the unique index picks one. The
answer is kept in the transaction that did the work, so neither exists without the other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from booking.models import IdempotentAnswer

KEPT_FOR = timedelta(hours=24)
GIVEN_UP_AFTER = timedelta(minutes=2)
"""A request that has not answered by then died with its process, and what it did was rolled back."""


class KeyReused(Exception):
    """The key was sent before with another request."""


class KeyInUse(Exception):
    """The first request with this key has not finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said the first time: an HTTP status, and a body of plain JSON values."""

    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do the work of one key, until somebody finds us silent for too long."""

    row_id: int
    since: datetime


def claim(*, key: str, fingerprint: str, now: datetime) -> Claim | Answer:
    """A claim when the work is now ours to do; the first answer when it has been done.

    Call it outside any transaction, so that others see the claim at once. Raises KeyReused or KeyInUse.
    """
    row, ours = IdempotentAnswer.objects.get_or_create(
        key=key, defaults={"fingerprint": fingerprint, "status": None, "body": None, "created_at": now}
    )
    if ours:
        return Claim(row.pk, now)
    if row.fingerprint != fingerprint:
        raise KeyReused
    if row.status is not None:
        return Answer(status=row.status, body=row.body)
    silent = IdempotentAnswer.objects.filter(pk=row.pk, status=None, created_at__lte=now - GIVEN_UP_AFTER)
    if not silent.update(created_at=now):
        raise KeyInUse
    return Claim(row.pk, now)


def keep(*, claim: Claim, answer: Answer) -> None:
    """Keep the answer, in the transaction that did the work.

    Raises KeyInUse when the claim has passed to somebody else: then the work must be rolled back.
    """
    if not _still_ours(claim).update(status=answer.status, body=answer.body):
        raise KeyInUse


def let_go(*, claim: Claim) -> None:
    """Nothing was done: the key may be used again."""
    _still_ours(claim).delete()


def forget_old_answers(*, now: datetime) -> int:
    """Tidy away what nobody will ask for again, and say how many rows that was."""
    deleted, _ = IdempotentAnswer.objects.filter(created_at__lte=now - KEPT_FOR).delete()
    return deleted


def _still_ours(claim: Claim) -> QuerySet[IdempotentAnswer]:
    return IdempotentAnswer.objects.filter(pk=claim.row_id, created_at=claim.since, status=None)
