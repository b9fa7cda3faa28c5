"""Payment intents and the charges they make."""

from __future__ import annotations

import re

from .account import Account
from .cards import MESSAGES, Card, by_last4
from .errors import ApiError
from .store import Object


def make(account: Account, *, amount: int, currency: str, **fields: object) -> Object:
    intent = account.make(
        "payment_intent",
        amount=amount,
        amount_received=0,
        amount_capturable=0,
        currency=currency,
        capture_method="automatic_async",
        confirmation_method="automatic",
        payment_method_types=["card"],
        status="requires_payment_method",
        **fields,
    )
    account.record("payment_intent.created", intent)
    return intent


def create(account: Account, *, params: Object) -> Object:
    """An off-session charge of a saved card: the only way in which the clinic charges without its patient."""
    if not (params.get("confirm") and params.get("off_session")):
        raise ApiError("The stand-in makes payment intents off-session and confirmed only.", param="confirm")
    for name in ("customer", "payment_method"):
        if not params.get(name):
            raise ApiError(f"Missing required param: {name}.", code="parameter_missing", param=name)
    customer = account.find("customer", params["customer"], param="customer")
    method = account.find("payment_method", params["payment_method"], param="payment_method")
    if method["customer"] != customer["id"]:
        raise ApiError(
            "The customer does not have a payment method with the ID " + method["id"],
            code="resource_missing",
            param="payment_method",
        )
    intent = make(
        account,
        amount=params["amount"],
        currency=params["currency"].lower(),
        customer=customer["id"],
        metadata=params.get("metadata") or {},
        description=params.get("description"),
    )
    card = by_last4(method["card"]["last4"])
    code = "authentication_required" if card.asks == "always" else card.decline_code and "card_declined"
    if code:
        raise _declined(account, intent, method, card, code)
    return succeed(account, intent, method, card)


def _declined(account: Account, intent: Object, method: Object, card: Card, code: str) -> ApiError:
    error = decline(account, intent, method, card, code=code)
    extra = {name: value for name, value in error.items() if name not in ("type", "code", "message")}
    extra["payment_intent"] = intent
    return ApiError(error["message"], status=402, type="card_error", code=code, **extra)


def decline(
    account: Account, intent: Object, method: Object, card: Card, *, code: str = "card_declined"
) -> Object:
    """The bank refused, and the intent waits for another card. Returns the error as Stripe words it."""
    decline_code = card.decline_code or "authentication_required"
    message = MESSAGES.get(decline_code, "Your card was declined. This transaction requires authentication.")
    charge = _charge(account, intent, method, card, status="failed", paid=False)
    account.change(charge, failure_code=code, failure_message=message)
    account.record("charge.failed", charge)
    error = {
        "type": "card_error",
        "code": code,
        "decline_code": decline_code,
        "message": message,
        "charge": charge["id"],
        "payment_method": method,
    }
    account.change(intent, last_payment_error=error, latest_charge=charge["id"], payment_method=None)
    account.change(intent, status="requires_payment_method")
    account.record("payment_intent.payment_failed", intent)
    return error


def succeed(account: Account, intent: Object, method: Object, card: Card) -> Object:
    charge = _charge(account, intent, method, card, status="succeeded", paid=True)
    account.record("charge.succeeded", charge)
    account.change(
        intent,
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=charge["id"],
        payment_method=method["id"],
        last_payment_error=None,
        next_action=None,
    )
    account.record("payment_intent.succeeded", intent)
    return intent


def process(account: Account, intent: Object, method: Object) -> Object:
    """The bank took the order and will answer later, as with a debit from an account."""
    account.change(intent, status="processing", payment_method=method["id"])
    account.record("payment_intent.processing", intent)
    return intent


def _charge(
    account: Account, intent: Object, method: Object, card: Card, *, status: str, paid: bool
) -> Object:
    amount = intent["amount"]
    return account.make(
        "charge",
        amount=amount,
        amount_captured=amount if paid else 0,
        amount_refunded=0,
        captured=paid,
        currency=intent["currency"],
        customer=intent["customer"],
        metadata=dict(intent["metadata"]),
        billing_details=method["billing_details"],
        paid=paid,
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details={
            "type": "card",
            "card": {
                "brand": card.brand,
                "last4": card.last4,
                "exp_month": 12,
                "exp_year": 2034,
                "funding": "credit",
            },
        },
        status=status,
        refunds=None,
    )


def retrieve(account: Account, identifier: str, *, params: Object) -> Object:
    return account.find("payment_intent", identifier)


def retrieve_charge(account: Account, identifier: str, *, params: Object) -> Object:
    return account.find("charge", identifier)


def list_all(account: Account, *, params: Object) -> list[Object]:
    found = account.store.newest("payment_intent")
    return [item for item in found if params.get("customer") in (None, item["customer"])]


CLAUSE = re.compile(
    r"""(metadata)\[["']([^"']+)["']\]\s*:\s*["']([^"']*)["']|(status|customer)\s*:\s*["']([^"']*)["']"""
)


def search(account: Account, *, params: Object) -> list[Object]:
    """Clauses joined by AND: `metadata["payment"]:"abc" AND status:"succeeded"`."""
    clauses = [CLAUSE.fullmatch(part.strip()) for part in re.split(r"\s+AND\s+", params["query"])]
    if not all(clauses):
        raise ApiError("We were unable to parse your search query.", param="query")
    found = account.store.newest("payment_intent")
    for clause in clauses:
        assert clause is not None
        _, key, value, name, wanted = clause.groups()
        found = [
            item
            for item in found
            if (item["metadata"].get(key) == value if key else item.get(name) == wanted)
        ]
    return found
