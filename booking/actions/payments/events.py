"""What Stripe tells us: kept by its id at once, understood later. An event only says where to look."""

import logging
from datetime import datetime

from booking.actions.payments.applying import apply_session
from booking.actions.payments.disputes import apply_dispute
from booking.actions.payments.patience import Patience
from booking.actions.payments.refunding import apply_refund
from booking.gateways.stripe import EventNotice, Refused, StripeGateway, Unreachable
from booking.models import StripeEvent

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 200
TRIES = 5


def receive_event(*, notice: EventNotice, now: datetime) -> bool:
    """Keep an event, and say whether it is news. The second time nothing changes."""
    _event, is_news = StripeEvent.objects.get_or_create(
        id=notice.id, defaults={"kind": notice.kind, "object_id": notice.object_id, "received_at": now}
    )
    return is_news


def process_received_events(*, gateway: StripeGateway, now: datetime) -> int:
    """Look at every event not yet understood; say how many are done. Stops while Stripe does not answer."""
    waiting = StripeEvent.objects.filter(state=StripeEvent.State.RECEIVED).order_by("received_at", "pk")
    done, patience = 0, Patience()
    for event in waiting[:MOST_AT_ONCE]:
        try:
            process_event(event=event, gateway=gateway, now=now)
        except Unreachable as trouble:
            logger.warning("Stripe gave no clear answer about event %s; asked again later.", event.pk)
            if not patience.bears(trouble):
                break
            continue
        except Exception as error:
            # One event that we cannot digest must not stand in the way of the others.
            logger.exception("Event %s (%s)", event.pk, event.kind)
            _note_trouble(event, type(error).__name__)
            continue
        done += 1
    return done


def process_event(*, event: StripeEvent, gateway: StripeGateway, now: datetime) -> None:
    """Ask Stripe about what the event is about, and apply the answer. In any order, any number of times.

    Raises Unreachable; then the event waits for the next look.
    """
    try:
        is_ours = _look_at(event, gateway=gateway, now=now)
    except Refused as refusal:
        # Stripe knows no such object: an event of another account or of another mode.
        _finish(event, StripeEvent.State.IGNORED, problem=refusal.code)
        return
    _finish(event, StripeEvent.State.DONE if is_ours else StripeEvent.State.IGNORED)


def _look_at(event: StripeEvent, *, gateway: StripeGateway, now: datetime) -> bool:
    about = event.object_id
    if event.kind.startswith("checkout.session."):
        return apply_session(session_id=about, gateway=gateway, now=now) is not None
    if event.kind.startswith(("refund.", "charge.refund.")):
        return apply_refund(stripe_refund_id=about, gateway=gateway, now=now) is not None
    if event.kind.startswith("charge.dispute."):
        return apply_dispute(stripe_dispute_id=about, gateway=gateway, now=now) is not None
    return False


def _finish(event: StripeEvent, state: str, *, problem: str = "") -> None:
    StripeEvent.objects.filter(pk=event.pk).update(state=state, problem=problem[:200])


def _note_trouble(event: StripeEvent, problem: str) -> None:
    tried = event.tried + 1
    state = StripeEvent.State.ERROR if tried >= TRIES else StripeEvent.State.RECEIVED
    StripeEvent.objects.filter(pk=event.pk).update(tried=tried, state=state, problem=problem[:200])
