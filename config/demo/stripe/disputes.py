"""Disputes: a cardholder's bank takes a charge back and asks the clinic for evidence."""

from __future__ import annotations

from .account import Account
from .errors import ApiError
from .store import Object

DAYS_TO_ANSWER = 20


def open_for(account: Account, intent_id: str, *, reason: str = "product_not_received") -> Object:
    intent = account.find("payment_intent", intent_id)
    if intent["status"] != "succeeded":
        raise ApiError(f"The payment {intent_id} has no charge to dispute.")
    charge = account.find("charge", intent["latest_charge"])
    dispute = account.make(
        "dispute",
        amount=charge["amount"],
        charge=charge["id"],
        currency=charge["currency"],
        payment_intent=intent_id,
        is_charge_refundable=False,
        reason=reason,
        status="needs_response",
        evidence_details={
            "due_by": account.clock.now() + DAYS_TO_ANSWER * 86400,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
    )
    account.change(charge, disputed=True)
    account.record("charge.dispute.created", dispute)
    return dispute


def close(account: Account, identifier: str, *, won: bool) -> Object:
    dispute = account.find("dispute", identifier)
    account.change(dispute, status="won" if won else "lost")
    account.record("charge.dispute.closed", dispute)
    return dispute


def retrieve(account: Account, identifier: str, *, params: Object) -> Object:
    return account.find("dispute", identifier)


def list_all(account: Account, *, params: Object) -> list[Object]:
    wanted = [(name, params[name]) for name in ("payment_intent", "charge") if name in params]
    return [
        item for item in account.store.newest("dispute") if all(item[name] == value for name, value in wanted)
    ]
