"""Absences and whom they displace, as the pages print them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.queries.absences import Absences
from booking.web.reception.record.when import say_when
from booking.words import clinic_day, in_clinic_time, say_day, say_telephone, say_time


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAbsence:
    who: str
    kind: str
    when: str
    reason: str
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAbsences:
    leave: Sequence[ShownAbsence]
    closures: Sequence[ShownAbsence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Displaced:
    id: str
    when: str
    name: str
    phone: str
    about: str


def shown_absences(found: Absences, *, now: datetime) -> ShownAbsences:
    return ShownAbsences(
        leave=[
            ShownAbsence(
                who=row.practitioner.name,
                kind=str(row.get_kind_display()),
                when=say_span(row.starts_at, row.ends_at),
                reason=row.reason,
                remove_url=reverse("reception:remove-absence", args=[row.pk]),
            )
            for row in found.leave
        ],
        closures=[
            ShownAbsence(
                who=row.location.name if row.location else _("Everywhere"),
                kind=_("Closed"),
                when=say_days(row.first_day, row.last_day),
                reason=row.name,
                remove_url=reverse("reception:reopen", args=[row.pk]),
            )
            for row in found.closures
        ],
    )


def shown_displaced(rows: Sequence[Appointment], *, now: datetime) -> Sequence[Displaced]:
    return [
        Displaced(
            id=str(row.pk),
            when=say_when(row.starts_at, now=now),
            name=row.patient.name if row.patient else "",
            phone=say_telephone(row.patient.phone) if row.patient and row.patient.phone else "",
            about=_("%(service)s with %(physio)s")
            % {"service": row.service.name, "physio": row.practitioner.name},
        )
        for row in rows
    ]


def say_span(starts_at: datetime, ends_at: datetime) -> str:
    """Whole days as days, hours of one day as hours, and anything else from moment to moment."""
    last = ends_at - timedelta(microseconds=1)
    if in_clinic_time(starts_at).time() == time.min == in_clinic_time(ends_at).time():
        return say_days(clinic_day(starts_at), clinic_day(last))
    words = {"day": say_day(starts_at, with_year=True), "from": say_time(starts_at), "to": say_time(ends_at)}
    if clinic_day(starts_at) == clinic_day(last):
        return _("%(day)s, %(from)s to %(to)s") % words
    words["until"] = say_day(ends_at, with_year=True)
    return _("%(day)s, %(from)s, to %(until)s, %(to)s") % words


def say_days(first: date, last: date) -> str:
    if first == last:
        return say_day(first, with_year=True)
    return _("%(first)s to %(last)s") % {
        "first": say_day(first, with_year=first.year != last.year),
        "last": say_day(last, with_year=True),
    }
