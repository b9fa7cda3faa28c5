"""Stripe, and the only module that imports its SDK.

What goes in are our own parameters and keys; what comes out are our own frozen rows and our own few errors.
Never call any of this inside a database transaction.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Self, TypeVar

import stripe
from django.conf import settings

from booking.gateways.stripe_answers import CheckoutSession, DisputeAnswer, EventNotice, RefundAnswer

__all__ = [
    "BadSignature",
    "CheckoutSession",
    "DisputeAnswer",
    "EventNotice",
    "IdempotencyConflict",
    "RefundAnswer",
    "Refused",
    "StripeGateway",
    "Unreachable",
    "gateway_from_settings",
    "is_configured",
]

Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)

LIVE_KEYS = ("sk_live_", "rk_live_")
CONNECT_SECONDS, ANSWER_SECONDS = 3, 10
RETRIES = 2
PAGE = 100
CLOCKS_DIFFER_BY = timedelta(minutes=5)
WEBHOOK_TOLERANCE = timedelta(minutes=5)


class Unreachable(Exception):
    """No clear answer. It may or may not have happened there: ask again later, with the same key.

    `answered` tells whether Stripe is there at all: it said 500, too busy, or that it does not know our key.
    """

    def __init__(self, why: str, *, answered: bool) -> None:
        super().__init__(why)
        self.answered = answered


class Refused(Exception):
    """A clear no: nothing happened there. `code` is Stripe's word for why and holds nothing personal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadSignature(Exception):
    """Not signed by Stripe, altered, old, from the future, or not an event at all: answer 400."""


class IdempotencyConflict(Exception):
    """The key was used before with other parameters: a mistake of ours, never to be retried as it is."""


@dataclass(frozen=True, kw_only=True)
class StripeGateway:
    client: stripe.StripeClient
    webhook_secret: str
    livemode: bool

    @classmethod
    def connect(cls, *, key: str, webhook_secret: str, base_address: str = "") -> Self:
        """An empty base address means Stripe itself. Raises ValueError for a live key anywhere else."""
        base = base_address or stripe.DEFAULT_API_BASE
        livemode = key.startswith(LIVE_KEYS)
        if livemode and base != stripe.DEFAULT_API_BASE:
            raise ValueError("A live key is sent to Stripe only. Empty STRIPE_API_BASE or use a test key.")
        client = stripe.StripeClient(
            key,
            base_addresses={"api": base},
            http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, ANSWER_SECONDS)),
            max_network_retries=RETRIES,
        )
        return cls(client=client, webhook_secret=webhook_secret, livemode=livemode)

    def create_checkout_session(self, *, parameters: dict[str, Any], idempotency_key: str) -> CheckoutSession:
        sessions = self.client.v1.checkout.sessions
        answer = _ask(lambda: sessions.create(parameters, {"idempotency_key": idempotency_key}))  # type: ignore[arg-type]
        return CheckoutSession.read(answer.to_dict())

    def retrieve_session(self, *, session_id: str) -> CheckoutSession:
        sessions = self.client.v1.checkout.sessions
        answer = _ask(lambda: sessions.retrieve(session_id, {"expand": ["payment_intent"]}))
        return CheckoutSession.read(answer.to_dict())

    def expire_session(self, *, session_id: str) -> CheckoutSession:
        """Close the pay page, and say how the session really stands: it may have been paid just before."""
        sessions = self.client.v1.checkout.sessions
        try:
            answer = _ask(lambda: sessions.expire(session_id))
        except Refused:
            return self.retrieve_session(session_id=session_id)
        return CheckoutSession.read(answer.to_dict())

    def sessions_since(self, since: datetime) -> Iterator[CheckoutSession]:
        """Newest first."""
        pages = self.client.v1.checkout.sessions.list
        chosen: Any = {**_created(since), "expand": ["data.payment_intent"]}
        yield from map(CheckoutSession.read, _pages(lambda: pages(chosen)))

    def find_session_by_metadata(self, *, payment_id: str, since: datetime) -> CheckoutSession | None:
        """The session made for this payment row, when our own record of it was lost."""
        return next(
            (session for session in self.sessions_since(since) if session.payment_id == payment_id), None
        )

    def find_session_by_payment_intent(self, *, payment_intent_id: str) -> CheckoutSession | None:
        pages = self.client.v1.checkout.sessions.list
        chosen: Any = {"payment_intent": payment_intent_id, "expand": ["data.payment_intent"]}
        return next(map(CheckoutSession.read, _pages(lambda: pages(chosen))), None)

    def create_refund(self, *, parameters: dict[str, Any], idempotency_key: str) -> RefundAnswer:
        refunds = self.client.v1.refunds
        answer = _ask(lambda: refunds.create(parameters, {"idempotency_key": idempotency_key}))  # type: ignore[arg-type]
        return RefundAnswer.read(answer.to_dict())

    def retrieve_refund(self, *, stripe_refund_id: str) -> RefundAnswer:
        return RefundAnswer.read(_ask(lambda: self.client.v1.refunds.retrieve(stripe_refund_id)).to_dict())

    def refunds_of(self, *, payment_intent_id: str) -> Iterator[RefundAnswer]:
        """Every refund of one payment, newest first, whoever made it."""
        pages = self.client.v1.refunds.list
        yield from map(
            RefundAnswer.read, _pages(lambda: pages({"payment_intent": payment_intent_id, "limit": PAGE}))
        )

    def refunds_since(self, since: datetime) -> Iterator[RefundAnswer]:
        """Newest first. A refund that fails later keeps its old date: events_since tells of it."""
        pages = self.client.v1.refunds.list
        yield from map(RefundAnswer.read, _pages(lambda: pages(_created(since))))

    def retrieve_dispute(self, *, stripe_dispute_id: str) -> DisputeAnswer:
        return DisputeAnswer.read(_ask(lambda: self.client.v1.disputes.retrieve(stripe_dispute_id)).to_dict())

    def events_since(self, since: datetime) -> Iterator[EventNotice]:
        """Newest first; Stripe keeps them for 30 days."""
        pages = self.client.v1.events.list
        yield from map(EventNotice.read, _pages(lambda: pages(_created(since))))

    def verify_webhook(
        self, *, body: bytes, signature: str, now: datetime, tolerance: timedelta = WEBHOOK_TOLERANCE
    ) -> EventNotice:
        """What Stripe says happened. Raises BadSignature for everything that Stripe did not send just now."""
        payload = _read_webhook(
            body=body, signature=signature, secret=self.webhook_secret, now=now, tolerance=tolerance
        )
        try:
            event = EventNotice.read(payload)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadSignature("Signed, but not an event.") from error
        if event.api_version != stripe.api_version:
            logger.warning(
                "Event %s speaks API version %s, we speak %s.",
                event.id,
                event.api_version,
                stripe.api_version,
            )
        return event


