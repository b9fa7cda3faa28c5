"""How consent stands, as icon, word and colour: all that reception sees of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.queries.clinical.standings import State, overall, standings_at
from booking.rules.lifecycle import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    status: str
    icon: str
    word: str


NO_VISIT = {Status.HELD, Status.LAPSED, Status.CANCELLED, Status.NO_SHOW}


def consent_mark(visit: Appointment) -> Mark | None:
    """For a visit that may need it. Two queries at the most."""
    state = None if visit.status in NO_VISIT else overall(standings_at(visit))
    return mark_of(state) if state else None


def mark_of(state: State) -> Mark:
    status, icon, word = {
        State.SIGNED: ("confirmed", "check", _("Consent signed")),
        State.READ: ("held", "clock", _("Read, not signed")),
        State.SIGNED_OLDER: ("change", "clock", _("Older text signed")),
        State.NOT_READ: ("held", "ring", _("Not read")),
        State.WITHDRAWN: ("no-show", "cross", _("Consent taken back")),
    }[state]
    return Mark(status=status, icon=icon, word=word)
