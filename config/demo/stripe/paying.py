"""What happens when somebody enters a card on the hosted page."""

from __future__ import annotations

from typing import Literal

from . import checkout, customers, intents
from .account import Account
from .cards import CARDS, MESSAGES, Card
from .errors import ApiError
from .store import Object

Outcome = Literal["paid", "saved", "processing", "declined", "needs_authentication"]


def pay(
    account: Account,
    session_id: str,
    *,
    number: str,
    authenticated: bool | None = None,
    slowly: bool = False,
) -> Outcome:
    """One attempt. `authenticated` is the bank's answer; `slowly` leaves the payment processing."""
    session = checkout.find(account, session_id)
    if session["status"] != "open":
        raise ApiError("This session is no longer open.", code="session_closed")
    card = CARDS.get(number)
    if card is None:
        raise ApiError("Your card number is incorrect.", code="incorrect_number", param="number")
    if card.asks != "never" and authenticated is None:
        return "needs_authentication"
    if session["mode"] == "setup":
        return _save(account, session, card, refused=authenticated is False)
    return _charge(account, session, card, refused=authenticated is False, slowly=slowly)


def _charge(account: Account, session: Object, card: Card, *, refused: bool, slowly: bool) -> Outcome:
    intent = _intent_of(account, session)
    if refused or card.decline_code:
        method = customers.make_method(account, card, email=session["customer_email"])
        code = "payment_intent_authentication_failure" if refused else "card_declined"
        intents.decline(account, intent, method, card, code=code)
        return "declined"
    customer = _customer_of(account, session, intent)
    saved = customer if intent["setup_future_usage"] else None
    method = customers.make_method(account, card, email=session["customer_email"], customer=saved)
    if slowly:
        intents.process(account, intent, method)
    else:
        intents.succeed(account, intent, method, card)
    _complete(account, session, customer=customer, payment_status="unpaid" if slowly else "paid")
    return "processing" if slowly else "paid"


def _intent_of(account: Account, session: Object) -> Object:
    """The session's payment intent, made at the first attempt and kept for the following ones."""
    if session["payment_intent"]:
        return account.find("payment_intent", session["payment_intent"])
    data = checkout.request_of(account, session["id"]).get("payment_intent_data") or {}
    intent = intents.make(
        account,
        amount=session["amount_total"],
        currency=session["currency"],
        customer=session["customer"],
        metadata=data.get("metadata") or {},
        description=data.get("description"),
        setup_future_usage=data.get("setup_future_usage"),
    )
    account.change(session, payment_intent=intent["id"])
    return intent


def _customer_of(account: Account, session: Object, intent: Object) -> str | None:
    if session["customer"]:
        return session["customer"]
    if session["customer_creation"] != "always" and not intent["setup_future_usage"]:
        return None
    customer = customers.create(account, params={"email": session["customer_email"]})
    account.change(intent, customer=customer["id"])
    return customer["id"]


def _save(account: Account, session: Object, card: Card, *, refused: bool) -> Outcome:
    intent = account.find("setup_intent", session["setup_intent"])
    if refused or (card.decline_code and not card.saved_before_declined):
        message = MESSAGES.get(card.decline_code or "", "The bank could not confirm it was you.")
        error = {"type": "card_error", "code": "card_declined", "message": message}
        account.change(intent, last_setup_error=error)
        account.record("setup_intent.setup_failed", intent)
        return "declined"
    customer = session["customer"]
    if customer is None:
        customer = customers.create(account, params={"email": session["customer_email"]})["id"]
    method = customers.make_method(account, card, email=session["customer_email"], customer=customer)
    account.change(
        intent, status="succeeded", customer=customer, payment_method=method["id"], last_setup_error=None
    )
    account.record("setup_intent.succeeded", intent)
    _complete(account, session, customer=customer, payment_status="no_payment_required")
    return "saved"


def _complete(account: Account, session: Object, *, customer: str | None, payment_status: str) -> None:
    details = dict.fromkeys(
        ("address", "business_name", "individual_name", "name", "phone", "tax_exempt", "tax_ids")
    )
    account.change(
        session,
        customer=customer,
        customer_details=details | {"email": session["customer_email"]},
        payment_status=payment_status,
        status="complete",
        url=None,
    )
    account.record("checkout.session.completed", session)


def settle(account: Account, intent_id: str, *, succeeded: bool) -> Object:
    """The bank's late answer to a payment that was processing."""
    intent = account.find("payment_intent", intent_id)
    if intent["status"] != "processing":
        raise ApiError(f"The payment intent {intent_id} is not processing.")
    session = checkout.list_all(account, params={"payment_intent": intent_id})[0]
    method = account.find("payment_method", intent["payment_method"])
    card = next(card for card in CARDS.values() if card.last4 == method["card"]["last4"])
    if succeeded:
        intents.succeed(account, intent, method, card)
        account.change(session, payment_status="paid")
        account.record("checkout.session.async_payment_succeeded", session)
    else:
        intents.decline(account, intent, method, card)
        account.record("checkout.session.async_payment_failed", session)
    return session
