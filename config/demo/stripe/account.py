"""The clinic's account at the stand-in: its objects, its clock and its events."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

import stripe
from stripe.checkout import Session

from .contract import blank
from .errors import missing
from .store import Clock, Object, Store

KINDS: dict[str, tuple[type, str]] = {
    "checkout.session": (Session, "cs_test_"),
    "payment_intent": (stripe.PaymentIntent, "pi_"),
    "setup_intent": (stripe.SetupIntent, "seti_"),
    "charge": (stripe.Charge, "ch_"),
    "refund": (stripe.Refund, "re_"),
    "customer": (stripe.Customer, "cus_"),
    "payment_method": (stripe.PaymentMethod, "pm_"),
    "dispute": (stripe.Dispute, "du_"),
    "event": (stripe.Event, "evt_"),
}


@dataclass
class Account:
    store: Store
    clock: Clock = field(default_factory=Clock)
    base_address: str = ""
    sends_webhooks: bool = False
    current_key: str | None = None

    def make(self, kind: str, **fields: Any) -> Object:
        """A new object with every field Stripe sends, kept in the store."""
        cls, prefix = KINDS[kind]
        item = blank(cls)
        item |= {"id": prefix + secrets.token_hex(12), "object": kind, "created": self.clock.now()}
        if "livemode" in item:
            item["livemode"] = False
        return self.store.put(item | fields)

    def find(self, kind: str, identifier: str, *, param: str = "id") -> Object:
        item = self.store.get(kind, identifier)
        if item is None or item.get("deleted"):
            raise missing(kind, identifier, param=param)
        return item

    def change(self, item: Object, **fields: Any) -> Object:
        item.update(fields)
        return self.store.put(item)

    def record(self, type: str, item: Object, *, previous: Object | None = None) -> Object:
        """Notes an event with a snapshot of the object, and queues its webhook in the same transaction."""
        data: Object = {"object": item}
        if previous:
            data["previous_attributes"] = previous
        event = self.make(
            "event",
            type=type,
            api_version=stripe.api_version,
            data=data,
            pending_webhooks=int(self.sends_webhooks),
            request={"id": None, "idempotency_key": self.current_key},
        )
        if self.sends_webhooks:
            self.store.query("INSERT INTO deliveries (event, due) VALUES (?, ?)", event["id"], 0)
        return event
