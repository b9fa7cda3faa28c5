"""Somebody on the waiting list and the time that has become free for them."""

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from booking.queries.waitlist import WaitlistMatch
from booking.web.reception.hand_line import HandLine, Press, line, see_to
from booking.web.reception.record.waitlist_lines import say_wanted
from booking.web.reception.record.when import say_when
from booking.words import in_clinic_time, say_short_day


def waiting_line(match: WaitlistMatch, *, now: datetime) -> HandLine:
    """A later visit of theirs is moved to it; without one, it is booked."""
    entry, physio = match.entry, match.time.practitioners[0]
    words = {
        "when": say_when(match.time.start, now=now),
        "service": entry.service.name,
        "physio": physio.name,
    }
    local = in_clinic_time(match.time.start)
    spot = {
        "practitioner": physio.slug,
        "location": match.time.location.slug,
        "day": f"{local:%Y-%m-%d}",
        "time": f"{local:%H:%M}",
    }
    if match.instead_of is None:
        asked = urlencode({"patient": str(entry.patient_id), "service": entry.service.slug, **spot})
        link = (f"{reverse('reception:book')}?{asked}", _("Book it"))
    else:
        day = {"day": say_short_day(match.instead_of.starts_at)}
        move = reverse("reception:move", args=[match.instead_of.pk])
        link = (f"{move}?{urlencode(spot)}", _("Move their visit of %(day)s") % day)
    return line(
        entry.patient,
        _("%(when)s, %(service)s with %(physio)s is free") % words,
        detail=_("Waits for: %(wanted)s") % {"wanted": say_wanted(entry)},
        links=(link,),
        presses=(
            Press(url=see_to("off-the-waitlist", entry.pk), text=_("Take off the list"), is_aside=True),
        ),
    )
