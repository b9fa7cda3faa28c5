"""When a service can be booked: asked more often than anything else, so the answer is written down directly.

Several thousand rows of four short texts: a serializer would take many times as long as finding them. The
schema describes them all the same, and the tests hold the answer to it.
"""

import json
from collections import defaultdict
from datetime import datetime
from functools import cache
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from accounts.models import Practitioner
from booking.api.fields import DayField, LineField
from booking.api.lookups import online_service, rows_named, unknown
from booking.api.parsing import StrictSerializer, read_query
from booking.api.serializers.visits import OpenTimesSerializer
from booking.api.views.base import ApiView
from booking.queries.open_times import OpenTimes, open_times
from booking.words import clinic_day, clinic_zone

MOST_DAYS = 62


class TimesQuery(StrictSerializer):
    days = serializers.IntegerField(
        min_value=1, max_value=MOST_DAYS, default=30, help_text="How many days to look at."
    )
    practitioner = LineField(
        required=False, allow_blank=True, max_length=50, help_text="Slug; without it, everybody."
    )
    location = LineField(
        required=False, allow_blank=True, max_length=50, help_text="Slug; without it, everywhere."
    )

    def get_fields(self) -> dict[str, Any]:
        first = DayField(required=False, help_text="The first day; without it, today.")
        return {"from": first, **super().get_fields()}


class TimesView(ApiView):
    @extend_schema(
        tags=["booking"],
        summary="When a service can be booked",
        description="One row for each practitioner and start, the earliest first. What is listed is free, "
        "and only a hold keeps it.",
        parameters=[TimesQuery],
        responses=OpenTimesSerializer,
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        service = online_service(slug)
        if service is None:
            raise NotFound
        asked, now = read_query(TimesQuery, request), self.clock()
        found = open_times(
            service=service,
            from_day=asked.get("from") or clinic_day(now),
            days=asked["days"],
            now=now,
            practitioner=_practitioner(asked.get("practitioner")),
        )
        return HttpResponse(as_json(found, at=_location(found, asked)), content_type="application/json")


def _practitioner(slug: str | None) -> Practitioner | None:
    rows = Practitioner.objects.filter(active=True)
    return rows_named(rows, slug, "practitioner", parameter=True) if slug else None


def _location(found: OpenTimes, asked: dict[str, Any]) -> int | None:
    """The location that was named. The answer knows them all, so nothing more is asked of the database."""
    if not asked.get("location"):
        return None
    for key in found.clinic.places:
        if found.clinic.where(key).slug == asked["location"]:
            return key
    raise unknown("location", parameter=True)


def as_json(times: OpenTimes, *, at: int | None = None) -> str:
    """The open times as JSON, everywhere or at one location.

    Each moment and each pair of names is spelled once, however often it occurs.
    """
    clinic, horizon = times.clinic, times.offer.horizon
    duration, zone = times.service.duration_minutes, clinic_zone()

    @cache
    def moment(minute: int) -> str:
        return datetime.fromtimestamp(minute * 60, zone).isoformat()

    names = defaultdict(list)
    for (practitioner, location), starts in times.offer.starts.items():
        if at not in (None, location):
            continue
        who, where = clinic.who(practitioner).slug, clinic.where(location).slug
        name = f'"practitioner":{json.dumps(who)},"location":{json.dumps(where)}}},'
        for minute in horizon.minutes(starts):
            names[minute].append(name)
    rows = ['{"times":[']
    for minute in sorted(names):
        span = f'{{"starts_at":"{moment(minute)}","ends_at":"{moment(minute + duration)}",'
        rows.append(span.join(["", *names[minute]]))  # the span before every name
    rows[-1] = rows[-1].removesuffix(",")
    return "".join([*rows, "]}"])
