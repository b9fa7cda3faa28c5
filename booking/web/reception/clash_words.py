"""Why a visit cannot stand where reception wants it, said in plain words, and what else is free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.queries.clashes import Clash, Kind
from booking.queries.open_times import OpenTime
from booking.web.reception.spot import instead_of
from booking.words import clinic_day, say_moment, say_short_day, say_time
from catalogue.models import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """A button: another time that is free."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What stands in the way, what is free instead, and whether a reason could override it."""

    reasons: Sequence[str]
    free: str
    instead: Sequence[Instead]
    may_be_overridden: bool


def refusal(
    *,
    clashes: Sequence[Clash],
    service: Service,
    practitioner: Practitioner,
    wanted: datetime,
    nearest: Sequence[OpenTime],
) -> Refusal:
    return Refusal(
        reasons=[
            say_clash(clash, service=service, practitioner=practitioner, wanted=wanted) for clash in clashes
        ],
        free=say_free(practitioner, nearest, wanted=wanted),
        instead=[Instead(value=instead_of(time), text=_when(time.start, wanted)) for time in nearest],
        may_be_overridden=bool(clashes) and all(clash.may_be_overridden for clash in clashes),
    )


def taken_meanwhile(*, practitioner: Practitioner, wanted: datetime, nearest: Sequence[OpenTime]) -> Refusal:
    """Somebody was faster by a moment, so there is no name to be said yet."""
    return Refusal(
        reasons=[_("%(time)s was taken a moment ago.") % {"time": say_time(wanted)}],
        free=say_free(practitioner, nearest, wanted=wanted),
        instead=[Instead(value=instead_of(time), text=_when(time.start, wanted)) for time in nearest],
        may_be_overridden=False,
    )


def say_clash(clash: Clash, *, service: Service, practitioner: Practitioner, wanted: datetime) -> str:
    """“Maren has Tom Hale until 10:45.”"""
    until = _until(clash.until, wanted)
    words = {
        "physio": practitioner.first_name,
        "service": service.name,
        "technique": service.required_credential.replace("-", " "),
        "region": service.get_required_region_display().lower(),
        "name": clash.name,
        "until": until,
        "room": service.get_room_kind_display().lower(),
    }
    match clash.kind:
        case Kind.PAST:
            return _("That day is over.")
        case Kind.BOOKED_ALREADY:
            return _("This is booked already, until %(until)s. Nothing more was booked.") % words
        case Kind.PATIENT_BUSY:
            return _("The patient is with %(name)s until %(until)s.") % words
        case Kind.BUSY if clash.name:
            return _("%(physio)s has %(name)s until %(until)s.") % words
        case Kind.BUSY:
            return _("Somebody is booking %(physio)s online; that time is held until %(until)s.") % words
        case Kind.COMES_FROM_ELSEWHERE:
            return _("%(physio)s comes from %(name)s and cannot begin before %(until)s.") % words
        case Kind.LEAVES_FOR_ELSEWHERE:
            return _("%(physio)s has to leave for %(name)s at %(until)s.") % words
        case Kind.AWAY if clash.name:
            return _("%(physio)s is away until %(until)s: %(name)s.") % words
        case Kind.AWAY:
            return _("%(physio)s is away until %(until)s.") % words
        case Kind.CLOSED:
            return _("The clinic is closed that day: %(name)s.") % words
        case Kind.NOT_WORKING:
            return _("%(physio)s does not work then.") % words
        case Kind.NOT_OFFERED:
            return _("%(physio)s does not give “%(service)s”.") % words
        case Kind.NO_CREDENTIAL if service.required_region:
            return _("%(physio)s’s credential for %(technique)s, %(region)s, is not valid that day.") % words
        case Kind.NO_CREDENTIAL:
            return _("%(physio)s’s credential for %(technique)s is not valid that day.") % words
        case Kind.NO_ROOM:
            return _("No %(room)s is free then.") % words
    raise AssertionError(clash.kind)


def say_free(practitioner: Practitioner, nearest: Sequence[OpenTime], *, wanted: datetime) -> str:
    """“Maren is free at 11:00 and 13:15.”"""
    if not nearest:
        return _("%(physio)s has nothing free in the week from then.") % {"physio": practitioner.first_name}
    times = [_when(time.start, wanted) for time in nearest]
    listed = times[0] if len(times) == 1 else _("%(times)s and %(last)s") % {
        "times": ", ".join(times[:-1]), "last": times[-1],
    }  # fmt: skip
    words = {"physio": practitioner.first_name, "times": listed}
    same_day = all(clinic_day(time.start) == clinic_day(wanted) for time in nearest)
    return (_("%(physio)s is free at %(times)s.") if same_day else _("%(physio)s is free %(times)s.")) % words


def _when(moment: datetime, wanted: datetime) -> str:
    """The time alone on the day that was wanted, otherwise with its day."""
    if clinic_day(moment) == clinic_day(wanted):
        return say_time(moment)
    return f"{say_short_day(moment)} {say_time(moment)}"


def _until(moment: datetime | None, wanted: datetime) -> str:
    if moment is None:
        return ""
    return say_time(moment) if clinic_day(moment) == clinic_day(wanted) else say_moment(moment)
