"""The three tables, cell by cell, and what must be true of them as a whole."""

from datetime import UTC, datetime, timedelta
from itertools import permutations, product

import pytest

from booking.rules.lifecycle import Status
from booking.rules.payment_states import (
    EFFECT_OF_MONEY,
    LONGEST_HOLD,
    PAYMENT_AFTER,
    REFUND_AFTER,
    UNSETTLED,
    Effect,
    PageFact,
    PaymentState,
    RefundFact,
    RefundState,
    effect_of_money,
    hold_end_while_paying,
    page_fact,
    payment_after,
    refund_after,
    refund_fact,
)

P, F = PaymentState, PageFact
R, G = RefundState, RefundFact


@pytest.mark.parametrize(
    ("state", "fact", "after"),
    [
        (P.CREATED, F.OPEN, P.OPEN),
        (P.CREATED, F.PROCESSING, P.PROCESSING),
        (P.CREATED, F.PAID, P.PAID),
        (P.CREATED, F.EXPIRED, P.EXPIRED),
        (P.CREATED, F.FAILED, P.FAILED),
        (P.CREATED, F.NEVER_MADE, P.FAILED),
        (P.CREATED, F.GONE, P.FAILED),
        (P.CREATED, F.WRONG_AMOUNT, P.FAILED),
        (P.OPEN, F.OPEN, P.OPEN),
        (P.OPEN, F.PROCESSING, P.PROCESSING),
        (P.OPEN, F.PAID, P.PAID),
        (P.OPEN, F.EXPIRED, P.EXPIRED),
        (P.OPEN, F.FAILED, P.FAILED),
        (P.OPEN, F.NEVER_MADE, P.OPEN),
        (P.OPEN, F.GONE, P.FAILED),
        (P.OPEN, F.WRONG_AMOUNT, P.FAILED),
        (P.PROCESSING, F.OPEN, P.PROCESSING),
        (P.PROCESSING, F.PROCESSING, P.PROCESSING),
        (P.PROCESSING, F.PAID, P.PAID),
        (P.PROCESSING, F.EXPIRED, P.PROCESSING),
        (P.PROCESSING, F.FAILED, P.FAILED),
        (P.PROCESSING, F.NEVER_MADE, P.PROCESSING),
        (P.PROCESSING, F.GONE, P.PROCESSING),
        (P.PROCESSING, F.WRONG_AMOUNT, P.FAILED),
        (P.PAID, F.OPEN, P.PAID),
        (P.PAID, F.PROCESSING, P.PAID),
        (P.PAID, F.PAID, P.PAID),
        (P.PAID, F.EXPIRED, P.PAID),
        (P.PAID, F.FAILED, P.PAID),
        (P.PAID, F.NEVER_MADE, P.PAID),
        (P.PAID, F.GONE, P.PAID),
        (P.PAID, F.WRONG_AMOUNT, P.PAID),
        (P.EXPIRED, F.OPEN, P.EXPIRED),
        (P.EXPIRED, F.PROCESSING, P.PROCESSING),
        (P.EXPIRED, F.PAID, P.PAID),
        (P.EXPIRED, F.EXPIRED, P.EXPIRED),
        (P.EXPIRED, F.FAILED, P.EXPIRED),
        (P.EXPIRED, F.NEVER_MADE, P.EXPIRED),
        (P.EXPIRED, F.GONE, P.EXPIRED),
        (P.EXPIRED, F.WRONG_AMOUNT, P.FAILED),
        (P.FAILED, F.OPEN, P.FAILED),
        (P.FAILED, F.PROCESSING, P.FAILED),
        (P.FAILED, F.PAID, P.PAID),
        (P.FAILED, F.EXPIRED, P.FAILED),
        (P.FAILED, F.FAILED, P.FAILED),
        (P.FAILED, F.NEVER_MADE, P.FAILED),
        (P.FAILED, F.GONE, P.FAILED),
        (P.FAILED, F.WRONG_AMOUNT, P.FAILED),
    ],
)
def test_a_payment_goes_from_state_to_state(state: PaymentState, fact: PageFact, after: PaymentState) -> None:
    assert payment_after(state=state, fact=fact) is after


