"""Refunds of a charge: several, in part or whole, never more than was charged."""

from __future__ import annotations

from . import money
from .account import Account
from .cards import by_last4
from .errors import ApiError
from .store import Object


def create(account: Account, *, params: Object) -> Object:
    charge = _charge_of(account, params)
    amount = _amount_for(charge, params.get("amount"))
    card = by_last4(charge["payment_method_details"]["card"]["last4"])
    return make(account, charge, amount=amount, pending=card.refund == "pending", params=params)


def make(account: Account, charge: Object, *, amount: int, pending: bool = False, params: Object) -> Object:
    refund = account.make(
        "refund",
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        metadata=params.get("metadata") or {},
        payment_intent=charge["payment_intent"],
        reason=params.get("reason"),
        status="pending" if pending else "succeeded",
        pending_reason="processing" if pending else None,
    )
    refunded = charge["amount_refunded"] + amount
    account.change(charge, amount_refunded=refunded, refunded=refunded == charge["amount"])
    account.record("refund.created", refund)
    account.record("charge.refunded", charge)
    return refund


def _charge_of(account: Account, params: Object) -> Object:
    if "payment_intent" in params:
        intent = account.find("payment_intent", params["payment_intent"], param="payment_intent")
        if intent["status"] != "succeeded":
            raise ApiError(
                f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
                param="payment_intent",
            )
        charge = account.find("charge", intent["latest_charge"], param="payment_intent")
    elif "charge" in params:
        charge = account.find("charge", params["charge"], param="charge")
    else:
        raise ApiError("One of the following params should be provided: payment_intent or charge.")
    if charge["disputed"]:
        raise ApiError(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
        )
    return charge


def _amount_for(charge: Object, wanted: int | None) -> int:
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise ApiError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = left if wanted is None else wanted
    if amount < 1:
        raise ApiError("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        asked, available = (money.shown(value, charge["currency"]) for value in (amount, left))
        raise ApiError(
            f"Refund amount ({asked}) is greater than unrefunded amount on charge ({available})",
            param="amount",
        )
    return amount


def settle(account: Account, identifier: str) -> Object:
    """A pending refund reaches the card."""
    refund = account.find("refund", identifier)
    if refund["status"] != "pending":
        raise ApiError(f"The refund {identifier} is not pending.")
    account.change(refund, status="succeeded", pending_reason=None)
    account.record("refund.updated", refund, previous={"status": "pending"})
    return refund


def fail(account: Account, identifier: str, *, reason: str = "expired_or_canceled_card") -> Object:
    """The bank sends the money back, days after the refund had begun or even succeeded."""
    refund = account.find("refund", identifier)
    if refund["status"] not in ("pending", "succeeded"):
        raise ApiError(f"The refund {identifier} can no longer fail.")
    before = refund["status"]
    account.change(refund, status="failed", failure_reason=reason, pending_reason=None)
    charge = account.find("charge", refund["charge"])
    account.change(charge, amount_refunded=charge["amount_refunded"] - refund["amount"], refunded=False)
    account.record("refund.updated", refund, previous={"status": before})
    account.record("refund.failed", refund)
    return refund


def retrieve(account: Account, identifier: str, *, params: Object) -> Object:
    return account.find("refund", identifier)


def list_all(account: Account, *, params: Object) -> list[Object]:
    wanted = [(name, params[name]) for name in ("payment_intent", "charge") if name in params]
    return [
        item for item in account.store.newest("refund") if all(item[name] == value for name, value in wanted)
    ]
