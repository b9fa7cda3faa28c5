"""The ledger held against Stripe's own books, so that a lost webhook costs minutes and never money."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from booking.actions.payments.applying import apply_page, settle_payment
from booking.actions.payments.closing import close_timed_out_pages
from booking.actions.payments.events import process_received_events, receive_event
from booking.actions.payments.pages import fact_of, payment_id_of
from booking.actions.payments.patience import Patience
from booking.actions.payments.refunding import apply_refund, apply_refund_answer, run_due_refunds
from booking.gateways.stripe import CheckoutSession, StripeGateway, Unreachable
from booking.models import Payment, Refund, StripeEvent
from booking.rules.payment_states import UNSETTLED, PageFact, PaymentState, RefundState

logger = logging.getLogger(__name__)

PAGES_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What one run found: events we had not heard of, pages that were still open by mistake."""

    events_missed: int
    pages_closed: int


def settle_due(*, gateway: StripeGateway, now: datetime) -> None:
    """What does not wait for the next reconciliation: events told, pages timed out, refunds asked for."""
    process_received_events(gateway=gateway, now=now)
    close_timed_out_pages(gateway=gateway, now=now)
    run_due_refunds(gateway=gateway, now=now)


def reconcile(*, gateway: StripeGateway, since: datetime, now: datetime) -> Reconciled:
    """Everything at Stripe since then, and everything of ours not settled: fixed, or on reception's list.

    Raises Unreachable when Stripe does not answer; the next run begins afresh.
    """
    events_missed = _receive_missed_events(gateway=gateway, since=since, now=now)
    process_received_events(gateway=gateway, now=now)
    patience = Patience()
    pages_closed = _compare_pages(gateway.sessions_since(since), gateway=gateway, patience=patience, now=now)
    for answer in gateway.refunds_since(since):
        apply_refund_answer(answer=answer, now=now)
    _ask_about_older_ones(gateway=gateway, since=since, patience=patience, now=now)
    settle_due(gateway=gateway, now=now)
    return Reconciled(events_missed=events_missed, pages_closed=pages_closed)


def _receive_missed_events(*, gateway: StripeGateway, since: datetime, now: datetime) -> int:
    notices = {notice.id: notice for notice in gateway.events_since(since)}
    for known in StripeEvent.objects.filter(pk__in=notices).values_list("pk", flat=True):
        del notices[known]
    return sum(receive_event(notice=notice, now=now) for notice in reversed(notices.values()))


def _compare_pages(
    pages: Iterable[CheckoutSession], *, gateway: StripeGateway, patience: Patience, now: datetime
) -> int:
    """Apply what our rows don't know yet. A page still open for a payment that is over is closed."""
    closed = 0
    for batch in _batches(pages):
        ours = Payment.objects.in_bulk([key for page in batch if (key := payment_id_of(page))])
        for page in batch:
            payment = ours.get(payment_id_of(page))
            if payment is None:
                continue
            if page.status == "open" and payment.state not in UNSETTLED:
                with _bearing(patience, about=page.id):
                    gateway.expire_session(session_id=page.id)
                    closed += 1
            elif payment.state in UNSETTLED or _is_unknown_money(page, payment):
                apply_page(page=page, gateway=gateway, now=now)
    return closed


def _is_unknown_money(page: CheckoutSession, payment: Payment) -> bool:
    return fact_of(page) is PageFact.PAID and payment.state != PaymentState.PAID


def _ask_about_older_ones(
    *, gateway: StripeGateway, since: datetime, patience: Patience, now: datetime
) -> None:
    """What began before the window and has not settled: the lists don't hold it, so each is asked for."""
    waiting = [PaymentState.OPEN, PaymentState.PROCESSING]
    for payment in Payment.objects.filter(state__in=waiting, created_at__lt=since):
        with _bearing(patience, about=str(payment.pk)):
            settle_payment(payment=payment, gateway=gateway, now=now)
    pending = Refund.objects.filter(state=RefundState.PENDING, created_at__lt=since)
    for stripe_refund_id in pending.exclude(stripe_refund_id="").values_list("stripe_refund_id", flat=True):
        with _bearing(patience, about=stripe_refund_id):
            apply_refund(stripe_refund_id=stripe_refund_id, gateway=gateway, now=now)


@contextmanager
def _bearing(patience: Patience, *, about: str) -> Iterator[None]:
    """What Stripe gives no clear answer about waits for the next run."""
    try:
        yield
    except Unreachable as trouble:
        if not patience.bears(trouble):
            raise
        logger.warning("Stripe gave no clear answer about %s; asked again later.", about)


def _batches(pages: Iterable[CheckoutSession]) -> Iterable[list[CheckoutSession]]:
    batch: list[CheckoutSession] = []
    for page in pages:
        batch.append(page)
        if len(batch) == PAGES_AT_ONCE:
            yield batch
            batch = []
    yield batch