@pytest.mark.parametrize(
    ("state", "fact", "after"),
    [
        (R.REQUESTED, G.PENDING, R.PENDING),
        (R.REQUESTED, G.SUCCEEDED, R.SUCCEEDED),
        (R.REQUESTED, G.FAILED, R.FAILED),
        (R.REQUESTED, G.CANCELLED, R.CANCELLED),
        (R.REQUESTED, G.REFUSED, R.FAILED),
        (R.SUBMITTING, G.PENDING, R.PENDING),
        (R.SUBMITTING, G.SUCCEEDED, R.SUCCEEDED),
        (R.SUBMITTING, G.FAILED, R.FAILED),
        (R.SUBMITTING, G.CANCELLED, R.CANCELLED),
        (R.SUBMITTING, G.REFUSED, R.FAILED),
        (R.PENDING, G.PENDING, R.PENDING),
        (R.PENDING, G.SUCCEEDED, R.SUCCEEDED),
        (R.PENDING, G.FAILED, R.FAILED),
        (R.PENDING, G.CANCELLED, R.CANCELLED),
        (R.PENDING, G.REFUSED, R.PENDING),
        (R.SUCCEEDED, G.PENDING, R.SUCCEEDED),
        (R.SUCCEEDED, G.SUCCEEDED, R.SUCCEEDED),
        (R.SUCCEEDED, G.FAILED, R.FAILED),
        (R.SUCCEEDED, G.CANCELLED, R.CANCELLED),
        (R.SUCCEEDED, G.REFUSED, R.SUCCEEDED),
        (R.FAILED, G.PENDING, R.FAILED),
        (R.FAILED, G.SUCCEEDED, R.FAILED),
        (R.FAILED, G.FAILED, R.FAILED),
        (R.FAILED, G.CANCELLED, R.FAILED),
        (R.FAILED, G.REFUSED, R.FAILED),
        (R.CANCELLED, G.PENDING, R.CANCELLED),
        (R.CANCELLED, G.SUCCEEDED, R.CANCELLED),
        (R.CANCELLED, G.FAILED, R.CANCELLED),
        (R.CANCELLED, G.CANCELLED, R.CANCELLED),
        (R.CANCELLED, G.REFUSED, R.CANCELLED),
    ],
)
def test_a_refund_goes_from_state_to_state(state: RefundState, fact: RefundFact, after: RefundState) -> None:
    assert refund_after(state=state, fact=fact) is after


@pytest.mark.parametrize(
    ("status", "is_extra", "effect"),
    [
        ("held", False, Effect.CONFIRM),
        ("lapsed", False, Effect.TAKE_AGAIN),
        ("cancelled", False, Effect.GIVE_BACK_LATE),
        ("confirmed", False, Effect.KEEP),
        ("arrived", False, Effect.KEEP),
        ("in_room", False, Effect.KEEP),
        ("completed", False, Effect.KEEP),
        ("no_show", False, Effect.KEEP),
        ("held", True, Effect.GIVE_BACK_EXTRA),
        ("lapsed", True, Effect.GIVE_BACK_EXTRA),
        ("cancelled", True, Effect.GIVE_BACK_LATE),
        ("confirmed", True, Effect.GIVE_BACK_EXTRA),
        ("arrived", True, Effect.GIVE_BACK_EXTRA),
        ("in_room", True, Effect.GIVE_BACK_EXTRA),
        ("completed", True, Effect.GIVE_BACK_EXTRA),
        ("no_show", True, Effect.GIVE_BACK_EXTRA),
    ],
)
def test_money_does_to_an_appointment(status: str, is_extra: bool, effect: Effect) -> None:
    assert effect_of_money(appointment_status=status, is_extra=is_extra) is effect


