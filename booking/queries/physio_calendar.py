"""A physio's visits as a calendar that their phone reads again and again.

It lies on servers of others and shows on locked screens. So: initials, how long, and where; no service, no
note, no name. A visit keeps its UID and its SEQUENCE rises, so a move updates the entry.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone
from icalendar.enums import CLASS, STATUS

from accounts.models import Practitioner
from booking.models import Appointment
from booking.rules.lifecycle import MADE, Status
from booking.words import clinic_day, clinic_zone, in_clinic_time, say_initials

BACK = timedelta(days=30)
AHEAD = timedelta(days=180)
ASK_AGAIN = timedelta(minutes=15)


def physio_calendar(*, practitioner: Practitioner, now: datetime) -> bytes:
    """From a month back to half a year ahead; cancelled visits stand as cancelled while they are to come.

    One query.
    """
    in_time = Q(starts_at__gte=now - BACK, starts_at__lt=now + AHEAD, status__in=MADE)
    is_gone = Q(status=Status.CANCELLED, starts_at__lt=now)
    visits = Appointment.objects.filter(in_time, practitioner=practitioner).exclude(is_gone).with_names()
    calendar = _empty(practitioner, now=now)
    for visit in visits.order_by("starts_at"):
        calendar.add_component(_event(visit, now=now))
    return bytes(calendar.to_ical())


def _empty(practitioner: Practitioner, *, now: datetime) -> Calendar:
    """The clinic's clock is described for the whole stretch, both changes included."""
    first = clinic_day(now - BACK).replace(month=1, day=1)
    last = clinic_day(now + AHEAD).replace(month=12, day=31)
    time_zone = Timezone.from_tzid(clinic_zone().key, first_date=first, last_date=last)
    time_zone.pop("COMMENT")  # a remark on those years, of no use to anybody who gets the file
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Oakmont//Physio calendar//EN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", f"{practitioner.name}, {settings.CLINIC_NAME}")
    calendar.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT15M")
    calendar.add_component(time_zone)
    return calendar


def _event(visit: Appointment, *, now: datetime) -> Event:
    words = {
        "initials": say_initials(visit.patient.name if visit.patient else ""),
        "minutes": (visit.ends_at - visit.starts_at) // timedelta(minutes=1),
    }
    place = visit.location
    return Event.new(
        uid=visit.calendar_uid,
        sequence=visit.sequence,
        stamp=now,
        start=in_clinic_time(visit.starts_at),
        end=in_clinic_time(visit.ends_at),
        status=STATUS.CANCELLED if visit.status == Status.CANCELLED else STATUS.CONFIRMED,
        summary=_("%(initials)s, %(minutes)d min") % words,
        location=", ".join(part for part in (visit.room.name if visit.room else "", place.name) if part),
        classification=CLASS.PRIVATE,
    )
