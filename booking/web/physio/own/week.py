"""/physio/week/: seven days, as a list on a phone and as columns on a desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Practitioner
from booking.models import Appointment
from booking.queries.clinical.today import OVER
from booking.queries.clinical.week import DAYS, WeekDay, read_week
from booking.queries.diary.read import Shut
from booking.web.physio.door import physio
from booking.web.physio.pages import page, way_to
from booking.web.physio.visit_words import say_minutes, standing_of
from booking.web.reception.asked import YEARS
from booking.web.reception.visit.marks import Mark
from booking.words import clinic_day, say_day, say_short_day, say_time


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekVisit:
    time: str
    name: str
    about: str
    mark: Mark
    is_over: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWeekDay:
    title: str
    url: str
    hours: str
    away: Sequence[str]
    count: str
    visits: Sequence[WeekVisit]
    is_today: bool


@physio("GET")
def week(request: HttpRequest, me: Practitioner) -> HttpResponse:
    now = timezone.now()
    first_day = _asked_monday(request, now=now)
    facts = {
        "title": _("%(first)s to %(last)s")
        % {"first": say_short_day(first_day), "last": say_short_day(first_day + timedelta(days=DAYS - 1))},
        "days": [_shown(day, now=now) for day in read_week(me=me, first_day=first_day)],
        "is_this_week": first_day <= clinic_day(now) < first_day + timedelta(days=DAYS),
        "earlier": _to(first_day - timedelta(days=DAYS)),
        "later": _to(first_day + timedelta(days=DAYS)),
    }
    return page(request, "week.html", facts)


def _asked_monday(request: HttpRequest, *, now: datetime) -> date:
    """The Monday of the week in which the asked day lies."""
    text = request.GET.get("from", "")
    try:
        day = date.fromisoformat(text) if text else clinic_day(now)
    except ValueError:
        raise BadRequest("The day is not written like 2026-12-03.") from None
    if day.year not in YEARS:
        raise BadRequest("No such day in the diary.")
    return day - timedelta(days=day.weekday())


def _to(day: date) -> str:
    return f"{reverse('physio:week')}?{urlencode({'from': day.isoformat()})}"


def _shown(day: WeekDay, *, now: datetime) -> ShownWeekDay:
    number = len(day.visits)
    words = {"start": "", "end": ""}
    spans = []
    for start, end in day.hours:
        words = {"start": say_time(start), "end": say_time(end)}
        spans.append(_("%(start)s to %(end)s") % words)
    return ShownWeekDay(
        title=say_day(day.day),
        url=f"{reverse('physio:today')}?{urlencode({'day': day.day.isoformat()})}",
        hours=", ".join(spans) or _("Not working"),
        away=[_say_away(row, day.day) for row in day.shut],
        count=ngettext("%(count)d visit", "%(count)d visits", number) % {"count": number} if number else "",
        visits=[_visit(visit, now=now) for visit in day.visits],
        is_today=day.day == clinic_day(now),
    )


def _say_away(row: Shut, day: date) -> str:
    kinds = {"leave": _("Leave"), "block": _("Blocked"), "closed": _("Closed")}
    parts = [kinds.get(row.kind, row.kind), row.reason]
    begins, ends = clinic_day(row.start) == day, clinic_day(row.end) == day
    if begins and ends:
        parts.append(_("%(start)s to %(end)s") % {"start": say_time(row.start), "end": say_time(row.end)})
    elif ends:
        parts.append(_("until %(time)s") % {"time": say_time(row.end)})
    elif begins and say_time(row.start) != "0:00":
        parts.append(_("from %(time)s") % {"time": say_time(row.start)})
    return ", ".join(part for part in parts if part)


def _visit(visit: Appointment, *, now: datetime) -> WeekVisit:
    return WeekVisit(
        time=say_time(visit.starts_at),
        name=visit.patient.name if visit.patient else "",
        about=f"{visit.service.name}, {say_minutes(visit)}",
        mark=_mark(visit, now=now),
        is_over=visit.status in OVER,
        url=way_to("visit", visit.pk),
    )


def _mark(visit: Appointment, *, now: datetime) -> Mark:
    """In one word: how long somebody waits is on the page of the day."""
    mark = standing_of(visit, now=now)
    return Mark(status=mark.status, icon=mark.icon, word=str(visit.get_status_display()))
