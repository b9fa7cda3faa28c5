"""What “my appointments” says first: how many visits are ahead, and when the next one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from booking.models import Appointment
from booking.queries.clinical.consents import Papers
from booking.queries.visits import Visits
from booking.web.patient.visits.visit_page import ShownVisit, shown_visit
from booking.words import clinic_day, in_clinic_time

NOON, EVENING = 12, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    greeting: str
    ahead: str
    coming: Sequence[ShownVisit]
    before: Sequence[ShownVisit]
    several_people: bool


def list_page(*, visits: Visits, papers: Papers, user: User, now: datetime) -> ListPage:
    rows = [*visits.coming, *visits.before]
    names = {row.patient_id for row in rows}
    return ListPage(
        greeting=_greeting(_first_name(user, rows), now=now),
        ahead=_ahead(visits.coming, now=now),
        coming=[shown_visit(appointment=row, now=now, papers=papers) for row in visits.coming],
        before=[shown_visit(appointment=row, now=now, papers=papers) for row in visits.before],
        several_people=len(names) > 1,
    )


def _first_name(user: User, rows: Sequence[Appointment]) -> str:
    """The sign-in's own name, or that of the one patient whose address it is."""
    own = {row.patient.first_name for row in rows if row.patient and row.patient.email.lower() == user.email}
    return user.get_short_name() or (own.pop() if len(own) == 1 else "")


def _greeting(name: str, *, now: datetime) -> str:
    hour = in_clinic_time(now).hour
    words = {"name": name}
    if not name:
        return _("Your appointments")
    if hour < NOON:
        return _("Good morning, %(name)s") % words
    return (_("Good afternoon, %(name)s") if hour < EVENING else _("Good evening, %(name)s")) % words


def _ahead(coming: Sequence[Appointment], *, now: datetime) -> str:
    if not coming:
        return _("No visit ahead.")
    days = (clinic_day(coming[0].starts_at) - clinic_day(now)).days
    count = ngettext("One visit ahead.", "%(count)d visits ahead.", len(coming)) % {"count": len(coming)}
    when = {0: _("The next is today."), 1: _("The next is tomorrow.")}.get(
        days, _("The next is in %(days)d days.") % {"days": days}
    )
    return f"{count} {when}"
