"""Pay pages that are no longer wanted, or whose time is up: closed at Stripe before the time is freed."""

import logging
from datetime import datetime
from uuid import UUID

from booking.actions.audit import Actor
from booking.actions.holds import release_hold
from booking.actions.payments.applying import apply_page, mark_never_made
from booking.actions.payments.pages import closed_page_of
from booking.actions.payments.patience import Patience
from booking.gateways.stripe import Refused, StripeGateway, Unreachable
from booking.models import Appointment, Payment
from booking.rules.payment_states import UNSETTLED, PaymentState

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100


def abandon_payment(*, appointment_id: UUID, gateway: StripeGateway, now: datetime, by: Actor) -> Appointment:
    """The patient turned back. Close the page, then let the time go, unless it turns out to be paid.

    Look at the returned appointment's status: LAPSED, or CONFIRMED when they had paid after all. Raises
    Unreachable when Stripe does not answer; then the time stays held, because it could still be paid for.
    """
    unsettled = Payment.objects.filter(appointment_id=appointment_id, state__in=UNSETTLED)
    for payment in unsettled.order_by("created_at"):
        close_page(payment=payment, gateway=gateway, now=now, keeps_hold=True)
    appointment = Appointment.objects.get(pk=appointment_id)
    release_hold(appointment=appointment, now=now, by=by)
    return Appointment.objects.with_names().get(pk=appointment_id)


def close_timed_out_pages(*, gateway: StripeGateway, now: datetime) -> int:
    """Look at every page whose time is up: expired frees its time, paid takes it. Says how many were settled.

    When Stripe does not answer, the times stay held until their own end, ten minutes later.
    """
    states = [PaymentState.CREATED, PaymentState.OPEN]
    timed_out = Payment.objects.filter(state__in=states, expires_at__lte=now).order_by("created_at")
    settled, patience = 0, Patience()
    for payment in timed_out[:MOST_AT_ONCE]:
        try:
            close_page(payment=payment, gateway=gateway, now=now)
        except Unreachable as trouble:
            logger.warning("Stripe gave no clear answer about payment %s; its time stays held.", payment.pk)
            if not patience.bears(trouble):
                break
            continue
        settled += 1
    return settled


def close_page(
    *, payment: Payment, gateway: StripeGateway, now: datetime, keeps_hold: bool = False
) -> Payment:
    """Make sure nobody can pay this any more, and apply what it turned out to be."""
    try:
        page = closed_page_of(payment=payment, gateway=gateway, now=now)
    except Refused as refusal:
        return mark_never_made(payment_id=payment.pk, why=refusal.code, now=now, keeps_hold=keeps_hold)
    return apply_page(page=page, gateway=gateway, now=now, keeps_hold=keeps_hold) or payment
