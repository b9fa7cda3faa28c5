"""Which messages a visit calls for, and when each is due.

Planned in the transaction that changes the visit; sent later by whoever claims the row. What would have been
due before the booking was made is left out: a reminder is never sent late and wrong.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from booking.actions.messages.diary_changes import Before
from booking.models import Appointment, Message

Occasion = Message.Occasion
SAYS_WHEN_IT_IS = (Occasion.CONFIRMED, Occasion.MOVED)


def plan_confirmation(*, appointment: Appointment, now: datetime) -> None:
    _plan(appointment, occasion=Occasion.CONFIRMED, due_at=now)
    _plan_reminders(appointment, now=now)


def plan_moved(
    *, appointment: Appointment, before: Before, now: datetime, tell_at: datetime | None = None
) -> None:
    """The caller has raised the sequence, so these rows are new ones and the old ones know they are outdated.

    Of several moves in a row the patient hears once, from where they last knew it to be, and nothing when it
    is back there; if they never heard of the visit at all, they get its confirmation. `tell_at` leaves
    reception a few minutes to think again.
    """
    unheard = _what_they_have_not_heard(appointment)
    _drop_what_is_outdated(appointment)
    if unheard is not None and unheard.occasion == Occasion.CONFIRMED:
        _plan(appointment, occasion=Occasion.CONFIRMED, due_at=tell_at or now)
    else:
        knew = (_last_known(unheard) if unheard else None) or before
        if knew != Before.of(appointment) or (unheard is not None and _may_be_on_its_way(unheard, now=now)):
            _plan(appointment, occasion=Occasion.MOVED, due_at=tell_at or now, knew=knew)
    _plan_reminders(appointment, now=now)


def plan_cancelled(*, appointment: Appointment, now: datetime) -> None:
    """A move not told yet is never heard of: what is cancelled is the visit as the patient knew it."""
    unheard = _what_they_have_not_heard(appointment)
    _drop_what_is_outdated(appointment)
    knew = _last_known(unheard) if unheard and not _may_be_on_its_way(unheard, now=now) else None
    _plan(appointment, occasion=Occasion.CANCELLED, due_at=now, knew=knew)


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


def plan_once_reachable(*, appointments: Iterable[Appointment], now: datetime) -> None:
    """An address is known at last: these visits to come are confirmed in writing and remembered.

    Not confirmed are those of which a letter went when there was an address before, or waits to go. The
    caller holds their locks.
    """
    for appointment in appointments:
        letters = appointment.messages.filter(occasion__in=SAYS_WHEN_IT_IS)
        if letters.filter(Q(state=Message.State.SENT) | Q(sequence=appointment.sequence)).exists():
            _plan_reminders(appointment, now=now)
        else:
            plan_confirmation(appointment=appointment, now=now)


def may_have_heard(*, appointment: Appointment, now: datetime) -> bool:
    """Has the patient been told how the visit stands, or may they be at this moment?

    The letters are locked, so that nobody begins to send one once we have said no.
    """
    letters = appointment.messages.filter(occasion__in=SAYS_WHEN_IT_IS, sequence=appointment.sequence)
    return any(
        letter.state != Message.State.DUE or _may_be_on_its_way(letter, now=now)
        for letter in letters.select_for_update()
    )


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
    knew: Before | None = None,
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
        moved_from=knew.starts_at if knew else None,
        practitioner_before_id=knew.practitioner_id if knew else None,
        location_before_id=knew.location_id if knew else None,
        due_at=due_at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


def _what_they_have_not_heard(appointment: Appointment) -> Message | None:
    """The last letter that says when the visit is, if it waits to go or did not arrive."""
    letters = appointment.messages.filter(occasion__in=SAYS_WHEN_IT_IS).exclude(state=Message.State.SKIPPED)
    last = letters.order_by("-sequence").first()
    return None if last is None or last.state == Message.State.SENT else last


def _last_known(unheard: Message) -> Before | None:
    """Where the patient believed the visit to be before this letter."""
    if not (unheard.moved_from and unheard.practitioner_before_id and unheard.location_before_id):
        return None
    return Before(
        practitioner_id=unheard.practitioner_before_id,
        location_id=unheard.location_before_id,
        starts_at=unheard.moved_from,
    )


def _may_be_on_its_way(letter: Message, *, now: datetime) -> bool:
    """Somebody is sending it, so it may be heard whatever is decided now."""
    return letter.state == Message.State.DUE and letter.lease_until is not None and letter.lease_until > now


def _drop_what_is_outdated(appointment: Appointment) -> None:
    """Of what was to go to the patient. What physios are told is seen to in diary_changes.

    What is about money stays: what is due or went back is so at whatever time the visit is.
    """
    appointment.messages.filter(
        state=Message.State.DUE, sequence__lt=appointment.sequence, practitioner=None
    ).exclude(occasion__in=[Occasion.PAY_LINK, Occasion.MONEY_BACK]).update(
        state=Message.State.SKIPPED, problem="The visit changed."
    )
