"""Today as the page prints it: the next patient, then the day line by line with its gaps and absences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.models import Appointment, VisitRecord
from booking.queries.clinical.standings import State
from booking.queries.clinical.today import OVER, Today
from booking.queries.diary.read import Shut
from booking.rules.lifecycle import Status
from booking.web.physio.pages import way_to
from booking.web.physio.visit_words import ONE_MINUTE, Steps, say_minutes, say_place, standing_of, steps_of
from booking.web.reception.visit.marks import Mark
from booking.words import clinic_day, say_day, say_relative_day, say_short_day, say_telephone, say_time

SHORTEST_GAP = timedelta(minutes=15)
LINES_OF_A_NOTE = 220
"""How many letters of the last note stand on this page; all of it is on the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something to know beforehand, as a shape and a word. `colour` is a colour of screening."""

    colour: str
    word: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextUp:
    id: str
    name: str
    times: str
    about: str
    where: str
    visit_number: str
    mark: Mark
    flags: Sequence[Flag]
    alert: str
    note: str
    last_title: str
    last_note: str
    card_url: str
    tel: str
    phone: str
    steps: Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A visit with its `name`, or a stretch without one: then `about` says what it is."""

    time: str
    about: str
    name: str = ""
    url: str = ""
    mark: Mark | None = None
    flags: Sequence[Flag] = ()
    has_alert: bool = False
    is_next: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """What is left when everybody has been seen: how many notes are missing, and the way to the first."""

    count: str
    button: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDay:
    """`is_empty` when nobody comes; `after` says who comes first on a later day."""

    title: str
    next: NextUp | None
    lines: Sequence[DayLine]
    is_empty: bool
    is_done: bool
    unwritten: Unwritten | None
    after_title: str
    after: DayLine | None


def shown_day(found: Today, *, now: datetime) -> ShownDay:
    is_over = all(visit.status in OVER for visit in found.visits)
    return ShownDay(
        title=say_day(found.day),
        next=_next_up(found.next, found, now=now) if found.next else None,
        lines=list(_lines(found, now=now)),
        is_empty=not found.visits,
        is_done=bool(found.visits) and is_over,
        unwritten=_unwritten(found.visits) if is_over else None,
        after_title=_after_title(found.after, now=now) if found.after else "",
        after=_line(found.after, found, now=now) if found.after else None,
    )


def _unwritten(visits: Sequence[Appointment]) -> Unwritten | None:
    left = [visit for visit in visits if _asks_for_its_note(visit)]
    if not left:
        return None
    first = left[0]
    words = {"name": first.patient.name if first.patient else "", "time": say_time(first.starts_at)}
    count = ngettext("%(count)d note is missing.", "%(count)d notes are missing.", len(left))
    return Unwritten(
        count=count % {"count": len(left)},
        button=_("Record %(name)s, %(time)s") % words,
        url=way_to("record", first.pk),
    )


def _asks_for_its_note(visit: Appointment) -> bool:
    is_recorded = getattr(visit, "is_recorded", True)
    return visit.status == Status.COMPLETED and not is_recorded and bool(way_to("record", visit.pk))


def flags_of(visit: Appointment, consent: State | None) -> list[Flag]:
    """The colour of the screening and how consent stands, where the service asks for either."""
    return [flag for flag in (_screening(visit), _consent(consent)) if flag is not None]


def _screening(visit: Appointment) -> Flag | None:
    """Answers that have run out by the day of the visit are as good as none, whatever their colour was."""
    answers = visit.screening
    if answers is not None and answers.expires_at > visit.starts_at:
        return Flag(
            colour=answers.colour,
            word=str(answers.get_colour_display()),
            text=str(answers.get_advice_display()) if answers.advice else _("screening"),
        )
    if not visit.asks_screening:  # type: ignore[attr-defined]
        return None
    if answers is not None:
        return Flag(colour="none", word=_("Ask again"), text=_("the answers are too old"))
    return Flag(colour="none", word=_("Not asked"), text=_("screening is missing"))


def _consent(state: State | None) -> Flag | None:
    if state is None:
        return None
    text = {
        State.SIGNED: _("signed"),
        State.READ: _("read, not signed"),
        State.SIGNED_OLDER: _("an older text is signed, the new one is not read"),
        State.NOT_READ: _("not read, not signed"),
        State.WITHDRAWN: _("taken back"),
    }[state]
    return Flag(colour="green" if state == State.SIGNED else "none", word=_("Consent"), text=text)


