"""The waiting list in words."""

from dataclasses import dataclass
from datetime import time

from django.urls import reverse
from django.utils import formats
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from booking.models import WaitlistEntry
from booking.words import clinic_day, say_day

ALL_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistLine:
    what: str
    when: str
    since: str
    change_url: str
    off_url: str


def waitlist_line(entry: WaitlistEntry) -> WaitlistLine:
    edit = reverse("reception:waitlist", args=[entry.patient_id])
    return WaitlistLine(
        what=say_what(entry),
        when=say_wanted(entry),
        since=_("since %(day)s") % {"day": say_day(clinic_day(entry.added_at))},
        change_url=f"{edit}?entry={entry.pk}",
        off_url=reverse("reception:see-to", args=["off-the-waitlist", entry.pk]),
    )


def say_what(entry: WaitlistEntry) -> str:
    """“Follow-up with Maren, at Hexley”, as far as they mind."""
    words = {"service": entry.service.name}
    if entry.practitioner is not None:
        words["physio"] = entry.practitioner.first_name
    text = (_("%(service)s with %(physio)s") if "physio" in words else _("%(service)s with anyone")) % words
    return f"{text}, {entry.location.name}" if entry.location is not None else text


def say_wanted(entry: WaitlistEntry) -> str:
    """“Mondays and Wednesdays, 8:00 to 12:00, until Saturday 12 December”"""
    if len(entry.weekdays) == ALL_DAYS:
        days = _("any day")
    elif len(entry.weekdays) == 1:
        days = str(WEEKDAYS[entry.weekdays[0]])
    else:
        days = " ".join(str(WEEKDAYS_ABBR[day]) for day in entry.weekdays)
    parts = [days]
    if entry.from_time and entry.until_time:
        clock = {"from": _clock(entry.from_time), "until": _clock(entry.until_time)}
        parts.append(_("%(from)s to %(until)s") % clock)
    elif entry.from_time:
        parts.append(_("from %(time)s on") % {"time": _clock(entry.from_time)})
    elif entry.until_time:
        parts.append(_("over by %(time)s") % {"time": _clock(entry.until_time)})
    parts.append(_("until %(day)s") % {"day": say_day(entry.last_day)})
    return ", ".join(parts)


def _clock(value: time) -> str:
    return formats.time_format(value, "G:i")
