"""The life of a payment and of a refund, and what money does to an appointment: three tables.

    created ──► open ──► processing ──► paid
       │         │           │
       └─────────┴───────────┴──► failed     (created, open ──► expired)

A fact is what Stripe says when asked now. Facts may reach us late, twice and in any order, so no fact moves a
state back: paid stays paid. Money that comes after all, to a page we thought was closed, is still money.
"""

from datetime import datetime, timedelta
from enum import StrEnum


class PaymentState(StrEnum):
    CREATED = "created"
    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    EXPIRED = "expired"
    FAILED = "failed"


class PageFact(StrEnum):
    """What a pay page turned out to be."""

    OPEN = "open"
    PROCESSING = "processing"
    PAID = "paid"
    EXPIRED = "expired"
    FAILED = "failed"
    NEVER_MADE = "never_made"  # Stripe refused to make it, or does not have it
    GONE = "gone"  # Stripe does not have it, and its time is up
    WRONG_AMOUNT = "wrong_amount"  # paid, but not what we asked for


class RefundState(StrEnum):
    REQUESTED = "requested"
    SUBMITTING = "submitting"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RefundFact(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # Stripe would not make it


class Effect(StrEnum):
    """What money that came in does."""

    CONFIRM = "confirm"  # unless it has begun: then everything goes back, and we say so
    TAKE_AGAIN = "take_again"  # confirm if the time is still free, otherwise give everything back and say so
    KEEP = "keep"
    GIVE_BACK_LATE = "give_back_late"
    GIVE_BACK_EXTRA = "give_back_extra"


UNSETTLED = frozenset({PaymentState.CREATED, PaymentState.OPEN, PaymentState.PROCESSING})
"""Money may still come. While there is one of these, the time is not let go without asking Stripe."""

LONGEST_HOLD = timedelta(hours=2)
"""A time is kept for one person's attempts to pay no longer than this, counted from the first hold."""


def _table(text: str) -> dict[tuple[str, str], str]:
    """The first row names the states as they are, the first column the fact, each cell the state after."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return {
        (state, fact): after for fact, *cells in rows for state, after in zip(head[1:], cells, strict=True)
    }


PAYMENT_AFTER = _table("""
fact          created     open        processing  paid  expired     failed
open          open        open        processing  paid  expired     failed
processing    processing  processing  processing  paid  processing  failed
paid          paid        paid        paid        paid  paid        paid
expired       expired     expired     processing  paid  expired     failed
failed        failed      failed      failed      paid  expired     failed
never_made    failed      open        processing  paid  expired     failed
gone          failed      failed      processing  paid  expired     failed
wrong_amount  failed      failed      failed      paid  failed      failed
""")

REFUND_AFTER = _table("""
fact          requested   submitting  pending     succeeded   failed  cancelled
pending       pending     pending     pending     succeeded   failed  cancelled
succeeded     succeeded   succeeded   succeeded   succeeded   failed  cancelled
failed        failed      failed      failed      failed      failed  cancelled
cancelled     cancelled   cancelled   cancelled   cancelled   failed  cancelled
refused       failed      failed      pending     succeeded   failed  cancelled
""")

EFFECT_OF_MONEY = _table("""
appointment  first           extra
held         confirm         give_back_extra
lapsed       take_again      give_back_extra
cancelled    give_back_late  give_back_late
confirmed    keep            give_back_extra
arrived      keep            give_back_extra
in_room      keep            give_back_extra
completed    keep            give_back_extra
no_show      keep            give_back_extra
""")


def payment_after(*, state: str, fact: PageFact) -> PaymentState:
    return PaymentState(PAYMENT_AFTER[state, fact])


def refund_after(*, state: str, fact: RefundFact) -> RefundState:
    return RefundState(REFUND_AFTER[state, fact])


def effect_of_money(*, appointment_status: str, is_extra: bool) -> Effect:
    """Decided together with the payment's own state, under one lock. What was paid twice goes back."""
    return Effect(EFFECT_OF_MONEY["extra" if is_extra else "first", appointment_status])


def page_fact(*, status: str, payment_status: str, intent_status: str) -> PageFact:
    """Stripe's three words about a session, as the one fact that matters to us.

    A completed page that is not paid yet waits for the bank, unless the bank has already said no.
    """
    if status == "open":
        return PageFact.OPEN
    if status == "expired":
        return PageFact.EXPIRED
    if payment_status in ("paid", "no_payment_required"):
        return PageFact.PAID
    if intent_status in ("requires_payment_method", "canceled"):
        return PageFact.FAILED
    return PageFact.PROCESSING


def refund_fact(status: str) -> RefundFact:
    """Stripe's word for a refund, as a fact. Words that mean waiting, and any new one, are all PENDING."""
    known = {
        "succeeded": RefundFact.SUCCEEDED,
        "failed": RefundFact.FAILED,
        "canceled": RefundFact.CANCELLED,
    }
    return known.get(status, RefundFact.PENDING)


def hold_end_while_paying(
    *, held_since: datetime, hold_ends: datetime, now: datetime, stretch: timedelta
) -> datetime:
    """The hold stretched for another attempt, or for a bank that takes its time; never past LONGEST_HOLD."""
    return max(hold_ends, min(now + stretch, held_since + LONGEST_HOLD))
