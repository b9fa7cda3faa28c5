"""The diary as reception's screen draws it: columns, visits, and the hours in which nobody is seen."""

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts import roles
from booking.api.fields import DayField, LineField
from booking.api.lookups import chosen
from booking.api.parsing import StrictSerializer, read_query
from booking.api.serializers.diary import DiarySerializer
from booking.api.views.base import ApiView
from booking.queries.diary import Column, Diary, DiaryVisit, read_diary
from booking.queries.diary.version import diary_version
from booking.rules.spans import Minute, instant_of, minute_of
from booking.words import clinic_day

MOST_DAYS = 42  # six weeks: a month as calendars draw it

Write = Callable[[Minute], str]


class IsFrontDesk(BasePermission):
    """Reception and managers. Patients and physios have screens of their own."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return roles.may_manage_the_diary(request.user)


class DiaryQuery(StrictSerializer):
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, default=1, help_text="How many days.")
    location = LineField(required=False, max_length=50, help_text="Slug; without it, everywhere.")

    def get_fields(self) -> dict[str, Any]:
        first = DayField(required=False, help_text="The first day; without it, today.")
        return {"from": first, **super().get_fields()}


class DiaryView(ApiView):
    permission_classes = [IsFrontDesk]

    @extend_schema(
        tags=["diary"],
        summary="Everybody's column over some days",
        description="Asked again with If-None-Match it answers 304 for as long as nothing has changed, "
        "at the cost of one small query: a screen may ask every few seconds.",
        parameters=[DiaryQuery],
        responses=DiarySerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        asked, now = read_query(DiaryQuery, request), self.clock()
        first_day = asked.get("from") or clinic_day(now)
        where = chosen(asked, parameter=True).get("location")
        tag = f'"{_digest(diary_version(), first_day, asked["days"], where)}"'
        if tag in request.headers.get("If-None-Match", ""):
            return HttpResponse(status=304, headers={"ETag": tag})
        diary = read_diary(first_day=first_day, days=asked["days"], now=now, location=where)
        return HttpResponse(
            json.dumps(shown(diary), ensure_ascii=False, separators=(",", ":")),
            content_type="application/json",
            headers={"ETag": tag},
        )


def shown(diary: Diary) -> dict[str, Any]:
    """The diary as plain facts; icons, words and colours are the screen's."""
    write = _writer(diary.zone)
    slugs = {column.id: column.slug for column in diary.columns}
    places = {key: slug for key, (slug, _) in diary.locations.items()}
    return {
        "from": diary.first_day.isoformat(),
        "to": diary.last_day.isoformat(),
        "locations": [{"slug": slug, "name": name} for slug, name in diary.locations.values()],
        "practitioners": [_column(column, places, write) for column in diary.columns],
        "visits": [_visit(visit, slugs, places, write) for visit in diary.visits],
    }


def _column(column: Column, places: dict[int, str], write: Write) -> dict[str, Any]:
    return {
        "slug": column.slug,
        "name": column.name,
        "open": [
            {"location": places[place], "from": write(minute_of(start)), "to": write(minute_of(end))}
            for place, start, end in column.open
        ],
        "shut": [
            {
                "kind": shut.kind,
                "reason": shut.reason,
                "from": write(minute_of(shut.start)),
                "to": write(minute_of(shut.end)),
                "leave": shut.leave_id,
            }
            for shut in column.shut
        ],
    }


def _visit(visit: DiaryVisit, slugs: dict[int, str], places: dict[int, str], write: Write) -> dict[str, Any]:
    return {
        "id": visit.id,
        "sequence": visit.sequence,
        "status": visit.status,
        "starts_at": write(visit.starts_at),
        "ends_at": write(visit.ends_at),
        "practitioner": slugs[visit.practitioner_id],
        "location": places.get(visit.location_id, ""),
        "room": visit.room,
        "service": visit.service,
        "first": visit.is_first,
        "patient": visit.patient,
        "patient_id": visit.patient_id,
        "alert": bool(visit.has_alert),
        "note": visit.has_note,
        "overbooked": visit.overbook_reason,
        "arrived_at": write(visit.arrived_at) if visit.arrived_at else None,
        "started_at": write(visit.started_at) if visit.started_at else None,
        "source": visit.source,
        "due_minor": visit.due_minor,
        "needs_a_hand": visit.needs_a_hand,
    }


def _writer(zone: ZoneInfo) -> Write:
    """Moments on the clinic's clock. Each is spelled once: most visits begin when another ends."""

    @cache
    def write(minute: Minute) -> str:
        return instant_of(minute).astimezone(zone).isoformat()

    return write


def _digest(*parts: object) -> str:
    """Which answer this is: of this question, at this state, by this release of the code."""
    text = "|".join(str(part) for part in (*parts, settings.CLINIC_TIME_ZONE, settings.LANGUAGE_CODE))
    return sha256(text.encode()).hexdigest()[:32]
