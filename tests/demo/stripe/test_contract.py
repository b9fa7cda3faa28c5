"""Wrong requests are rejected and right ones accepted, as Stripe's current version would."""

from typing import Any

import pytest
import stripe
from stripe.checkout import Session
from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams

from config.demo.stripe import StandIn, contract
from config.demo.stripe.routes import ROUTES
from tests.gateways.stripe_requests import session_parameters

LINE = {"quantity": 1, "price_data": {"currency": "gbp", "unit_amount": 6400, "product_data": {"name": "A"}}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"payment_method_types": ["card"]},
        {"ui_mode": "hosted"},
        {"mode": "pay"},
        {"expires_at": "tomorrow"},
        {"line_items": [LINE | {"quantity": "one"}]},
        {"line_items": [LINE | {"colour": "green"}]},
        {"metadata": {"payment": {"nested": "yes"}}},
        {"allowed_payment_method_types": "card"},
        {"unheard_of": "1"},
    ],
)
def test_a_wrong_request_for_a_session_is_rejected(wrong: dict[str, Any]) -> None:
    assert contract.complaint(session_parameters(**wrong), SessionCreateParams)


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"ui_mode": "hosted_page"},
        {"allowed_payment_method_types": ["card", "link"]},
        {"mode": "setup", "currency": "gbp"},
        {"payment_intent_data": {"setup_future_usage": "off_session"}},
    ],
)
def test_a_right_request_for_a_session_is_accepted(right: dict[str, Any]) -> None:
    assert contract.complaint(session_parameters(**right), SessionCreateParams) is None


def test_an_amount_in_pounds_is_rejected() -> None:
    assert contract.complaint({"payment_intent": "pi_1", "amount": 64.5}, RefundCreateParams)


def test_an_answer_with_an_unknown_field_is_noticed() -> None:
    assert contract.complaint(contract.blank(Session) | {"colour": "green"}, Session)


def test_an_answer_without_a_required_field_is_noticed() -> None:
    answer = contract.blank(Session)
    del answer["payment_status"]
    assert contract.complaint(answer, Session)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_address_is_held_to_types_of_the_sdk(route: Any) -> None:
    assert contract.schema_for(route.takes)["additionalProperties"] is False
    assert {"id", "object"} <= contract.schema_for(route.gives)["properties"].keys()


def refusal(client: stripe.StripeClient, **wrong: Any) -> stripe.InvalidRequestError:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.create(session_parameters(**wrong))  # type: ignore[arg-type]
    return caught.value


def test_over_http_an_unknown_parameter_is_named(client: stripe.StripeClient) -> None:
    error = refusal(client, payment_method_types=["card"])
    assert (error.http_status, error.code, error.param) == (400, "parameter_unknown", "payment_method_types")


def test_over_http_an_old_value_is_refused(client: stripe.StripeClient) -> None:
    assert refusal(client, ui_mode="hosted").param == "ui_mode"


def test_over_http_words_are_no_numbers(client: stripe.StripeClient) -> None:
    error = refusal(client, expires_at="tomorrow")
    assert (error.code, error.param) == ("parameter_invalid_integer", "expires_at")


def test_a_refused_request_makes_nothing(client: stripe.StripeClient, stand_in: StandIn) -> None:
    refusal(client, ui_mode="hosted")
    assert stand_in.objects("checkout.session") == []
