"""What a letter may speak of: one message row, its visit, and the money that came in or goes back."""

from dataclasses import dataclass
from datetime import datetime

from booking.actions.messages.letters.names import name_to_greet
from booking.models import Appointment, Message, Payment, Refund


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """In minor units."""

    paid: int = 0  # what came in and was not asked back before
    at_desk: int = 0  # how much of that came in at the desk
    going_back: int = 0  # to the card it was paid with

    @property
    def online(self) -> int:
        """The part that can go back by itself, to the card it came from."""
        return self.paid - self.at_desk

    @property
    def kept(self) -> int:
        return self.online - self.going_back


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    message: Message
    visit: Appointment
    money: Money
    now: datetime

    @property
    def name(self) -> str:
        return name_to_greet(self.message.patient.name)

    @property
    def has_something_to_read(self) -> bool:
        """Read along with the row: see booking/actions/messages/outbox.py."""
        return bool(getattr(self.message, "waits_to_be_read", False))


REFUND_OF = {
    Message.Occasion.CANCELLED: Refund.Reason.CANCELLED,
    Message.Occasion.NOT_BOOKED: Refund.Reason.TOO_LATE,
}


def money_of(message: Message) -> Money:
    """What this message says about money. Reads what came along with the row: payments, refunds, receipts."""
    at_desk = sum(receipt.amount_minor for receipt in message.appointment.receipts.all())
    paid, going_back = at_desk, 0
    for payment in message.appointment.payments.all():
        if payment.state != Payment.State.PAID:
            continue
        paid += payment.amount_minor
        for refund in payment.refunds.all():
            if refund.state not in Refund.COUNTS:
                continue
            if refund.reason == REFUND_OF.get(message.occasion):  # type: ignore[call-overload]
                going_back += refund.amount_minor
            else:
                paid -= refund.amount_minor
    return Money(paid=paid, at_desk=at_desk, going_back=going_back)
