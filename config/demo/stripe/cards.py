"""Test cards: what each number does. The numbers are the ones Stripe publishes for testing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    number: str
    does: str
    brand: str = "visa"
    decline_code: str | None = None
    asks: str = "never"
    """When the bank asks its customer: "never", "present" (only while they are there), or "always"."""
    saved_before_declined: bool = False
    refund: str = "succeeded"
    """How a refund begins: "succeeded", "pending", or "fails" (succeeds first, fails later)."""

    @property
    def last4(self) -> str:
        return self.number[-4:]


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242", "Succeeds"),
        Card("4000000000000002", "Is declined", decline_code="generic_decline"),
        Card("4000002500003155", "Needs authentication", asks="present"),
        Card("4000000000009995", "Is declined: not enough money", decline_code="insufficient_funds"),
        Card("4000002760003184", "Needs authentication every time", asks="always"),
        Card(
            "4000000000000341",
            "Can be saved, is declined later",
            decline_code="generic_decline",
            saved_before_declined=True,
        ),
        Card("4000000000007726", "Succeeds; its refund stays pending for a while", refund="pending"),
        Card("4000000000005126", "Succeeds; its refund fails later", refund="fails"),
        Card("5555555555554444", "Succeeds", brand="mastercard"),
    )
}
SUCCEEDS = "4242424242424242"
DECLINED = "4000000000000002"
NEEDS_AUTHENTICATION = "4000002500003155"
ON_THE_PAY_PAGE = (SUCCEEDS, DECLINED, NEEDS_AUTHENTICATION)

MESSAGES = {
    "generic_decline": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
}


def by_last4(last4: str) -> Card:
    return next(card for card in CARDS.values() if card.last4 == last4)
