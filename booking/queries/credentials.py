"""Who may do what, where on the body and until when; and the booked visits that no credential covers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, DateField, DateTimeField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from accounts.models import Credential
from booking.models import Appointment
from booking.models.appointment import AppointmentQuerySet
from booking.rules.lifecycle import STILL_TO_COME
from booking.words import clinic_day
from catalogue.models import Service, Treatment

WARN_DAYS = 60
"""How long before its last day a credential stands on top of the manager's page."""


def not_covered(*, now: datetime) -> AppointmentQuerySet:
    """Visits to come whose service needs a credential that their physio does not hold on that day.

    The next one first. The day is the one on the calendar of its location, as for open times.
    """
    covers = Q(region="") | Q(region=OuterRef("service__required_region"))
    held = Credential.objects.filter(
        covers | Q(Exact(OuterRef("service__required_region"), Value(""))),
        Q(valid_until=None) | Q(valid_until__gte=OuterRef("local_day")),
        practitioner=OuterRef("practitioner"),
        technique=OuterRef("service__required_credential"),
        valid_from__lte=OuterRef("local_day"),
    )
    there = Func(F("location__time_zone"), F("starts_at"), function="timezone", output_field=DateTimeField())
    return (
        Appointment.objects.filter(status__in=STILL_TO_COME, starts_at__gt=now)
        .exclude(service__required_credential="")
        .annotate(local_day=Cast(there, DateField()))
        .filter(~Exists(held))
        .with_names()
        .order_by("starts_at")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCredential:
    """What a physio holds for a technique on a part of the body, as it was last renewed."""

    credential: Credential
    is_expired: bool
    expires_soon: bool
    visits_after: int

    @property
    def is_pressing(self) -> bool:
        return self.is_expired or self.expires_soon


def held_credentials(*, now: datetime) -> Sequence[HeldCredential]:
    """Of everybody who works here, what is pressing first. Two queries."""
    today = clinic_day(now)
    uncovered: Counter[tuple[int, str, str]] = Counter()
    rows = not_covered(now=now).order_by().select_related(None)
    keys = ("practitioner_id", "service__required_credential", "service__required_region")
    for practitioner, technique, region, count in rows.values_list(*keys).annotate(count=Count("pk")):
        uncovered[practitioner, technique, region] = count
    held = [_held(row, uncovered, today=today) for row in _as_last_renewed()]
    return sorted(held, key=lambda one: (not one.is_pressing, _last_day(one.credential), one.credential.pk))


def _as_last_renewed() -> Sequence[Credential]:
    """One of each physio, technique and part of the body: the one that lasts longest."""
    rows = Credential.objects.filter(practitioner__active=True).select_related("practitioner")
    lasting = rows.order_by("practitioner_id", "technique", "region", F("valid_until").desc(nulls_first=True))
    return list(lasting.distinct("practitioner_id", "technique", "region"))


def _held(row: Credential, uncovered: Counter[tuple[int, str, str]], *, today: date) -> HeldCredential:
    last = _last_day(row)
    return HeldCredential(
        credential=row,
        is_expired=last < today,
        expires_soon=today <= last <= today + timedelta(days=WARN_DAYS),
        visits_after=sum(
            count
            for (practitioner, technique, region), count in uncovered.items()
            if (practitioner, technique) == (row.practitioner_id, row.technique)
            and (not region or row.region in ("", region))
        ),
    )


def _last_day(row: Credential) -> date:
    return row.valid_until or date.max


def technique_names() -> dict[str, str]:
    """What the techniques are called that any service asks for or anybody holds. Two queries."""
    asked = Service.objects.exclude(required_credential="").order_by().values_list("required_credential")
    slugs = asked.union(Credential.objects.order_by().values_list("technique"))
    names = dict(Treatment.objects.values_list("slug", "name"))
    found = sorted(slug for (slug,) in slugs)
    return {slug: names.get(slug, slug.replace("-", " ").capitalize()) for slug in found}
