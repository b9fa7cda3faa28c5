"""What a message says before it has gone, for somebody who reads it out on the telephone."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from booking.actions.messages import outbox
from booking.actions.messages.letters import LETTERS, Told, money_of


def letters_as_of(keys: Iterable[UUID], *, now: datetime) -> dict[UUID, str]:
    """The text of each of these messages as its visit stands now. Four queries, however many they are."""
    return {
        message.pk: LETTERS[message.occasion](
            Told(message=message, visit=message.appointment, money=money_of(message), now=now)
        ).as_text()
        for message in outbox.read(keys)
    }
