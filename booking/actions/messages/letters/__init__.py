"""What is said on each occasion. A letter names what was booked and never why: no clinical word is in it."""

from collections.abc import Callable

from booking.actions.messages.letters.after import (
    after_check,
    aftercare,
    alert,
    alert_again,
    emergency,
)
from booking.actions.messages.letters.coming import confirmed, moved, reminder
from booking.actions.messages.letters.diary import diary_changed
from booking.actions.messages.letters.ended import cancelled, not_booked
from booking.actions.messages.letters.money_back import money_back
from booking.actions.messages.letters.names import one_line
from booking.actions.messages.letters.paper import Letter
from booking.actions.messages.letters.papers import consent_copy
from booking.actions.messages.letters.paying import pay_link
from booking.actions.messages.letters.told import Told, money_of
from booking.models import Message

LETTERS: dict[str, Callable[[Told], Letter]] = {
    Message.Occasion.CONFIRMED: confirmed,
    Message.Occasion.REMINDER: reminder,
    Message.Occasion.MOVED: moved,
    Message.Occasion.CANCELLED: cancelled,
    Message.Occasion.NOT_BOOKED: not_booked,
    Message.Occasion.DIARY_CHANGED: diary_changed,
    Message.Occasion.AFTERCARE: aftercare,
    Message.Occasion.AFTER_CHECK: after_check,
    Message.Occasion.EMERGENCY: emergency,
    Message.Occasion.ALERT: alert,
    Message.Occasion.ALERT_AGAIN: alert_again,
    Message.Occasion.CONSENT_COPY: consent_copy,
    Message.Occasion.PAY_LINK: pay_link,
    Message.Occasion.MONEY_BACK: money_back,
}

__all__ = ["LETTERS", "Letter", "Told", "money_of", "one_line"]
