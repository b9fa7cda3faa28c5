"""The link by which a patient pays what is left of a visit, sent because reception asks for it."""

from datetime import datetime

from booking.models import Appointment, Message
from booking.queries.visits import money_of
from booking.rules.lifecycle import Status

State = Message.State


def plan_pay_link(*, appointment: Appointment, now: datetime) -> None:
    """One more letter, unless one is on its way. The caller holds the visit's lock and knows an address.

    Each has a row of its own, so that the log keeps what was sent before. One that did not arrive is off
    reception's list from now on.
    """
    earlier = appointment.messages.filter(occasion=Message.Occasion.PAY_LINK)
    if earlier.filter(state=State.DUE).exists():
        return
    earlier.filter(state=State.FAILED).update(state=State.SKIPPED, problem="Another was sent instead.")
    assert appointment.patient is not None
    Message.objects.create(
        appointment=appointment,
        patient=appointment.patient,
        occasion=Message.Occasion.PAY_LINK,
        channel=Message.Channel.EMAIL,
        sequence=appointment.sequence,
        repeat=earlier.count(),
        due_at=now,
    )


def reason_to_skip_pay_link(visit: Appointment) -> str:
    """Asked when it is about to go: it may have been paid at the desk a minute after it was planned."""
    if visit.status == Status.CANCELLED:
        return "The visit was cancelled."
    return "" if money_of(visit).due else "Nothing is due any more."
