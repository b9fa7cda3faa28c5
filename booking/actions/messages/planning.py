"""Which messages a visit calls for, and when each is due.

Planned in the transaction that changes the visit; sent later by whoever claims the row. What would have been
due before the booking was made is left out: a reminder is never sent late and wrong.
"""

from datetime import datetime, timedelta

from django.conf import settings

from booking.models import Appointment, Message

Occasion = Message.Occasion


def plan_confirmation(*, appointment: Appointment, now: datetime) -> None:
    _plan(appointment, occasion=Occasion.CONFIRMED, due_at=now)
    _plan_reminders(appointment, now=now)


def plan_moved(
    *, appointment: Appointment, moved_from: datetime, now: datetime, tell_at: datetime | None = None
) -> None:
    """The caller has raised the sequence, so these rows are new ones and the old ones know they are outdated.

    Of several moves in a row the patient hears once, from the time they last knew; if they never heard of
    the visit at all, they get its confirmation. `tell_at` leaves reception a few minutes to think again.
    """
    untold = appointment.messages.filter(
        occasion__in=[Occasion.CONFIRMED, Occasion.MOVED], state=Message.State.DUE
    ).first()
    _drop_what_is_outdated(appointment)
    if untold is not None and untold.occasion == Occasion.CONFIRMED:
        _plan(appointment, occasion=Occasion.CONFIRMED, due_at=tell_at or now)
    else:
        last_known = untold.moved_from if untold else moved_from
        _plan(appointment, occasion=Occasion.MOVED, due_at=tell_at or now, moved_from=last_known)
    _plan_reminders(appointment, now=now)


def plan_put_back(*, appointment: Appointment, moved_from: datetime, now: datetime) -> None:
    """A move was undone. A patient who knows of no other time than this one hears nothing."""
    plan_moved(appointment=appointment, moved_from=moved_from, now=now)
    appointment.messages.filter(
        occasion=Occasion.MOVED, state=Message.State.DUE, moved_from=appointment.starts_at
    ).update(state=Message.State.SKIPPED, problem="The move was undone.")


def plan_cancelled(*, appointment: Appointment, now: datetime) -> None:
    _drop_what_is_outdated(appointment)
    _plan(appointment, occasion=Occasion.CANCELLED, due_at=now)


def plan_not_booked(*, appointment: Appointment, now: datetime) -> None:
    """The money came when the time had gone: it goes back, and we say so."""
    _plan(appointment, occasion=Occasion.NOT_BOOKED, due_at=now)


def plan_another(*, appointment: Appointment, occasion: str, now: datetime) -> None:
    """One more of what the desk may send again and again, unless one is on its way.

    Each has a row of its own, so that the log keeps what was sent before. One that did not arrive is off
    reception's list from now on. The caller holds the visit's lock.
    """
    earlier = appointment.messages.filter(occasion=occasion)
    if earlier.filter(state=Message.State.DUE).exists():
        return
    earlier.filter(state=Message.State.FAILED).update(
        state=Message.State.SKIPPED, problem="Another was sent instead."
    )
    _plan(appointment, occasion=occasion, due_at=now, repeat=earlier.count())


def plan_again(*, message: Message, now: datetime) -> None:
    """Let a message that was not delivered go once more, to the address that is known now.

    It is the same row, so it is still planned once; what it says is written when it goes. The caller holds
    the row's lock.
    """
    message.state, message.due_at = Message.State.DUE, now
    message.lease_until, message.tried, message.problem = None, 0, ""
    message.save(update_fields=["state", "due_at", "lease_until", "tried", "problem"])


def _plan_reminders(appointment: Appointment, *, now: datetime) -> None:
    for hours in settings.REMINDER_OFFSETS_HOURS:
        due_at = appointment.starts_at - timedelta(hours=hours)
        if due_at > now:
            _plan(appointment, occasion=Occasion.REMINDER, due_at=due_at, offset_hours=hours)


def _plan(
    appointment: Appointment,
    *,
    occasion: str,
    due_at: datetime,
    offset_hours: int = 0,
    repeat: int = 0,
    moved_from: datetime | None = None,
) -> None:
    """Insert or nothing: planning twice leaves one row."""
    if appointment.patient is None or not appointment.patient.email:
        return  # somebody who gave no address is told at the desk
    message = Message(
        appointment=appointment,
        patient=appointment.patient,
        occasion=occasion,
        channel=Message.Channel.EMAIL,
        offset_hours=offset_hours,
        sequence=appointment.sequence,
        repeat=repeat,
        moved_from=moved_from,
        due_at=due_at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


def _drop_what_is_outdated(appointment: Appointment) -> None:
    """Of what was to go to the patient. What physios are told is seen to in diary_changes.

    What is about money stays: what is due or went back is so at whatever time the visit is.
    """
    appointment.messages.filter(
        state=Message.State.DUE, sequence__lt=appointment.sequence, practitioner=None
    ).exclude(occasion__in=[Occasion.PAY_LINK, Occasion.MONEY_BACK]).update(
        state=Message.State.SKIPPED, problem="The visit changed."
    )
