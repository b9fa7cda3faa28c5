"""What became of the visits that are over, and of the messages that were due before anybody was watching."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from django.db.models import F, OuterRef, Subquery

from accounts.models import Patient, User
from booking.actions.audit import Actor, record
from booking.actions.cancellations import cancel
from booking.models import Appointment, Message
from booking.rules.lifecycle import Status, require_move

WHY_PEOPLE_CANCEL = ["Ill", "Work", "Feeling better", "Child ill"]


def live_through(*, visits: Iterable[Appointment], desk: User, now: datetime) -> None:
    """Bring every visit to the state in which reception would find it now."""
    randomness = Random(desk.email)
    by = Actor.staff(desk)
    for number, visit in enumerate(visits):
        if number % 23 == 9:
            # Everybody booked at least a day before, so this is after the booking.
            cancelled_at = min(visit.starts_at, now) - timedelta(hours=20)
            reason = randomness.choice(WHY_PEOPLE_CANCEL)
            cancel(appointment_id=visit.pk, by=Actor.patient(), now=cancelled_at, reason=reason)
        elif visit.ends_at <= now and number % 17 == 3:
            _move_on(visit, to=Status.NO_SHOW, by=by, at=visit.ends_at)
        elif visit.ends_at <= now:
            see_through(visit=visit, by=by)
        elif visit.starts_at <= now + timedelta(minutes=10) and randomness.random() < 0.85:
            # Mostly here already; the others are late, or about to come.
            came_at = min(now, visit.starts_at) - timedelta(minutes=4)
            _move_on(visit, to=Status.ARRIVED, by=by, at=came_at)


def see_through(*, visit: Appointment, by: Actor) -> None:
    """Somebody came and was treated."""
    _move_on(visit, to=Status.ARRIVED, by=by, at=visit.starts_at - timedelta(minutes=5))
    _move_on(visit, to=Status.COMPLETED, by=by, at=visit.ends_at)


def _move_on(visit: Appointment, *, to: Status, by: Actor, at: datetime) -> None:
    require_move(current=visit.status, wanted=to)
    visit.status = to
    visit.save(update_fields=["status"])
    record(verb=to.value, by=by, at=at, appointment=visit)


def settle_old_messages(*, now: datetime) -> None:
    """What was due before now counts as sent when it was due: nobody wants hundreds of old mails."""
    address = Patient.objects.filter(pk=OuterRef("patient_id")).values("email")
    Message.objects.filter(state=Message.State.DUE, due_at__lte=now).update(
        state=Message.State.SENT, sent_at=F("due_at"), tried=1, recipient=Subquery(address)
    )


def hurry_next_reminder(*, visit: Appointment, due_at: datetime) -> None:
    """Make the next reminder of this visit due then, so that a demonstration need not wait a day for it."""
    reminder = visit.messages.filter(occasion=Message.Occasion.REMINDER, state=Message.State.DUE).earliest(
        "due_at"
    )
    reminder.due_at = due_at
    reminder.save(update_fields=["due_at"])
