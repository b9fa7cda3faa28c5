"""/physio/: the physio's day. Asked again every 20 seconds, and answered only when something has changed."""

from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import Practitioner
from booking.actions.reading import note_opened
from booking.queries.clinical.changes import changes_since, day_version, newest_entry
from booking.queries.clinical.today import read_today
from booking.queries.leave_requests import answered_lately
from booking.web.physio.door import physio, signed_in
from booking.web.physio.pages import page
from booking.web.physio.today.day import shown_day
from booking.web.physio.today.news import say_changes, shown_answers
from booking.web.reception.pages import asked_day
from booking.words import clinic_day, say_time

LONGEST_NUMBER = 18
ONE_DAY = timedelta(days=1)


@physio("GET")
def today(request: HttpRequest, me: Practitioner) -> HttpResponse:
    """The whole page; or, for the page that stands open, nothing as long as nothing has changed."""
    now = timezone.now()
    day = asked_day(request, now=now)
    version = _version(me, day, now=now)
    if request.GET.get("version") == version:
        return HttpResponse(status=204)
    since = _asked_number(request.GET.get("since", ""))
    is_open_already = since is not None
    found = read_today(me=me, day=day, now=now)
    if found.last_record is not None and found.next is not None and found.next.patient_id is not None:
        note_opened(patient_id=found.next.patient_id, by=signed_in(request), now=now)
    entry_id = since if since is not None else newest_entry()
    changes = (
        changes_since(me=me, day=day, entry_id=entry_id, without=request.user) if is_open_already else ()
    )
    facts = {
        "me": me,
        "day": shown_day(found, now=now),
        "is_today": day == clinic_day(now),
        "earlier": _to(day - ONE_DAY),
        "later": _to(day + ONE_DAY),
        "drawn_at": say_time(now),
        "answers": shown_answers(answered_lately(me=me, now=now)),
        "changes": say_changes(changes, now=now),
        "again": _ask_again(request.GET.get("day", ""), since=entry_id, version=version),
    }
    return page(request, "today/live.html" if is_open_already else "today/today.html", facts)


def _version(me: Practitioner, day: date, *, now: datetime) -> str:
    """It also changes with the minute: how long somebody waits, and who is late, are told by it."""
    return f"{day_version(me=me, day=day)}-{now:%H%M}"


def _ask_again(day: str, *, since: int, version: str) -> str:
    """Where no day was asked for, the page that stands open goes on with the next one at midnight."""
    asked = {"since": str(since), "version": version} | ({"day": day} if day else {})
    return f"{reverse('physio:today')}?{urlencode(asked)}"


def _to(day: date) -> str:
    return f"{reverse('physio:today')}?{urlencode({'day': day.isoformat()})}"


def _asked_number(text: str) -> int | None:
    """The last entry that the open page knew of; anything but a number is a page drawn afresh."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
