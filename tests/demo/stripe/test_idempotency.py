"""Keys as Stripe treats them: the first answer is kept, also a 500; another request under it is an error."""

import threading
from typing import Any

import pytest
import stripe

from config.demo.stripe import StandIn
from tests.gateways.stripe_requests import session_parameters

ADDRESS = "POST /v1/checkout/sessions"


def create(client: stripe.StripeClient, parameters: dict[str, Any], key: str = "key") -> str:
    return client.v1.checkout.sessions.create(parameters, {"idempotency_key": key}).id  # type: ignore[arg-type]


def test_the_first_answer_is_replayed(client: stripe.StripeClient, stand_in: StandIn) -> None:
    parameters = session_parameters()
    assert create(client, parameters) == create(client, parameters)
    assert len(stand_in.objects("checkout.session")) == 1


def test_other_parameters_under_the_same_key_are_an_error(client: stripe.StripeClient) -> None:
    create(client, session_parameters())
    with pytest.raises(stripe.IdempotencyError) as caught:
        create(client, session_parameters())
    assert caught.value.http_status == 400


def test_another_address_under_the_same_key_is_an_error(client: stripe.StripeClient) -> None:
    session = create(client, session_parameters())
    with pytest.raises(stripe.IdempotencyError):
        client.v1.checkout.sessions.expire(session, None, {"idempotency_key": "key"})


@pytest.mark.parametrize(("kind", "made"), [("error_before", 0), ("error_after", 1)])
def test_a_500_is_kept_and_replayed(
    client: stripe.StripeClient, stand_in: StandIn, kind: str, made: int
) -> None:
    stand_in.fault(kind)
    parameters = session_parameters()
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            create(client, parameters)
    assert len(stand_in.objects("checkout.session")) == made


def test_a_refusal_for_wrong_parameters_is_not_kept(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        create(client, session_parameters(ui_mode="hosted"))
    assert create(client, session_parameters())


@pytest.mark.parametrize("kind", ["conflict", "rate_limit"])
def test_neither_409_nor_429_is_kept(client: stripe.StripeClient, stand_in: StandIn, kind: str) -> None:
    stand_in.fault(kind)
    parameters = session_parameters()
    with pytest.raises(stripe.StripeError):
        create(client, parameters)
    assert create(client, parameters)


def test_a_key_lives_for_a_day(client: stripe.StripeClient, stand_in: StandIn) -> None:
    parameters = session_parameters()
    del parameters["expires_at"]
    first = create(client, parameters)
    stand_in.advance_clock(24 * 60 * 60 + 1)
    assert create(client, parameters) != first


def test_the_same_key_at_the_same_moment_is_a_conflict(
    client: stripe.StripeClient, stand_in: StandIn
) -> None:
    stand_in.fault("delay", seconds=0.3)
    parameters, outcomes = session_parameters(), []

    def attempt() -> None:
        try:
            outcomes.append(create(client, parameters))
        except stripe.APIError as error:
            outcomes.append(str(error.http_status))

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "409" in outcomes
    assert len(stand_in.objects("checkout.session")) == 1


def test_a_dropped_answer_is_replayed_to_whoever_asks_again(
    client: stripe.StripeClient, stand_in: StandIn
) -> None:
    stand_in.fault("drop")
    parameters = session_parameters()
    with pytest.raises(stripe.APIConnectionError):
        create(client, parameters)
    assert create(client, parameters) == stand_in.objects("checkout.session")[0]["id"]


def test_a_fault_strikes_only_where_it_was_told_to(client: stripe.StripeClient, stand_in: StandIn) -> None:
    stand_in.fault("drop", on="POST /v1/refunds")
    assert create(client, session_parameters())


def test_the_log_tells_who_asked_what_under_which_key(client: stripe.StripeClient, stand_in: StandIn) -> None:
    create(client, session_parameters(), key="mine")
    assert stand_in.requests() == [(ADDRESS, "mine", 200)]
