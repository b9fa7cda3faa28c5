"""What Stripe is told, and what it is never told."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from booking.rules.checkout import checkout_parameters, refund_parameters

PAYMENT = UUID("00000000-0000-4000-8000-000000000001")


def parameters() -> dict[str, Any]:
    return checkout_parameters(
        payment_id=PAYMENT,
        amount_minor=6400,
        currency="GBP",
        description="Appointment, Oakmont Physio, 3 Dec",
        email="elena.marsh@mail.example",
        expires_at=datetime(2026, 12, 3, 10, 51, tzinfo=UTC),
        success_url="https://oakmont.example/back",
        cancel_url="https://oakmont.example/cancelled",
    )


def test_cards_are_allowed_in_the_way_this_api_version_knows() -> None:
    assert parameters()["allowed_payment_method_types"] == ["card"]
    assert "payment_method_types" not in parameters()


def test_the_page_is_stripes_own() -> None:
    assert parameters()["ui_mode"] == "hosted_page"


def test_the_only_words_are_neutral() -> None:
    line = parameters()["line_items"][0]
    assert line["price_data"]["product_data"] == {"name": "Appointment, Oakmont Physio, 3 Dec"}


def test_metadata_holds_an_opaque_id_and_nothing_else() -> None:
    assert parameters()["metadata"] == {"payment": str(PAYMENT)}
    assert parameters()["client_reference_id"] == str(PAYMENT)


def test_the_closing_moment_is_in_seconds() -> None:
    assert parameters()["expires_at"] == 1796295060


def test_a_refund_names_its_payment_and_our_row() -> None:
    assert refund_parameters(refund_id=PAYMENT, payment_intent_id="pi_1", amount_minor=3200) == {
        "payment_intent": "pi_1",
        "amount": 3200,
        "metadata": {"refund": str(PAYMENT)},
    }
