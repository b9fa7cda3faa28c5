"""What a booking at the desk carries from one step of its panel to the next: the place, and who."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Patient, Practitioner
from booking.actions.desk.bookings import start_now
from booking.models import Location
from booking.web.reception.asked import YEARS, named
from booking.words import clinic_day, clinic_zone, in_clinic_time, say_day, say_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where the diary was pressed, if it was. A walk-in stands at the five minutes that are running."""

    practitioner: Practitioner | None = None
    location: Location | None = None
    starts_at: datetime | None = None
    day: date | None = None
    is_walk_in: bool = False

    @property
    def fields(self) -> list[tuple[str, str]]:
        """As hidden fields, or as the query of a link."""
        return list(self._fields())

    @property
    def query(self) -> str:
        return urlencode(self.fields)

    @property
    def clock(self) -> tuple[str, str]:
        """The day and the time on the clinic's clock, as a form sends them."""
        local = in_clinic_time(self.starts_at) if self.starts_at else None
        return (f"{local:%Y-%m-%d}", f"{local:%H:%M}") if local else ("", "")

    @property
    def words(self) -> str:
        """“Thursday 3 December, 10:00 with Maren”"""
        if self.starts_at is None:
            return ""
        when = f"{say_day(self.starts_at)}, {say_time(self.starts_at)}"
        if self.practitioner is None:
            return when
        return _("%(when)s with %(physio)s") % {"when": when, "physio": self.practitioner.first_name}

    def _fields(self) -> Iterator[tuple[str, str]]:
        if self.practitioner is not None:
            yield "practitioner", self.practitioner.slug
        if self.location is not None:
            yield "location", self.location.slug
        if self.is_walk_in:
            yield "walk_in", "1"
        elif self.starts_at is not None:
            day, time_of_day = self.clock
            yield "day", day
            yield "time", time_of_day
        elif self.day is not None:
            yield "day", self.day.isoformat()


def read_plan(data: Any, *, now: datetime) -> Plan:
    """What an address says. What cannot be read is left open: the panel asks for it."""
    is_walk_in = data.get("walk_in") == "1"
    day = data.get("day", "")
    return Plan(
        practitioner=named(Practitioner, data.get("practitioner", "")),
        location=named(Location, data.get("location", "")),
        starts_at=start_now(now) if is_walk_in else _moment(day, data.get("time", "")),
        day=None if is_walk_in else _coming_day(day, now=now),
        is_walk_in=is_walk_in,
    )


def read_patient(data: Any) -> Patient | None:
    try:
        key = UUID(data.get("patient", ""))
    except ValueError:
        return None
    return Patient.objects.filter(pk=key, merged_into=None).first()


def _coming_day(day: str, *, now: datetime) -> date | None:
    """The day that the diary shows, unless it is over: nobody is booked into yesterday by default."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return found if found >= clinic_day(now) and found.year in YEARS else None


def _moment(day: str, clock: str) -> datetime | None:
    try:
        moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=clinic_zone())
    except ValueError:
        return None
    if moment.year not in YEARS:
        return None
    return moment - timedelta(minutes=moment.minute % 5)