def _next_up(visit: Appointment, found: Today, *, now: datetime) -> NextUp:
    patient, last = visit.patient, found.last_record
    assert patient is not None, "a visit that was made has a patient"
    words = {"start": say_time(visit.starts_at), "end": say_time(visit.ends_at)}
    return NextUp(
        id=str(visit.pk),
        name=patient.name,
        times=_("%(start)s to %(end)s") % words,
        about=visit.service.name,
        where=say_place(visit),
        visit_number=say_first_or_follow_up(visit),
        mark=standing_of(visit, now=now),
        flags=flags_of(visit, found.consents.get(visit.pk)),
        alert=patient.alert,
        note=visit.patient_note,
        last_title=_last_title(last, visit) if last else "",
        last_note=_shortened(last.note) if last else "",
        card_url=way_to("visit", visit.pk),
        tel=patient.phone.replace(" ", ""),
        phone=say_telephone(patient.phone) if patient.phone else "",
        steps=steps_of(visit, has_record=visit.is_recorded, now=now),  # type: ignore[attr-defined]
    )


def say_first_or_follow_up(visit: Appointment) -> str:
    """By what happened rather than by what was booked: who was here before comes again."""
    return _("Follow-up") if visit.came_before else _("First visit")  # type: ignore[attr-defined]


def _last_title(last: VisitRecord, visit: Appointment) -> str:
    then = last.appointment.starts_at
    day = say_short_day(then)
    if clinic_day(then).year != clinic_day(visit.starts_at).year:
        day = f"{day} {clinic_day(then).year}"
    if last.practitioner_id == visit.practitioner_id:
        return _("Last time, %(day)s") % {"day": day}
    return _("Last time, %(day)s, by %(physio)s") % {"day": day, "physio": last.practitioner.name}


def _shortened(note: str) -> str:
    text = " ".join(note.split())
    return text if len(text) <= LINES_OF_A_NOTE else text[:LINES_OF_A_NOTE].rsplit(" ", 1)[0] + " …"


def _lines(found: Today, *, now: datetime) -> Iterator[DayLine]:
    """Visits and absences in the order of the day; what is free between two of them stands as a gap."""
    away = [shut for shut in (found.column.shut if found.column else ()) if _touches(shut, found)]
    rows: list[tuple[datetime, datetime, Appointment | Shut]] = [
        *((visit.starts_at, visit.ends_at, visit) for visit in found.visits),
        *((shut.start, shut.end, shut) for shut in away),
    ]
    until: datetime | None = None
    for start, end, row in sorted(rows, key=lambda row: row[:2]):
        if until is not None and start - until >= SHORTEST_GAP:
            yield _gap(until, start)
        yield _line(row, found, now=now) if isinstance(row, Appointment) else _absence(row, found)
        until = max(until or end, end)


def _touches(shut: Shut, found: Today) -> bool:
    return clinic_day(shut.start) <= found.day <= clinic_day(shut.end - ONE_MINUTE)


def _gap(start: datetime, end: datetime) -> DayLine:
    hours, minutes = divmod((end - start) // ONE_MINUTE, 60)
    free = (
        _("%(minutes)d minutes free") % {"minutes": minutes}
        if not hours
        else _("%(hours)d h %(minutes)02d free") % {"hours": hours, "minutes": minutes}
    )
    return DayLine(time=say_time(start), about=free)


def _absence(shut: Shut, found: Today) -> DayLine:
    kinds = {"leave": _("Leave"), "block": _("Blocked"), "closed": _("Closed")}
    what = kinds.get(shut.kind, shut.kind)
    begins_today = clinic_day(shut.start) == found.day
    ends_today = clinic_day(shut.end) == found.day
    until = _("until %(time)s") % {"time": say_time(shut.end)} if ends_today else _("the rest of the day")
    about = ", ".join(
        part for part in (what, shut.reason, until if begins_today or ends_today else "") if part
    )
    return DayLine(time=say_time(shut.start) if begins_today else _("All day"), about=about)


def _line(visit: Appointment, found: Today, *, now: datetime) -> DayLine:
    is_over = visit.status in OVER
    is_next = found.next is not None and visit.pk == found.next.pk
    flags = flags_of(visit, found.consents.get(visit.pk)) if hasattr(visit, "asks_screening") else []
    # What is known of the next patient stands above, and of a later day nothing is asked here.
    says_flags = not is_over and not is_next
    return DayLine(
        time=say_time(visit.starts_at),
        name=visit.patient.name if visit.patient else "",
        about=f"{visit.service.name}, {say_minutes(visit)}",
        url=way_to("visit", visit.pk),
        mark=_standing(visit, now=now),
        flags=[flag for flag in flags if flag.colour != "green"] if says_flags else (),
        has_alert=bool(visit.patient and visit.patient.alert),
        is_next=is_next,
        is_over=is_over,
    )


def _standing(visit: Appointment, *, now: datetime) -> Mark:
    """In the list, a visit that is done but not written down asks for its note."""
    if _asks_for_its_note(visit):
        return Mark(status="change", icon="note", word=_("Note missing"))
    return standing_of(visit, now=now)


def _after_title(visit: Appointment, *, now: datetime) -> str:
    day = say_relative_day(visit.starts_at, now=now)
    return _("Then, %(day)s") % {"day": day}
