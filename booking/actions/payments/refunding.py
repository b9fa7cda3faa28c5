"""Refunds on their way: sent under a key that is ours, followed until the bank has settled them."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from booking.actions.audit import Actor, record
from booking.actions.payments.applying import learn_payment
from booking.actions.payments.pages import KEYS_LIVE
from booking.gateways.stripe import IdempotencyConflict, RefundAnswer, Refused, StripeGateway, Unreachable
from booking.models import Payment, Refund
from booking.rules.checkout import refund_parameters
from booking.rules.payment_states import RefundFact, RefundState, refund_after, refund_fact

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100
GIVE_UP_AFTER = 3  # one refund may be stuck at Stripe; three in a row mean that Stripe is away
TO_SEND = [RefundState.REQUESTED, RefundState.SUBMITTING]
NOT_SETTLED = [*TO_SEND, RefundState.PENDING]


def run_due_refunds(*, gateway: StripeGateway, now: datetime) -> int:
    """Send what has been asked for and what was left half sent. Says how many went through to an answer."""
    due = Refund.objects.filter(state__in=TO_SEND).order_by("created_at").values_list("pk", flat=True)
    answered = unanswered = 0
    for refund_id in due[:MOST_AT_ONCE]:
        try:
            run_refund(refund_id=refund_id, gateway=gateway, now=now)
            answered += 1
        except Unreachable:
            logger.warning("Stripe gave no clear answer about refund %s; asked again later.", refund_id)
            unanswered += 1
            if unanswered == GIVE_UP_AFTER:
                break
    return answered


def run_refund(*, refund_id: UUID, gateway: StripeGateway, now: datetime) -> Refund:
    """Send one refund. Run twice, at once or after a crash, the money goes back once.

    Raises Unreachable when nobody can say whether it went through; the row stays, and the next run knows.
    """
    refund = _submit(refund_id, now=now)
    if refund.state != RefundState.SUBMITTING:
        return refund
    if refund.submitted_at is not None and now - refund.submitted_at >= KEYS_LIVE:
        lost = _made_before(refund, gateway)
        if lost is not None:
            return _apply(refund.pk, fact=refund_fact(lost.status), answer=lost, now=now)
        refund = _next_attempt(refund_id, now=now)
    try:
        answer = gateway.create_refund(parameters=refund.parameters, idempotency_key=refund.idempotency_key)
    except (Refused, IdempotencyConflict, Unreachable) as trouble:
        # Stripe keeps even a failure under the key, and a lost answer is no proof: what is there counts.
        made = _made_before(refund, gateway)
        if made is not None:
            return _apply(refund.pk, fact=refund_fact(made.status), answer=made, now=now)
        if isinstance(trouble, Unreachable):
            raise
        return _apply(refund.pk, fact=RefundFact.REFUSED, why=str(trouble), now=now)
    return _apply(refund.pk, fact=refund_fact(answer.status), answer=answer, now=now)


def apply_refund(*, stripe_refund_id: str, gateway: StripeGateway, now: datetime) -> Refund | None:
    """Ask Stripe how this refund stands and apply it. None when it is about no payment of ours."""
    answer = gateway.retrieve_refund(stripe_refund_id=stripe_refund_id)
    learn_payment(payment_intent_id=answer.payment_intent_id, gateway=gateway, now=now)
    return apply_refund_answer(answer=answer, now=now)


def apply_refund_answer(*, answer: RefundAnswer, now: datetime) -> Refund | None:
    """Bring our row to where the refund has come. One made at Stripe's dashboard becomes a row of its own."""
    refund_id = _row_of(answer)
    if refund_id is None:
        return _import(answer, now=now)
    return _apply(refund_id, fact=refund_fact(answer.status), answer=answer, now=now)


def _submit(refund_id: UUID, *, now: datetime) -> Refund:
    """Store what Stripe will be asked, before it is asked; refuse what would be more than came in."""
    with transaction.atomic():
        refund = _locked(refund_id)
        if refund.state not in TO_SEND:
            return refund
        payment = refund.payment
        if payment.refundable_minor() < 0:
            return _advance(refund, fact=RefundFact.REFUSED, why="more than what is left", now=now)
        if not payment.stripe_payment_intent_id:
            return _advance(refund, fact=RefundFact.REFUSED, why="no payment at Stripe", now=now)
        if refund.state == RefundState.REQUESTED:
            refund.state = RefundState.SUBMITTING
            refund.submitted_at = now
            refund.parameters = refund_parameters(
                refund_id=refund.pk,
                payment_intent_id=payment.stripe_payment_intent_id,
                amount_minor=refund.amount_minor,
            )
            refund.save()
        return refund


