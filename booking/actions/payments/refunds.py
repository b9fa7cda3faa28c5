"""Money asked back: rows now, Stripe later. A row is written in the transaction that decides it."""

from datetime import datetime

from booking.models import Appointment, Payment, Refund


def request_refunds(*, appointment: Appointment, amount_minor: int, reason: str, now: datetime) -> int:
    """Spread an amount over the visit's paid payments, oldest first, and say how much found a place.

    The caller holds the appointment's lock. Payments are locked too, so two requests can't both count the
    same money; what is left of a payment is what came in less what is already on its way back.
    """
    left = amount_minor
    paid = Payment.objects.select_for_update().filter(appointment=appointment, state=Payment.State.PAID)
    for payment in paid.order_by("created_at", "pk"):
        share = min(left, payment.refundable_minor())
        if share > 0:
            _request(payment, amount_minor=share, reason=reason, now=now)
            left -= share
    return amount_minor - left


def give_back(*, payment: Payment, reason: str, now: datetime, at_most: int | None = None) -> int:
    """What is left of one payment goes back, `at_most` so much of it.

    The caller holds the locks of visit and payment.
    """
    left = payment.refundable_minor()
    amount_minor = left if at_most is None else min(left, at_most)
    if amount_minor > 0:
        _request(payment, amount_minor=amount_minor, reason=reason, now=now)
    return amount_minor


def ask_again(*, refund: Refund, now: datetime) -> bool:
    """What failed to go back is asked for again, by a row of its own. Says whether that much is left.

    The caller holds the locks of visit and payment.
    """
    if refund.payment.refundable_minor() < refund.amount_minor:
        return False
    _request(refund.payment, amount_minor=refund.amount_minor, reason=refund.reason, now=now)
    return True


def _request(payment: Payment, *, amount_minor: int, reason: str, now: datetime) -> None:
    Refund.objects.create(
        payment=payment, reason=reason, amount_minor=amount_minor, currency=payment.currency, created_at=now
    )
