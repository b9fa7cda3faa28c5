"""How much trouble with Stripe one run puts up with."""

from booking.gateways.stripe import Unreachable

MOST_TROUBLES = 3


class Patience:
    """One object may be stuck at Stripe and must not stand in the way of the others.

    Three of them in one run, or no answer at all, mean that Stripe is away.
    """

    def __init__(self) -> None:
        self._troubles = 0

    def bears(self, trouble: Unreachable) -> bool:
        self._troubles += 1
        return trouble.answered and self._troubles < MOST_TROUBLES