def is_configured() -> bool:
    """Whether this clinic takes cards online at all."""
    return bool(settings.STRIPE_SECRET_KEY)


def gateway_from_settings() -> StripeGateway:
    """The gateway this site is configured for. Raises ValueError where it must not or cannot exist."""
    if not settings.STRIPE_SECRET_KEY:
        raise ValueError("Set STRIPE_SECRET_KEY to take payment online.")
    return _connected(settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_API_BASE)


@lru_cache(maxsize=8)
def _connected(key: str, webhook_secret: str, base_address: str) -> StripeGateway:
    return StripeGateway.connect(key=key, webhook_secret=webhook_secret, base_address=base_address)


def _created(since: datetime) -> Any:
    return {"created": {"gte": int((since - CLOCKS_DIFFER_BY).timestamp())}, "limit": PAGE}


def _pages(first: Callable[[], Any]) -> Iterator[dict[str, Any]]:
    found: Iterable[Any] = _ask(first).auto_paging_iter()
    items = iter(found)
    while (item := _ask(lambda: next(items, None))) is not None:
        yield item.to_dict()


def _ask(call: Callable[[], Answer]) -> Answer:
    """One call, its many errors told apart by the only question that matters: what do we know now?"""
    try:
        return call()
    except stripe.IdempotencyError as error:
        raise IdempotencyConflict(str(error.user_message)) from error
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        logger.error("Stripe does not accept our key: %s", type(error).__name__)
        raise Unreachable(type(error).__name__, answered=True) from error
    except stripe.APIConnectionError as error:
        raise Unreachable(type(error).__name__, answered=False) from error
    except (stripe.RateLimitError, stripe.APIError) as error:
        raise Unreachable(type(error).__name__, answered=True) from error
    except stripe.StripeError as error:
        raise Refused(error.code or type(error).__name__) from error


def _read_webhook(
    *, body: bytes, signature: str, secret: str, now: datetime, tolerance: timedelta
) -> dict[str, Any]:
    """The event's fields. The SDK checks the signature; the two moments are compared here, with our clock,
    because the SDK lets timestamps from the future pass.
    """
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret, tolerance=None)
        payload = json.loads(body)
    except (stripe.SignatureVerificationError, TypeError, ValueError) as error:
        # TypeError: a signature outside ASCII. ValueError: a body that is not UTF-8, or not JSON.
        raise BadSignature(type(error).__name__) from error
    if abs(now.timestamp() - _signed_at(signature)) > tolerance.total_seconds():
        raise BadSignature("Signed too long ago, or in the future.")
    if not isinstance(payload, dict):
        raise BadSignature("Signed, but not an object.")
    return payload


def _signed_at(signature: str) -> int:
    """The first t=, which is the one the signature covers; the signature has been verified before."""
    return int(next(part for part in signature.split(",") if part.startswith("t="))[2:])
