"""Letters about money, sent because reception took a hand: are they still true when they go?"""

from booking.models import Appointment
from booking.queries.visits import money_of
from booking.rules.lifecycle import Status


def reason_to_skip_pay_link(visit: Appointment) -> str:
    """It may have been paid at the desk a minute after the link was planned."""
    if visit.status == Status.CANCELLED:
        return "The visit was cancelled."
    return "" if money_of(visit).due else "Nothing is due any more."


def reason_to_skip_money_back(visit: Appointment) -> str:
    """What did not reach the card is not promised; reception has it on its list."""
    return "" if money_of(visit).returned else "Nothing has gone back after all."
