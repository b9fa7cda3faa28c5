"""A visit as its physio reads it: how it stands, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.rules.lifecycle import CORRECTION, Status
from booking.web.physio.pages import way_to
from booking.web.reception.visit.marks import Mark, mark_of
from booking.words import clinic_day, say_time

ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The strongest button: a step of the day, or a page where something is to be written."""

    text: str
    value: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """`next` first; `others` stand quietly beside it; `back` takes the last step back, from `seen`."""

    next: NextStep | None
    others: Sequence[NextStep]
    back: str
    seen: str = ""


def steps_of(visit: Appointment, *, has_record: bool, now: datetime) -> Steps:
    """What can be done with a visit now. A record is written before the visit is done."""
    name = visit.patient.first_name if visit.patient else ""
    status = Status(visit.status)
    undo = _("Undo “%(step)s”") % {"step": visit.get_status_display()} if status in CORRECTION else ""
    record = way_to("record", visit.pk) if not has_record else ""
    write = NextStep(text=_("Record what was done"), url=record)
    done = NextStep(text=_("Done with %(name)s") % {"name": name}, value="complete")
    start = NextStep(text=_("Start with %(name)s") % {"name": name}, value="start")
    missed = NextStep(text=_("Did not come"), value="no-show")
    match status:
        case Status.CONFIRMED if clinic_day(now) != clinic_day(visit.starts_at):
            return Steps(next=None, others=[], back="")
        case Status.CONFIRMED:
            return Steps(next=start, others=[missed] if now >= visit.starts_at else [], back="")
        case Status.ARRIVED:
            return Steps(next=start, others=[], back=undo, seen=status)
        case Status.IN_ROOM if record:
            return Steps(next=write, others=[done], back=undo, seen=status)
        case Status.IN_ROOM:
            return Steps(next=done, others=[], back=undo, seen=status)
        case Status.COMPLETED if record:
            return Steps(next=write, others=[], back=undo, seen=status)
    return Steps(next=None, others=[], back=undo, seen=status)


def standing_of(visit: Appointment, *, now: datetime) -> Mark:
    """As on reception's diary, with since when somebody is here: the physio decides by it."""
    if visit.status == Status.ARRIVED and visit.arrived_at:
        return Mark(status="arrived", icon="door", word=say_waiting(visit.arrived_at, now=now))
    if visit.status == Status.IN_ROOM and visit.started_at:
        word = _("In the room since %(time)s") % {"time": say_time(visit.started_at)}
        return Mark(status="room", icon="room", word=word)
    return mark_of(visit, now=now)


def say_waiting(arrived_at: datetime, *, now: datetime) -> str:
    minutes = (now - arrived_at) // ONE_MINUTE
    words = {"time": say_time(arrived_at), "minutes": minutes}
    return _("Here since %(time)s, %(minutes)d min") % words if minutes > 0 else _("Here now")


def say_place(visit: Appointment) -> str:
    """“Room 3, Hexley”"""
    return ", ".join(part.name for part in (visit.room, visit.location) if part is not None)


def say_minutes(visit: Appointment) -> str:
    """“45 min”, which never part at the end of a line."""
    minutes = (visit.ends_at - visit.starts_at) // ONE_MINUTE
    return (_("%(minutes)d min") % {"minutes": minutes}).replace(" ", "\N{NO-BREAK SPACE}")