def _next_attempt(refund_id: UUID, *, now: datetime) -> Refund:
    """Stripe has forgotten the old key and has no such refund: the same again under a new key."""
    with transaction.atomic():
        refund = _locked(refund_id)
        if refund.submitted_at is not None and now - refund.submitted_at >= KEYS_LIVE:
            refund.attempt += 1
            refund.submitted_at = now
            refund.save()
        return refund


def _made_before(refund: Refund, gateway: StripeGateway) -> RefundAnswer | None:
    intent = refund.payment.stripe_payment_intent_id
    return next(
        (
            answer
            for answer in gateway.refunds_of(payment_intent_id=intent)
            if answer.refund_id == str(refund.pk)
        ),
        None,
    )


def _row_of(answer: RefundAnswer) -> UUID | None:
    """Our row: by Stripe's id, or by ours where the answer to our request has not been stored yet."""
    known = Refund.objects.filter(stripe_refund_id=answer.id).values_list("pk", flat=True).first()
    if known is not None:
        return known
    try:
        ours = UUID(answer.refund_id)
    except ValueError:
        return None
    return Refund.objects.filter(pk=ours).values_list("pk", flat=True).first()


def _import(answer: RefundAnswer, *, now: datetime) -> Refund | None:
    """Somebody refunded at Stripe's dashboard. The ledger learns of it; the appointment stays as it is."""
    with transaction.atomic():
        payment = (
            Payment.objects.select_for_update()
            .filter(stripe_payment_intent_id=answer.payment_intent_id)
            .exclude(stripe_payment_intent_id="")
            .first()
        )
        if payment is None:
            return None
        known = Refund.objects.filter(stripe_refund_id=answer.id).first()
        if known is not None:
            return known
        refund = Refund.objects.create(
            payment=payment,
            reason=Refund.Reason.DASHBOARD,
            state=RefundState.PENDING,
            amount_minor=answer.amount_minor,
            currency=answer.currency,
            stripe_refund_id=answer.id,
            created_at=answer.created_at,
        )
        return _advance(refund, fact=refund_fact(answer.status), answer=answer, now=now)


def _apply(
    refund_id: UUID, *, fact: RefundFact, now: datetime, answer: RefundAnswer | None = None, why: str = ""
) -> Refund:
    with transaction.atomic():
        return _advance(_locked(refund_id), fact=fact, answer=answer, why=why, now=now)


def _locked(refund_id: UUID) -> Refund:
    """The refund, locked after its payment: the sum of a payment's refunds is only sure under that lock."""
    payment_id = Refund.objects.filter(pk=refund_id).values_list("payment_id", flat=True).get()
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    refund = Refund.objects.select_for_update(of=("self",)).get(pk=refund_id)
    refund.payment = payment
    return refund


def _advance(
    refund: Refund, *, fact: RefundFact, now: datetime, answer: RefundAnswer | None = None, why: str = ""
) -> Refund:
    before = RefundState(refund.state)
    after = refund_after(state=before, fact=fact)
    refund.state = after
    if answer is not None:
        refund.stripe_refund_id = answer.id
    if before is not after:
        if before is RefundState.SUCCEEDED:
            refund.returned_at = now
        elif after not in NOT_SETTLED:
            refund.settled_at = now
        if after in (RefundState.FAILED, RefundState.CANCELLED):
            refund.problem = _why_it_failed(before, answer=answer, why=why)
            logger.warning("Refund %s: %s", refund.pk, refund.problem)
        record(
            verb=f"refund {after}",
            by=Actor.supplier(),
            at=now,
            appointment=refund.payment.appointment,
            detail={"refund": str(refund.pk), "amount_minor": refund.amount_minor},
        )
    refund.save()
    return refund


def _why_it_failed(before: RefundState, *, answer: RefundAnswer | None, why: str) -> str:
    """For reception. The money counts as ours to give back again: a new refund can be asked for."""
    reason = (answer.failure_reason if answer else why) or "no reason given"
    if before is RefundState.SUCCEEDED:
        return f"The bank sent the money back afterwards: {reason}."
    return f"The money did not go back: {reason}."
