"""A record as the page prints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Patient
from booking.queries.record import Record
from booking.queries.visits import money_of
from booking.web.consent_marks import Mark, consent_mark
from booking.web.reception.needled import say_needled
from booking.web.reception.plan_lines import PlanLine, plan_lines
from booking.web.reception.record.lines import (
    MessageLine,
    MoneyLine,
    VisitLine,
    message_lines,
    money_lines,
    visit_line,
)
from booking.web.reception.record.log import ShownEntry, shown_entry
from booking.web.reception.record.search import FoundPatient, found_patient
from booking.web.reception.record.waitlist_lines import WaitlistLine, waitlist_line
from booking.web.reception.visit.panel import ShownPatient, shown_patient
from booking.web.screening_marks import screening_marks
from booking.words import clinic_day, say_day, say_money, say_telephone

ENTRIES_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRecord:
    id: str
    patient: ShownPatient
    consent: Mark | None
    proved: str
    since: str
    family: Sequence[FoundPatient]
    merged: Sequence[str]
    plans: Sequence[PlanLine]
    waits: Sequence[WaitlistLine]
    coming: Sequence[VisitLine]
    before: Sequence[VisitLine]
    owed: str
    money: Sequence[MoneyLine]
    messages: Sequence[MessageLine]
    entries: Sequence[ShownEntry]
    earlier_entries: Sequence[ShownEntry]


def shown_record(record: Record, *, now: datetime) -> ShownRecord:
    """One more query: how each visit stands after its questions."""
    patient = record.patient
    owed = sum(money_of(visit).due for visit in record.before)
    screenings = screening_marks([*record.coming, *record.before])
    entries = [shown_entry(entry, now=now) for entry in record.entries]
    return ShownRecord(
        id=str(patient.pk),
        patient=shown_patient(patient, today=clinic_day(now), needled=say_needled([patient], now=now)),
        consent=consent_mark(record.coming[0]) if record.coming else None,
        proved=_say_proved(record),
        since=say_day(patient.created_at, with_year=True).split(" ", 1)[1],
        family=[found_patient(person, now=now) for person in record.family],
        merged=[_say_merged(person, patient) for person in record.merged],
        plans=plan_lines(patient.pk, now=now),
        waits=[waitlist_line(entry) for entry in record.waits],
        coming=[visit_line(visit, screening=screenings.get(visit.pk), now=now) for visit in record.coming],
        before=[visit_line(visit, screening=screenings.get(visit.pk), now=now) for visit in record.before],
        owed=say_money(owed) if owed else "",
        money=money_lines(record, now=now),
        messages=list(message_lines(record.messages, now=now)),
        entries=entries[:ENTRIES_AT_ONCE],
        earlier_entries=entries[ENTRIES_AT_ONCE:],
    )


def _say_merged(other: Patient, kept: Patient) -> str:
    """“Elena Marsh, elena@old.example”: the name, and what of the contact is not on the record itself."""
    differing = [
        other.email if other.email.lower() != kept.email.lower() else "",
        say_telephone(other.phone) if other.phone and other.phone != kept.phone else "",
    ]
    return ", ".join([other.name, *filter(None, differing)])


def _say_proved(record: Record) -> str:
    patient = record.patient
    if not patient.email:
        return _("No address: nothing can be sent.")
    if patient.email_proved_at is None:
        return _("Not proved yet. The patient proves it by signing in once.")
    words = {"day": say_day(patient.email_proved_at, with_year=True).split(" ", 1)[1]}
    return _("Proved on %(day)s.") % words