def test_every_cell_is_written() -> None:
    assert PAYMENT_AFTER.keys() == set(product(PaymentState, PageFact))
    assert REFUND_AFTER.keys() == set(product(RefundState, RefundFact))
    assert EFFECT_OF_MONEY.keys() == set(product(["first", "extra"], Status))


@pytest.mark.parametrize(
    "facts", list(permutations([F.OPEN, F.PROCESSING, F.PAID, F.EXPIRED, F.FAILED])), ids=str
)
def test_in_whatever_order_facts_arrive_paid_is_paid(facts: tuple[PageFact, ...]) -> None:
    state = PaymentState.CREATED
    for fact in facts:
        state = payment_after(state=state, fact=fact)
    assert state is P.PAID


@pytest.mark.parametrize("facts", list(permutations([G.PENDING, G.SUCCEEDED, G.FAILED])), ids=str)
def test_in_whatever_order_facts_arrive_a_failed_refund_has_failed(facts: tuple[RefundFact, ...]) -> None:
    state = RefundState.SUBMITTING
    for fact in facts:
        state = refund_after(state=state, fact=fact)
    assert state is R.FAILED


@pytest.mark.parametrize(("state", "fact"), list(product(PaymentState, PageFact)))
def test_hearing_a_fact_twice_is_hearing_it_once(state: PaymentState, fact: PageFact) -> None:
    once = payment_after(state=state, fact=fact)
    assert payment_after(state=once, fact=fact) is once


@pytest.mark.parametrize("fact", list(PageFact))
@pytest.mark.parametrize("state", sorted(set(PaymentState) - UNSETTLED))
def test_what_is_settled_is_reopened_only_by_money(state: PaymentState, fact: PageFact) -> None:
    after = payment_after(state=state, fact=fact)
    assert after not in UNSETTLED or fact is F.PROCESSING


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        (("open", "unpaid", ""), F.OPEN),
        (("open", "unpaid", "requires_payment_method"), F.OPEN),
        (("expired", "unpaid", ""), F.EXPIRED),
        (("complete", "paid", "succeeded"), F.PAID),
        (("complete", "no_payment_required", ""), F.PAID),
        (("complete", "unpaid", "processing"), F.PROCESSING),
        (("complete", "unpaid", ""), F.PROCESSING),
        (("complete", "unpaid", "requires_payment_method"), F.FAILED),
        (("complete", "unpaid", "canceled"), F.FAILED),
    ],
)
def test_stripes_words_are_one_fact(words: tuple[str, str, str], fact: PageFact) -> None:
    status, payment_status, intent_status = words
    assert page_fact(status=status, payment_status=payment_status, intent_status=intent_status) is fact


@pytest.mark.parametrize(
    ("word", "fact"),
    [
        ("pending", G.PENDING),
        ("requires_action", G.PENDING),
        ("succeeded", G.SUCCEEDED),
        ("failed", G.FAILED),
        ("canceled", G.CANCELLED),
        ("a new word", G.PENDING),
    ],
)
def test_stripes_word_for_a_refund_is_a_fact(word: str, fact: RefundFact) -> None:
    assert refund_fact(word) is fact


FIRST = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)


def hold_end(*, minutes_later: int, held_for: int) -> int:
    """Minutes after the first hold."""
    end = hold_end_while_paying(
        held_since=FIRST,
        hold_ends=FIRST + timedelta(minutes=held_for),
        now=FIRST + timedelta(minutes=minutes_later),
        stretch=timedelta(minutes=41),
    )
    return int((end - FIRST).total_seconds() / 60)


def test_a_hold_is_stretched_while_somebody_pays() -> None:
    assert hold_end(minutes_later=20, held_for=41) == 61


def test_a_hold_is_never_shortened() -> None:
    assert hold_end(minutes_later=0, held_for=55) == 55


def test_a_hold_is_not_stretched_for_ever() -> None:
    assert hold_end(minutes_later=110, held_for=100) == LONGEST_HOLD.total_seconds() / 60
