"""What a booking remembers between its pages, in the session: the hold, what was typed, what was booked.

The session holds the hold's secret, so an id alone opens nothing. One hold a session: two tabs share it, and
each form says which hold it was made for.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from booking.actions.holds import Hold, opens_hold
from booking.models import Appointment

HOLD, TYPED, BOOKED = "booking.hold", "booking.typed", "booking.booked"
PROVING, PAID_FOR = "booking.proving", "booking.paid-for"
MOST_REMEMBERED = 10
LONGEST_ASKED = 300
MOST_PROLONGED = 3
"""How often a person may ask for more time before somebody else gets a chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    appointment: str
    secret: str
    asked: str = ""
    """What the calendar showed when the time was chosen, as in its address."""
    prolonged: int = 0


def remember_hold(request: HttpRequest, hold: Hold, *, asked: str = "") -> None:
    """Saved at once: a second request of the same person may be on its way already."""
    kept = Remembered(appointment=hold.appointment.pk.hex, secret=hold.secret, asked=asked[:LONGEST_ASKED])
    _keep(request, kept)
    request.session.save()


def held(request: HttpRequest) -> Appointment | None:
    """The appointment this session holds or held last, whatever became of it; nothing if it isn't ours."""
    return _opened(_remembered(request.session))


def held_meanwhile(request: HttpRequest) -> Appointment | None:
    """As `held`, but as another request of this session has just written it."""
    key = request.session.session_key
    return _opened(_remembered(type(request.session)(key))) if key else None


def asked_before(request: HttpRequest) -> str:
    remembered = _remembered(request.session)
    return remembered.asked if remembered else ""


def _opened(remembered: Remembered | None) -> Appointment | None:
    if remembered is None:
        return None
    found = (
        Appointment.objects.with_names()
        .select_related("service__policy")
        .filter(pk=UUID(remembered.appointment))
        .first()
    )
    return found if found is not None and opens_hold(appointment=found, secret=remembered.secret) else None


def is_running(appointment: Appointment, *, now: datetime) -> bool:
    return (
        appointment.status == Appointment.Status.HELD
        and appointment.hold_expires_at is not None
        and appointment.hold_expires_at > now
    )


def running_hold(request: HttpRequest, *, now: datetime) -> Appointment | None:
    """What this session holds now."""
    appointment = held(request)
    return appointment if appointment is not None and is_running(appointment, now=now) else None


def forget_hold(request: HttpRequest) -> None:
    request.session.pop(HOLD, None)


def may_prolong(request: HttpRequest) -> bool:
    remembered = _remembered(request.session)
    return remembered is not None and remembered.prolonged < MOST_PROLONGED


def count_prolonged(request: HttpRequest) -> None:
    remembered = _remembered(request.session)
    if remembered is not None:
        _keep(request, replace(remembered, prolonged=remembered.prolonged + 1))


def remember_typed(request: HttpRequest, typed: Mapping[str, str]) -> None:
    request.session[TYPED] = dict(typed)


def typed_before(request: HttpRequest) -> dict[str, str]:
    return dict(request.session.get(TYPED, {}))


def remember_booked(request: HttpRequest, appointment: Appointment) -> None:
    """From now on this session may see the whole of this visit; what was typed is done with."""
    before = [key for key in request.session.get(BOOKED, []) if key != appointment.pk.hex]
    request.session[BOOKED] = [*before, appointment.pk.hex][-MOST_REMEMBERED:]
    request.session.pop(TYPED, None)


def booked_here(request: HttpRequest, appointment: Appointment) -> bool:
    return appointment.pk.hex in request.session.get(BOOKED, [])


def is_mine(request: HttpRequest, appointment: Appointment) -> bool:
    """Held or booked by this session."""
    mine = held(request)
    return booked_here(request, appointment) or (mine is not None and mine.pk == appointment.pk)


def paid_for(request: HttpRequest) -> str:
    """The visit, booked before, whose link this session opened to pay for it."""
    return str(request.session.get(PAID_FOR, ""))


def remember_paid_for(request: HttpRequest, appointment: Appointment) -> None:
    request.session[PAID_FOR] = appointment.pk.hex


def proving(request: HttpRequest) -> str:
    """For which visit a code was sent to prove the address."""
    return str(request.session.get(PROVING, ""))


def remember_proving(request: HttpRequest, appointment: Appointment) -> None:
    request.session[PROVING] = appointment.pk.hex


def _remembered(session: SessionBase) -> Remembered | None:
    kept: dict[str, Any] | None = session.get(HOLD)
    return Remembered(**kept) if kept else None


def _keep(request: HttpRequest, remembered: Remembered) -> None:
    request.session[HOLD] = asdict(remembered)
