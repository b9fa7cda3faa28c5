"""Money asked back: rows now, Stripe later. A row is written in the transaction that decides it."""

from datetime import datetime

from booking.models import Appointment, Payment, Refund


def request_refunds(*, appointment: Appointment, amount_minor: int, reason: str, now: datetime) -> int:
    """Spread an amount over the visit's paid payments, oldest first, and say how much found a place.

    The caller holds the appointment's lock. Payments are locked too, so two requests can't both count the
    same money; what is left of a payment is what came in less what is already on its way back.
    """
    left = amount_minor
    paid = Payment.objects.select_for_update().filter(
        appointment=appointment, state=Payment.State.PAID, method=Payment.Method.STRIPE
    )
    for payment in paid.order_by("created_at", "pk"):
        share = min(left, payment.refundable_minor())
        if share > 0:
            Refund.objects.create(
                payment=payment, reason=reason, amount_minor=share, currency=payment.currency, created_at=now
            )
            left -= share
    return amount_minor - left
