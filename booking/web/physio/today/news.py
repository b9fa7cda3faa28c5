"""What changed while the page stood open, each in one line: “11:00 Tom R. cancelled, 2 min ago”."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from booking.models import LeaveRequest
from booking.queries.clinical.changes import Change
from booking.rules.lifecycle import Status
from booking.web.physio.visit_words import ONE_MINUTE
from booking.web.reception.absence_lines import say_span
from booking.words import clinic_day, say_relative_day, say_time


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """What became of a request for leave."""

    kind: str
    icon: str
    text: str


def shown_answers(requests: Sequence[LeaveRequest]) -> list[ShownAnswer]:
    return [_answer(request) for request in requests]


def _answer(request: LeaveRequest) -> ShownAnswer:
    words = {"when": say_span(request.starts_at, request.ends_at), "answer": request.answer}
    if request.state == LeaveRequest.State.GRANTED:
        return ShownAnswer(kind="ok", icon="check", text=_("Leave granted: %(when)s.") % words)
    return ShownAnswer(kind="warn", icon="cross", text=_("Leave refused: %(when)s. %(answer)s") % words)


def say_changes(found: Sequence[Change], *, now: datetime) -> list[str]:
    return [_say(change, now=now) for change in found]


def _say(change: Change, *, now: datetime) -> str:
    minutes = (now - change.entry.at) // ONE_MINUTE
    ago = _("%(minutes)d min ago") % {"minutes": minutes} if minutes > 0 else _("just now")
    words = {
        "when": _say_when(change.was_at or change.visit.starts_at, now=now),
        "name": short_name(change.visit.patient.name if change.visit.patient else ""),
        "to": _say_when(change.visit.starts_at, now=now),
        "physio": change.visit.practitioner.name,
        "ago": ago,
    }
    return _wording(change) % words


def _wording(change: Change) -> str:
    if change.visit.status == Status.CANCELLED:
        return _("%(when)s %(name)s cancelled, %(ago)s")
    if not change.is_mine:
        return _("%(when)s %(name)s is with %(physio)s now, %(ago)s")
    match change.entry.verb:
        case "confirmed":
            return _("%(when)s %(name)s is new, %(ago)s")
        case "arrived":
            return _("%(when)s %(name)s is here, %(ago)s")
        case "no show":
            return _("%(when)s %(name)s did not come, %(ago)s")
        case "move undone":
            return _("%(when)s %(name)s is back, %(ago)s")
    if change.was_at == change.visit.starts_at:
        return _("%(when)s %(name)s came to you, %(ago)s")
    return _("%(when)s %(name)s moved to %(to)s, %(ago)s")


def _say_when(moment: datetime, *, now: datetime) -> str:
    """The time alone when it is today."""
    if clinic_day(moment) == clinic_day(now):
        return say_time(moment)
    return f"{say_relative_day(moment, now=now)} {say_time(moment)}"


def short_name(name: str) -> str:
    """“Tom R.”: enough for whoever knows them, little for whoever looks over a shoulder."""
    first, *others = name.split() or [""]
    return f"{first} {others[-1][0]}." if others else first
