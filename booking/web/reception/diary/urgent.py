"""The two most urgent things, at the top of the diary with their button."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.queries.needs_a_hand import hands_wanted
from booking.queries.urgent import late_and_waiting
from booking.rules.lifecycle import Status
from booking.web.reception.door import desk
from booking.web.reception.visit.marks import LATE_AFTER
from booking.words import say_time

MOST_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentThing:
    """Somebody who is late, or who waits."""

    visit_id: str
    status: str
    icon: str
    what: str
    where: str
    tel: str
    is_waiting: bool


@desk("GET")
def urgent(request: HttpRequest) -> HttpResponse:
    """With the number of things that need a hand: the diary stands open all day, and its badge with it."""
    now = timezone.now()
    facts = {"urgent": urgent_things(now=now), "hands": hands_wanted(now=now), "is_diary": True}
    return render(request, "reception/parts/urgent_now.html", facts)


def urgent_things(*, now: datetime) -> Sequence[UrgentThing]:
    """One who is late and one who waits before two of a kind: the longest first."""
    late, waiting = late_and_waiting(now=now, late_after=LATE_AFTER)
    chosen = [*late[:1], *waiting[:1]]
    for visit in (*waiting[1:], *late[1:]):
        if len(chosen) < MOST_SHOWN:
            chosen.append(visit)
    return [_shown(visit, now=now) for visit in chosen]


def _shown(visit: Appointment, *, now: datetime) -> UrgentThing:
    is_waiting = visit.status == Status.ARRIVED
    since = visit.arrived_at if is_waiting and visit.arrived_at else visit.starts_at
    words = {
        "name": visit.patient.name if visit.patient else "",
        "minutes": (now - since) // timedelta(minutes=1),
        "time": say_time(visit.starts_at),
        "physio": visit.practitioner.first_name,
        "room": visit.room.name if visit.room else "",
    }
    what = _("%(name)s waits %(minutes)d min") if is_waiting else _("%(name)s, %(minutes)d min late")
    where = _("%(time)s with %(physio)s, %(room)s") if visit.room else _("%(time)s with %(physio)s")
    return UrgentThing(
        visit_id=str(visit.pk),
        status="arrived" if is_waiting else "late",
        icon="door" if is_waiting else "clock",
        what=what % words,
        where=where % words,
        tel=visit.patient.phone if visit.patient else "",
        is_waiting=is_waiting,
    )
