"""A pay page at Stripe and the payment row it belongs to: how to find one from the other.

Everything here talks to Stripe, so nothing here runs inside a transaction.
"""

from datetime import datetime, timedelta
from uuid import UUID

from booking.gateways.stripe import CheckoutSession, IdempotencyConflict, Refused, StripeGateway, Unreachable
from booking.models import Payment
from booking.rules.payment_states import PageFact, page_fact

KEYS_LIVE = timedelta(hours=23)
"""Stripe forgets a key after about 24 hours; then asking again would make a second page."""


def page_of(*, payment: Payment, gateway: StripeGateway, now: datetime) -> CheckoutSession:
    """The page of this payment as it is now, made if it was never made.

    While the key lives, asking again with the stored parameters gives the page that was made the first time,
    even when we never heard the answer. Raises Refused when there is no page and will be none.
    """
    if payment.stripe_session_id:
        return gateway.retrieve_session(session_id=payment.stripe_session_id)
    if now - payment.created_at >= KEYS_LIVE:
        return _lost_page_of(payment=payment, gateway=gateway)
    try:
        return gateway.create_checkout_session(
            parameters=payment.parameters, idempotency_key=payment.idempotency_key
        )
    except IdempotencyConflict:
        return _lost_page_of(payment=payment, gateway=gateway)
    except Unreachable as trouble:
        if not trouble.answered:
            raise
        # Stripe keeps even a failure under the key; the page may exist all the same.
        found = gateway.find_session_by_metadata(payment_id=str(payment.pk), since=payment.created_at)
        if found is None:
            raise
        return found


def closed_page_of(*, payment: Payment, gateway: StripeGateway, now: datetime) -> CheckoutSession:
    """The page of this payment after it can no longer be paid: expired, or already completed."""
    page = page_of(payment=payment, gateway=gateway, now=now)
    return gateway.expire_session(session_id=page.id) if page.status == "open" else page


def fact_of(page: CheckoutSession) -> PageFact:
    """How the page stands, in the one word that our tables know."""
    return page_fact(status=page.status, payment_status=page.payment_status, intent_status=page.intent_status)


def payment_id_of(page: CheckoutSession) -> UUID | None:
    """Which of our payments the page says it is for."""
    try:
        return UUID(page.payment_id)
    except ValueError:
        return None


def _lost_page_of(*, payment: Payment, gateway: StripeGateway) -> CheckoutSession:
    found = gateway.find_session_by_metadata(payment_id=str(payment.pk), since=payment.created_at)
    if found is None:
        raise Refused("never_made")
    return found
