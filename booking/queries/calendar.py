"""A visit as a calendar file: what hangs on a message and what “Add to my calendar” downloads.

It is published, not requested: a request would show buttons to accept and decline, and whoever pressed
“decline” would believe the visit cancelled. By RFC 5546 what was published is changed by publishing it again
under the same UID with a higher SEQUENCE, and withdrawn by CANCEL.

A calendar is often shared and shows on a locked screen, so no word in it says what the visit is for.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText
from icalendar.enums import CLASS, STATUS

from booking.models import Appointment
from booking.queries.links import link_to, token_for
from booking.rules.lifecycle import Status
from booking.words import clinic_zone, in_clinic_time, say_telephone

FILE_NAME = "appointment.ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """The bytes, and the METHOD that the Content-Type must repeat."""

    content: bytes
    method: str

    @property
    def content_type(self) -> str:
        return f"text/calendar; charset=utf-8; method={self.method}"


def calendar_file(*, appointment: Appointment, now: datetime) -> CalendarFile:
    """One visit as it stands now, in clinic time."""
    is_cancelled = appointment.status == Status.CANCELLED
    method = "CANCEL" if is_cancelled else "PUBLISH"
    opening, closing = _frame(method, clinic_zone().key, in_clinic_time(appointment.starts_at).year)
    event = _event(appointment, is_cancelled=is_cancelled, now=now)
    return CalendarFile(content=opening + event.to_ical() + closing, method=method)


def link_to_calendar_file(appointment: Appointment) -> str:
    """Where the file is downloaded without signing in, as it stands in a message."""
    return settings.SITE_URL + reverse("booking:calendar", args=[token_for(appointment)])


def _event(appointment: Appointment, *, is_cancelled: bool, now: datetime) -> Event:
    clinic, place, link = settings.CLINIC_NAME, appointment.location, link_to(appointment)
    organizer = vCalAddress(f"mailto:{settings.CLINIC_EMAIL}")
    organizer.params["CN"] = vText(clinic)
    return Event.new(
        uid=appointment.calendar_uid,
        sequence=appointment.sequence,
        stamp=now,
        start=in_clinic_time(appointment.starts_at),
        end=in_clinic_time(appointment.ends_at),
        status=STATUS.CANCELLED if is_cancelled else STATUS.CONFIRMED,
        summary=_("Appointment, %(clinic)s") % {"clinic": clinic},
        location=f"{place.name}, {place.address}",
        description=_("Look it up, move or cancel it: %(link)s\nTelephone: %(telephone)s")
        % {"link": link, "telephone": say_telephone(place.phone or settings.CLINIC_PHONE)},
        url=link,
        organizer=organizer,
        classification=CLASS.PRIVATE,
    )


@lru_cache(maxsize=64)
def _frame(method: str, zone: str, year: int) -> tuple[bytes, bytes]:
    """What stands before and after a visit of that year, the same for all of them, so it is made once.

    The clinic’s clock is described from the year before to the year after.
    """
    time_zone = Timezone.from_tzid(zone, first_date=date(year - 1, 1, 1), last_date=date(year + 1, 12, 31))
    time_zone.pop("COMMENT")  # a remark on those years, of no use to anybody who gets the file
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Oakmont//Online booking//EN")
    calendar.add("METHOD", method)
    calendar.add_component(time_zone)
    opening, end, nothing = calendar.to_ical().partition(b"END:VCALENDAR")
    return opening, end + nothing
