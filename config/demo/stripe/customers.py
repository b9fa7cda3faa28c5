"""Customers, the cards they saved, and the setup intents that save them."""

from __future__ import annotations

from .account import Account
from .cards import Card
from .errors import ApiError
from .store import Object


def create(account: Account, *, params: Object) -> Object:
    fields = {
        name: value for name, value in params.items() if name in ("email", "name", "phone", "description")
    }
    customer = account.make("customer", metadata=params.get("metadata") or {}, **fields)
    account.record("customer.created", customer)
    return customer


def retrieve(account: Account, identifier: str, *, params: Object) -> Object:
    return account.find("customer", identifier)


def update(account: Account, identifier: str, *, params: Object) -> Object:
    customer = account.find("customer", identifier)
    allowed = {
        name: value for name, value in params.items() if name in ("email", "name", "phone", "metadata")
    }
    account.change(customer, **allowed)
    account.record("customer.updated", customer)
    return customer


def delete(account: Account, identifier: str, *, params: Object) -> Object:
    customer = account.find("customer", identifier)
    for method in methods_of(account, identifier):
        detach(account, method["id"], params={})
    account.change(customer, deleted=True)
    account.record("customer.deleted", {name: value for name, value in customer.items() if name != "deleted"})
    return {"id": identifier, "object": "customer", "deleted": True}


def methods_of(account: Account, customer: str) -> list[Object]:
    return account.store.newest(
        "payment_method", where="json_extract(body, '$.customer') = ?", values=(customer,)
    )


def list_methods(account: Account, identifier: str, *, params: Object) -> list[Object]:
    account.find("customer", identifier, param="customer")
    return methods_of(account, identifier)


def make_method(account: Account, card: Card, *, email: str | None, customer: str | None = None) -> Object:
    method = account.make(
        "payment_method",
        type="card",
        customer=customer,
        billing_details={"address": None, "email": email, "name": None, "phone": None, "tax_id": None},
        card=card_details(card),
        metadata={},
    )
    if customer:
        account.record("payment_method.attached", method)
    return method


def card_details(card: Card) -> Object:
    """What everybody may know about a card; the number itself is never kept."""
    unknown = dict.fromkeys(("checks", "country", "fingerprint", "three_d_secure_usage", "wallet"))
    return unknown | {
        "brand": card.brand,
        "last4": card.last4,
        "exp_month": 12,
        "exp_year": 2034,
        "funding": "credit",
    }


def retrieve_method(account: Account, identifier: str, *, params: Object) -> Object:
    return account.find("payment_method", identifier)


def detach(account: Account, identifier: str, *, params: Object) -> Object:
    method = account.find("payment_method", identifier)
    if method["customer"] is None:
        raise ApiError(
            "The payment method you provided is not attached to a customer so detachment is impossible."
        )
    account.change(method, customer=None)
    account.record("payment_method.detached", method)
    return method


def make_setup_intent(account: Account, *, customer: str | None, metadata: dict[str, str]) -> Object:
    intent = account.make(
        "setup_intent",
        customer=customer,
        metadata=metadata,
        payment_method_types=["card"],
        status="requires_payment_method",
        usage="off_session",
    )
    account.record("setup_intent.created", intent)
    return intent


def retrieve_setup_intent(account: Account, identifier: str, *, params: Object) -> Object:
    return account.find("setup_intent", identifier)
