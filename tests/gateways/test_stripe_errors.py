"""What the gateway makes of bad days: did it happen, did it not, or can nobody say?"""

from typing import Any

import pytest
import stripe
from django.conf import settings

from booking.gateways.stripe import (
    IdempotencyConflict,
    Refused,
    StripeGateway,
    Unreachable,
    gateway_from_settings,
)
from config.demo.stripe import KEY, StandIn
from tests.gateways.stripe_requests import session_parameters


def create(gateway: StripeGateway, **changes: Any) -> str:
    return gateway.create_checkout_session(
        parameters=session_parameters(**changes), idempotency_key="the key"
    ).id


def test_an_answer_lost_on_the_way_is_asked_for_again(gateway: StripeGateway, stand_in: StandIn) -> None:
    stand_in.fault("drop")
    create(gateway)
    assert len(stand_in.objects("checkout.session")) == 1


def test_retries_of_one_call_carry_one_key(gateway: StripeGateway, stand_in: StandIn) -> None:
    stand_in.fault("drop")
    create(gateway)
    assert [key for _, key, _ in stand_in.requests()] == ["the key", "the key"]


@pytest.mark.parametrize(
    "kind", ["unreachable", "drop", "error_before", "error_after", "rate_limit", "conflict"]
)
def test_without_a_clear_answer_nobody_can_say(gateway: StripeGateway, stand_in: StandIn, kind: str) -> None:
    stand_in.fault(kind, times=None)
    with pytest.raises(Unreachable):
        create(gateway)


@pytest.mark.parametrize(
    ("kind", "answered"), [("unreachable", False), ("drop", False), ("error_after", True)]
)
def test_it_says_whether_stripe_was_there_at_all(
    gateway: StripeGateway, stand_in: StandIn, kind: str, answered: bool
) -> None:
    stand_in.fault(kind, times=None)
    with pytest.raises(Unreachable) as caught:
        create(gateway)
    assert caught.value.answered is answered


def test_a_conflict_that_passes_is_waited_out(gateway: StripeGateway, stand_in: StandIn) -> None:
    stand_in.fault("conflict")
    assert create(gateway).startswith("cs_")


def test_a_stopped_supplier_is_unreachable(gateway: StripeGateway, stand_in: StandIn) -> None:
    stand_in.stop_listening()
    with pytest.raises(Unreachable):
        create(gateway)


def test_a_slow_supplier_is_unreachable(stand_in: StandIn) -> None:
    client = stripe.StripeClient(
        KEY,
        base_addresses={"api": stand_in.base_address},
        http_client=stripe.RequestsClient(timeout=(1, 0.1)),
    )
    hasty = StripeGateway(client=client, webhook_secret="", livemode=False)
    stand_in.fault("delay", seconds=0.4)
    with pytest.raises(Unreachable):
        create(hasty)


def test_a_wrong_request_is_refused_with_a_code(gateway: StripeGateway) -> None:
    with pytest.raises(Refused, match="parameter_unknown"):
        create(gateway, payment_method_types=["card"])


def test_an_amount_below_the_least_is_refused(gateway: StripeGateway) -> None:
    parameters = session_parameters()
    parameters["line_items"][0]["price_data"]["unit_amount"] = 29
    with pytest.raises(Refused, match="amount_too_small"):
        gateway.create_checkout_session(parameters=parameters, idempotency_key="small")


def test_a_key_used_for_something_else_is_a_conflict(gateway: StripeGateway) -> None:
    create(gateway)
    with pytest.raises(IdempotencyConflict):
        create(gateway, success_url="http://localhost:8000/elsewhere")


def test_a_key_that_is_not_accepted_is_no_refusal_of_the_request(stand_in: StandIn) -> None:
    stranger = StripeGateway.connect(key="not_a_key", webhook_secret="", base_address=stand_in.base_address)
    with pytest.raises(Unreachable):
        create(stranger)


@pytest.mark.parametrize("key", ["sk_live_0", "rk_live_0"])
def test_a_live_key_goes_to_stripe_only(key: str) -> None:
    with pytest.raises(ValueError, match="live key"):
        StripeGateway.connect(key=key, webhook_secret="", base_address="http://127.0.0.1:1")


def test_a_live_key_may_go_to_stripe() -> None:
    assert StripeGateway.connect(key="sk_live_0", webhook_secret="").livemode


def test_the_gateway_waits_ten_seconds_and_tries_three_times(gateway: StripeGateway) -> None:
    requestor = gateway.client._requestor
    assert isinstance(requestor._client, stripe.RequestsClient)
    assert (requestor._client._timeout, requestor._options.max_network_retries) == ((3, 10), 2)


def test_without_a_key_there_is_no_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STRIPE_SECRET_KEY", "")
    with pytest.raises(ValueError, match="STRIPE_SECRET_KEY"):
        gateway_from_settings()
