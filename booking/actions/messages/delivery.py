"""From a due row to an inbox.

Each message is handed over outside any transaction and marked before the next one goes. A worker that is
killed in between leaves at most one message of which nobody knows whether it went; it goes again with the
same Message-ID, by which mail programs recognise it.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import translation

from booking.actions.messages import outbox
from booking.actions.messages.addresses import address_of
from booking.actions.messages.letters import LETTERS, Told, money_of, one_line
from booking.actions.messages.recheck import reason_to_skip
from booking.gateways.mail import Mail, Mailer, Refused, ServerAway, TryLater
from booking.models import Message
from booking.queries.calendar import calendar_file

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Occasion = Message.Occasion
State = Message.State

LONGEST_RUN = timedelta(minutes=3)  # Celery stops a task that goes on for longer than four
STILL_FRESH = timedelta(seconds=1)  # what was read longer ago is read again before it is sent
CHANGES_CALENDAR = frozenset({Occasion.CONFIRMED, Occasion.MOVED, Occasion.CANCELLED})


def deliver_due(*, clock: Clock, mailer: Mailer) -> Counter[State]:
    """Send what is due, batch after batch, until nothing is, the server is away, or three minutes are over.

    Takes a clock, because a run lasts a while and each row says when it was sent. Answers how many messages
    came to what end; those that are still due had trouble, and rest.
    """
    run = _Run(clock=clock, mailer=mailer)
    end = clock() + LONGEST_RUN
    with translation.override(settings.LANGUAGE_CODE):
        while clock() < end and run.next_batch():
            pass
    if run.outcome:
        logger.info("Messages: %s", ", ".join(f"{count} {state}" for state, count in run.outcome.items()))
    return run.outcome


@dataclass(kw_only=True)
class _Run:
    clock: Clock
    mailer: Mailer
    outcome: Counter[State] = field(default_factory=Counter)

    def next_batch(self) -> bool:
        """Claim some and send them over one connection. False when there is nothing more to do now."""
        lease = timedelta(seconds=settings.MESSAGE_LEASE_SECONDS)
        read_at = self.clock()
        keys = outbox.claim(now=read_at, until=read_at + lease)
        # Nothing is begun in the second half of the lease, so that it ends before another worker may start.
        begin_before = read_at + lease / 2
        letters = self._written(keys, now=read_at)
        with self.mailer:
            while letters and (now := self.clock()) < begin_before:
                if now - read_at > STILL_FRESH:
                    letters, read_at = self._written((message.pk for message, _ in letters), now=now), now
                    continue
                try:
                    self._count(self._send(*letters.popleft(), now=now))
                except ServerAway:
                    outbox.give_back(message for message, _ in letters)
                    return False
        outbox.give_back(message for message, _ in letters)
        return bool(keys)

    def _written(self, keys: Iterable[UUID], *, now: datetime) -> deque[tuple[Message, Mail]]:
        """The letters that should go, as the visits stand now. Written in one go: it is quicker."""
        letters: deque[tuple[Message, Mail]] = deque()
        for message in outbox.read(keys):
            if reason := reason_to_skip(message, message.appointment, now=now):
                self._count(outbox.skip(message, reason=reason))
            elif reason := _reason_not_to_try(message):
                self._count(outbox.fail(message, reason=reason))
            else:
                try:
                    letters.append((message, mail_of(message, now=now)))
                except Exception as error:  # a fault in one letter must not keep the others from going
                    self._count(self._at_fault(message, error, now=now))
        return letters

    def _send(self, message: Message, mail: Mail, *, now: datetime) -> State:
        """Bring one message to its end, whatever that is. Of the mail’s troubles only ServerAway gets out."""
        try:
            self.mailer.send(mail)
        except Refused as error:
            return outbox.fail(message, reason=str(error))
        except ServerAway as error:
            self._count(outbox.put_off(message, reason=str(error), now=now))
            raise
        except TryLater as error:
            return outbox.put_off(message, reason=str(error), now=now)
        except Exception as error:  # nor a fault in sending it
            return self._at_fault(message, error, now=now)
        return outbox.mark_sent(message, to=mail.to, subject=mail.subject, text=mail.text, now=self.clock())

    def _at_fault(self, message: Message, error: Exception, *, now: datetime) -> State:
        logger.error("A message could not be written or sent", exc_info=error)
        return outbox.put_off(message, reason="It could not be written or sent. The log says why.", now=now)

    def _count(self, state: State) -> None:
        self.outcome[state] += 1


def _reason_not_to_try(message: Message) -> str:
    if not address_of(message):
        return "No e-mail address is known."
    if message.tried > outbox.MOST_TRIES:
        return "Tried too often, without an answer."
    return ""


def mail_of(message: Message, *, now: datetime) -> Mail:
    """Write the letter as the visit stands now."""
    visit = message.appointment
    letter = LETTERS[message.occasion](Told(message=message, visit=visit, money=money_of(message), now=now))
    calendar = calendar_file(appointment=visit, now=now) if message.occasion in CHANGES_CALENDAR else None
    return Mail(
        identifier=str(message.pk),
        to=address_of(message),
        subject=one_line(letter.subject),
        text=letter.as_text(),
        html=letter.as_html(),
        calendar=calendar.content if calendar else None,
        calendar_method=calendar.method if calendar else "",
    )
