"""What we keep of Stripe's answers: ids, states, amounts. Nothing here knows the SDK."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutSession:
    """One pay page. Amounts in minor units, the currency in capitals as we store it."""

    id: str
    payment_id: str
    """Our payment row's id, as we gave it; empty for a session that is not ours."""
    status: str
    """open, complete or expired"""
    payment_status: str
    """paid, unpaid or no_payment_required"""
    intent_status: str
    """What the bank says, where it was asked for: processing, succeeded, requires_payment_method …"""
    payment_intent_id: str
    amount_minor: int
    currency: str
    livemode: bool
    url: str
    created_at: datetime
    expires_at: datetime

    @classmethod
    def read(cls, answer: dict[str, Any]) -> Self:
        intent = answer.get("payment_intent") or {}
        if isinstance(intent, str):
            intent = {"id": intent}
        return cls(
            id=answer["id"],
            payment_id=answer.get("client_reference_id") or _metadata(answer).get("payment", ""),
            status=answer["status"],
            payment_status=answer["payment_status"],
            intent_status=intent.get("status", ""),
            payment_intent_id=intent.get("id", ""),
            amount_minor=answer["amount_total"] or 0,
            currency=(answer["currency"] or "").upper(),
            livemode=answer["livemode"],
            url=answer["url"] or "",
            created_at=moment(answer["created"]),
            expires_at=moment(answer["expires_at"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundAnswer:
    """One refund as Stripe has it now."""

    id: str
    refund_id: str
    """Our refund row's id, as we gave it; empty for a refund made at Stripe's dashboard."""
    payment_intent_id: str
    status: str
    """pending, requires_action, succeeded, failed or canceled"""
    amount_minor: int
    currency: str
    failure_reason: str
    created_at: datetime

    @classmethod
    def read(cls, answer: dict[str, Any]) -> Self:
        return cls(
            id=answer["id"],
            refund_id=_metadata(answer).get("refund", ""),
            payment_intent_id=answer.get("payment_intent") or "",
            status=answer["status"] or "pending",
            amount_minor=answer["amount"],
            currency=answer["currency"].upper(),
            failure_reason=answer.get("failure_reason") or "",
            created_at=moment(answer["created"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeAnswer:
    """A cardholder's bank wants a payment back."""

    id: str
    payment_intent_id: str
    status: str
    """needs_response, under_review, won, lost, or one of their warning_ forms"""
    due_by: datetime | None

    @classmethod
    def read(cls, answer: dict[str, Any]) -> Self:
        due_by = answer["evidence_details"].get("due_by")
        return cls(
            id=answer["id"],
            payment_intent_id=answer.get("payment_intent") or "",
            status=answer["status"],
            due_by=moment(due_by) if due_by else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNotice:
    """That something happened to one object. What is true now is asked of Stripe, not read from here."""

    id: str
    kind: str
    object_id: str
    livemode: bool
    api_version: str
    created_at: datetime

    @classmethod
    def read(cls, answer: dict[str, Any]) -> Self:
        if answer["object"] != "event":
            raise ValueError("This is not an event.")
        return cls(
            id=text(answer["id"]),
            kind=text(answer["type"]),
            object_id=text(answer["data"]["object"].get("id") or ""),
            livemode=bool(answer["livemode"]),
            api_version=answer.get("api_version") or "",
            created_at=moment(answer["created"]),
        )


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("An id or a kind is text.")
    return value


def _metadata(answer: dict[str, Any]) -> dict[str, str]:
    return answer.get("metadata") or {}
