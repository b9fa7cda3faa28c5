"""Checkout sessions: made by the clinic, paid on the hosted page, expired by either side or by the clock."""

from __future__ import annotations

import stripe

from . import customers, money
from .account import Account
from .contract import blank
from .errors import ApiError
from .store import Object

SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60
COPIED = (
    "allowed_payment_method_types",
    "cancel_url",
    "client_reference_id",
    "customer",
    "customer_email",
    "locale",
    "mode",
    "payment_method_options",
    "submit_type",
    "success_url",
)


def create(account: Account, *, params: Object) -> Object:
    now = account.clock.now()
    _check(account, params, now=now)
    mode = params["mode"]
    currency, amount = (None, None) if mode == "setup" else _total(params)
    session = account.make(
        "checkout.session",
        **{name: params[name] for name in COPIED if name in params},
        amount_subtotal=amount,
        amount_total=amount,
        currency=currency or params.get("currency"),
        customer_creation=params.get("customer_creation")
        or (None if params.get("customer") else "if_required"),
        expires_at=params.get("expires_at", now + LONGEST),
        metadata=params.get("metadata") or {},
        payment_method_types=params.get("allowed_payment_method_types") or ["card"],
        payment_status="no_payment_required" if mode == "setup" else "unpaid",
        status="open",
        ui_mode="hosted_page",
    )
    if mode == "setup":
        metadata = (params.get("setup_intent_data") or {}).get("metadata") or {}
        intent = customers.make_setup_intent(account, customer=params.get("customer"), metadata=metadata)
        session["setup_intent"] = intent["id"]
    account.change(session, url=f"{account.base_address}/pay/{session['id']}")
    account.store.put({"id": "params_" + session["id"], "object": "session_params", "params": params})
    return session


def _check(account: Account, params: Object, *, now: int) -> None:
    mode = params.get("mode")
    if mode not in ("payment", "setup"):
        raise ApiError("The stand-in knows the modes `payment` and `setup`.", param="mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise ApiError("The stand-in has the hosted page only.", param="ui_mode")
    if not params.get("success_url"):
        raise ApiError("Missing required param: success_url.", code="parameter_missing", param="success_url")
    for name in ("success_url", "cancel_url"):
        if not params.get(name, "https://").startswith(("https://", "http://")):
            raise ApiError("Not a valid URL", code="url_invalid", param=name)
    if params.get("customer") and params.get("customer_email"):
        raise ApiError(
            "You may only specify one of these parameters: customer, customer_email.", param="customer"
        )
    if params.get("customer"):
        account.find("customer", params["customer"], param="customer")
    if mode == "setup" and not (params.get("currency") or params.get("allowed_payment_method_types")):
        raise ApiError(
            "You must provide `currency` in `setup` mode.", code="parameter_missing", param="currency"
        )
    _check_expiry(params.get("expires_at"), now=now)


def _check_expiry(expires_at: int | None, *, now: int) -> None:
    if expires_at is None:
        return
    if expires_at < now + SHORTEST:
        raise ApiError(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
            param="expires_at",
        )
    if expires_at > now + LONGEST:
        raise ApiError(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )


def _total(params: Object) -> tuple[str, int]:
    if not params.get("line_items"):
        raise ApiError(
            "You must pass `line_items` in `payment` mode.", code="parameter_missing", param="line_items"
        )
    total, currencies = 0, set()
    for index, line in enumerate(params["line_items"]):
        price = line.get("price_data")
        if price is None or "unit_amount" not in price or "product_data" not in price:
            raise ApiError(
                "Missing required param.", code="parameter_missing", param=f"line_items[{index}][price_data]"
            )
        total += price["unit_amount"] * line.get("quantity", 1)
        currencies.add(price["currency"].lower())
    if len(currencies) != 1:
        raise ApiError("All line items must have the same currency.", param="line_items")
    currency = currencies.pop()
    smallest = money.SMALLEST_CHARGE.get(currency, 1)
    if total < smallest:
        raise ApiError(
            f"The total amount due must add up to at least {money.shown(smallest, currency)}.",
            code="amount_too_small",
        )
    return currency, total


def line_items(account: Account, session_id: str) -> list[Object]:
    items = []
    for index, line in enumerate(request_of(account, session_id).get("line_items", [])):
        price, quantity = line["price_data"], line.get("quantity", 1)
        amount = price["unit_amount"] * quantity
        items.append(
            blank(stripe.LineItem)
            | {
                "id": f"li_{session_id.removeprefix('cs_test_')}{index}",
                "object": "item",
                "description": price["product_data"]["name"],
                "currency": price["currency"].lower(),
                "quantity": quantity,
                "amount_subtotal": amount,
                "amount_total": amount,
                "amount_discount": 0,
                "amount_tax": 0,
            }
        )
    return items


def list_line_items(account: Account, identifier: str, *, params: Object) -> list[Object]:
    return line_items(account, find(account, identifier)["id"])


def request_of(account: Account, session_id: str) -> Object:
    """The parameters this session was made with."""
    kept = account.store.get("session_params", "params_" + session_id)
    return kept["params"] if kept else {}


def find(account: Account, identifier: str) -> Object:
    """The session as it is now: the clock may have expired it since it was last looked at."""
    session = account.find("checkout.session", identifier)
    if session["status"] == "open" and session["expires_at"] <= account.clock.now():
        _expire(account, session)
    if session["status"] == "open":
        session["url"] = (
            f"{account.base_address}/pay/{session['id']}"  # the port may be another after a restart
        )
    return session


def _expire(account: Account, session: Object) -> Object:
    account.change(session, status="expired", url=None)
    account.record("checkout.session.expired", session)
    return session


def retrieve(account: Account, identifier: str, *, params: Object) -> Object:
    return find(account, identifier)


def expire(account: Account, identifier: str, *, params: Object) -> Object:
    session = find(account, identifier)
    if session["status"] != "open":
        raise ApiError(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`."
        )
    return _expire(account, session)


def expire_overdue(account: Account) -> None:
    overdue = account.store.newest(
        "checkout.session",
        where="json_extract(body, '$.status') = 'open' AND json_extract(body, '$.expires_at') <= ?",
        values=(account.clock.now(),),
    )
    for session in overdue:
        _expire(account, session)


def list_all(account: Account, *, params: Object) -> list[Object]:
    expire_overdue(account)
    wanted = [(name, params[name]) for name in ("payment_intent", "customer", "status") if name in params]
    found = account.store.newest("checkout.session")
    return [item for item in found if all(item[name] == value for name, value in wanted)]
