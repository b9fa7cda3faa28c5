"""What a letter may speak of: one message row, its visit, and the money that came in or goes back."""

from dataclasses import dataclass
from datetime import datetime

from booking.actions.messages.letters.names import name_to_greet
from booking.models import Appointment, Message, Refund
from booking.queries.links import link_in_letter
from booking.queries.visits import money_of as visit_money_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """In minor units."""

    paid: int = 0  # what came in and was not asked back before
    at_desk: int = 0  # how much of that came in at the desk
    going_back: int = 0  # to the card it was paid with
    due: int = 0  # what is left to pay

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
    def link(self) -> str:
        """Opens the visit, and proves that whoever uses it reads the patient's mail."""
        return link_in_letter(self.visit, address=self.message.patient.email)

    @property
    def has_something_to_read(self) -> bool:
        """Read along with the row: see booking/actions/messages/outbox.py."""
        return bool(getattr(self.message, "waits_to_be_read", False))


REFUNDS_OF = {
    Message.Occasion.CANCELLED: {Refund.Reason.CANCELLED},
    Message.Occasion.NOT_BOOKED: {Refund.Reason.TOO_LATE},
    Message.Occasion.MONEY_BACK: set(Refund.Reason),
}


def money_of(message: Message) -> Money:
    """What this message says about money. Reads what came along with the row: payments, refunds, receipts."""
    visit, told_of = message.appointment, REFUNDS_OF.get(Message.Occasion(message.occasion), set())
    stands = visit_money_of(visit)
    going_back = sum(
        refund.amount_minor
        for payment in visit.settled_payments  # type: ignore[attr-defined]
        for refund in payment.refunds.all()
        if refund.state in Refund.COUNTS and refund.reason in told_of
    )
    return Money(
        paid=stands.kept + going_back,
        at_desk=stands.kept - stands.returnable,
        going_back=going_back,
        due=stands.due,
    )
