"""A status is an icon, a word and a colour, always all three, here as on the diary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.models import Appointment
from booking.rules.lifecycle import Status

LATE_AFTER = timedelta(minutes=5)
"""A patient who is not here so long after the visit was to begin is late: from then on somebody rings."""

ICONS: Mapping[str, str] = {
    Status.HELD: "calendar",
    Status.CONFIRMED: "check",
    Status.ARRIVED: "door",
    Status.IN_ROOM: "room",
    Status.COMPLETED: "checks",
    Status.NO_SHOW: "cross",
    Status.CANCELLED: "cross",
    Status.LAPSED: "clock",
}

KEY = (
    ("check", gettext_lazy("Confirmed")),
    ("door", gettext_lazy("Here")),
    ("room", gettext_lazy("In the room")),
    ("checks", gettext_lazy("Done")),
    ("clock", gettext_lazy("Late")),
    ("cross", gettext_lazy("Did not come")),
    ("calendar", gettext_lazy("Held online")),
    ("warn", gettext_lazy("Needs a hand")),
    ("plus", gettext_lazy("Overbooked on purpose")),
    ("note", gettext_lazy("Patient’s note")),
    ("stop", gettext_lazy("Alert on the record")),
)
"""What the marks on the diary mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    status: str
    icon: str
    word: str


def mark_of(appointment: Appointment, *, now: datetime) -> Mark:
    return mark(
        status=Status(appointment.status),
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        arrived_at=appointment.arrived_at,
        now=now,
    )


def mark(
    *, status: Status, starts_at: datetime, ends_at: datetime, arrived_at: datetime | None, now: datetime
) -> Mark:
    if status == Status.CONFIRMED and now >= starts_at + LATE_AFTER:
        if now < ends_at:
            minutes = (now - starts_at) // timedelta(minutes=1)
            return Mark(status="late", icon="clock", word=_("%(minutes)d min late") % {"minutes": minutes})
        return Mark(status="late", icon="clock", word=_("Not checked in"))
    if status == Status.ARRIVED and arrived_at:
        minutes = (now - arrived_at) // timedelta(minutes=1)
        word = _("Here, waiting %(minutes)d min") % {"minutes": minutes} if minutes else _("Here")
        return Mark(status="arrived", icon="door", word=word)
    css = {Status.IN_ROOM: "room", Status.COMPLETED: "done", Status.NO_SHOW: "no-show"}
    word = str(Appointment.Status(status).label)
    return Mark(status=css.get(status, status), icon=ICONS[status], word=word)
