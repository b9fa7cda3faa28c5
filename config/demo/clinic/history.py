"""What became of the visits that are over, and of the messages that were due before anybody was watching."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from booking.actions.audit import Actor
from booking.actions.cancellations import cancel
from booking.actions.desk.day import check_in, complete, mark_no_show, start
from booking.actions.desk.payments import take_payment
from booking.actions.messages import outbox
from booking.actions.messages.letters import LETTERS, Told, money_of, one_line
from booking.models import Appointment, Message, Receipt

WHY_PEOPLE_CANCEL = ["Ill", "Work", "Feeling better", "Child ill"]


def live_through(*, visits: Iterable[Appointment], desk: User, now: datetime) -> None:
    """Bring every visit to the state in which reception would find it now."""
    randomness = Random(desk.email)
    by = Actor.staff(desk)
    for number, visit in enumerate(visits):
        if number % 13 == 9:
            # Everybody booked at least a day before, so this is after the booking.
            cancelled_at = min(visit.starts_at, now) - timedelta(hours=20)
            reason = randomness.choice(WHY_PEOPLE_CANCEL)
            cancel(appointment_id=visit.pk, by=Actor.patient(), now=cancelled_at, reason=reason)
        elif visit.ends_at <= now and number % 17 == 3:
            mark_no_show(appointment_id=visit.pk, by=by, now=visit.ends_at)
        elif visit.ends_at <= now:
            method = randomness.choice(
                [Receipt.Method.TERMINAL, Receipt.Method.TERMINAL, Receipt.Method.CASH]
            )
            see_through(visit=visit, desk=desk, method=method)
        elif visit.starts_at <= now + timedelta(minutes=10) and randomness.random() < 0.85:
            # Mostly here already; the others are late, or about to come.
            check_in(appointment_id=visit.pk, by=by, now=min(now, visit.starts_at) - timedelta(minutes=4))
            if visit.starts_at <= now:
                start(appointment_id=visit.pk, by=by, now=visit.starts_at)


def see_through(*, visit: Appointment, desk: User, method: str) -> None:
    """Somebody came, was treated, and paid at the desk."""
    by = Actor.staff(desk)
    check_in(appointment_id=visit.pk, by=by, now=visit.starts_at - timedelta(minutes=5))
    start(appointment_id=visit.pk, by=by, now=visit.starts_at)
    complete(appointment_id=visit.pk, by=by, now=visit.ends_at)
    take_payment(
        appointment_id=visit.pk, amount_minor=visit.price_minor, method=method, by=desk, now=visit.ends_at
    )


def settle_old_messages(*, now: datetime) -> None:
    """What was due before now counts as sent when it was due: nobody wants hundreds of old mails.

    The log shows the letters themselves, as they would have been written.
    """
    for message in outbox.read(Message.objects.due(now=now).values_list("pk", flat=True)):
        told = Told(message=message, visit=message.appointment, money=money_of(message), now=message.due_at)
        letter = LETTERS[message.occasion](told)
        outbox.mark_sent(
            message,
            to=message.patient.email,
            subject=one_line(letter.subject),
            text=letter.as_text(),
            now=message.due_at,
        )


def hurry_next_reminder(*, visit: Appointment, due_at: datetime) -> None:
    """Make the next reminder of this visit due then, so that a demonstration need not wait a day for it."""
    reminder = visit.messages.filter(occasion=Message.Occasion.REMINDER, state=Message.State.DUE).earliest(
        "due_at"
    )
    reminder.due_at = due_at
    reminder.save(update_fields=["due_at"])
