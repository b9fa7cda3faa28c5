"""A physio's calendar address: made, replaced, revoked. Who knows it reads it, so only its hash is kept."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q

from accounts.models import Practitioner, User
from booking.actions.audit import Actor, record
from booking.models import CalendarFeed

SECRET_BYTES = 32
NOTED_EVERY = timedelta(minutes=1)


def make_feed_address(*, practitioner: Practitioner, by: User, now: datetime) -> str:
    """The secret of a new address, which is told this once. One that stood before is dead from now on."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        Practitioner.objects.select_for_update().get(pk=practitioner.pk)
        _revoke(practitioner, now=now)
        CalendarFeed.objects.create(practitioner=practitioner, secret_hash=hash_of(secret), made_at=now)
        detail = {"practitioner_id": practitioner.pk}
        record(verb="made calendar address", by=Actor.staff(by), at=now, detail=detail)
    return secret


def revoke_feed_address(*, practitioner: Practitioner, by: User, now: datetime) -> bool:
    """Whether there was one to revoke."""
    with transaction.atomic():
        was_there = _revoke(practitioner, now=now)
        if was_there:
            detail = {"practitioner_id": practitioner.pk}
            record(verb="revoked calendar address", by=Actor.staff(by), at=now, detail=detail)
    return was_there


def feed_at(*, secret: str, now: datetime) -> CalendarFeed | None:
    """The feed that this secret opens, if it opens one. That it was read is noted once a minute at most.

    It closes with its physio: whoever has left, or may no longer sign in, reads no calendar either.
    """
    feeds = CalendarFeed.objects.filter(
        secret_hash=hash_of(secret),
        revoked_at=None,
        practitioner__active=True,
        practitioner__user__is_active=True,
    )
    feed = feeds.select_related("practitioner").first()
    if feed is not None and (feed.read_at is None or feed.read_at <= now - NOTED_EVERY):
        not_noted = Q(read_at=None) | Q(read_at__lte=now - NOTED_EVERY)
        CalendarFeed.objects.filter(not_noted, pk=feed.pk).update(read_at=now)
    return feed


def hash_of(secret: str) -> str:
    """Plain SHA-256 is enough: the secret is 32 random bytes, so there is nothing to guess at."""
    return sha256(secret.encode()).hexdigest()


def _revoke(practitioner: Practitioner, *, now: datetime) -> bool:
    return bool(
        CalendarFeed.objects.filter(practitioner=practitioner, revoked_at=None).update(revoked_at=now)
    )
