"""The product's gateway against the stand-in, through the real SDK and real HTTP: refunds and the lists."""

from uuid import uuid4

import pytest

from booking.gateways.stripe import IdempotencyConflict, Refused, StripeGateway
from booking.gateways.stripe_answers import RefundAnswer
from booking.rules.checkout import refund_parameters
from config.demo.stripe import StandIn
from tests.gateways.stripe_requests import an_hour_ago, session_parameters


@pytest.fixture
def payment_intent_id(gateway: StripeGateway, stand_in: StandIn) -> str:
    """£64 that came in."""
    session = gateway.create_checkout_session(parameters=session_parameters(), idempotency_key="paid")
    stand_in.pay(session.id)
    return gateway.retrieve_session(session_id=session.id).payment_intent_id


def refund(gateway: StripeGateway, payment_intent_id: str, amount_minor: int, key: str = "") -> RefundAnswer:
    ours = uuid4()
    parameters = refund_parameters(
        refund_id=ours, payment_intent_id=payment_intent_id, amount_minor=amount_minor
    )
    return gateway.create_refund(parameters=parameters, idempotency_key=key or str(ours))


def test_a_refund_comes_back_with_its_state(gateway: StripeGateway, payment_intent_id: str) -> None:
    answer = refund(gateway, payment_intent_id, 1000)
    assert (answer.status, answer.amount_minor, answer.currency) == ("succeeded", 1000, "GBP")


def test_several_refunds_share_one_payment(gateway: StripeGateway, payment_intent_id: str) -> None:
    for _ in range(3):
        refund(gateway, payment_intent_id, 1000)
    assert [answer.amount_minor for answer in gateway.refunds_of(payment_intent_id=payment_intent_id)] == [
        1000
    ] * 3


def test_more_than_was_charged_is_refused(gateway: StripeGateway, payment_intent_id: str) -> None:
    with pytest.raises(Refused):
        refund(gateway, payment_intent_id, 6401)


def test_a_charge_that_is_all_refunded_says_so(gateway: StripeGateway, payment_intent_id: str) -> None:
    refund(gateway, payment_intent_id, 6400)
    with pytest.raises(Refused, match="charge_already_refunded"):
        refund(gateway, payment_intent_id, 1)


def test_a_disputed_charge_is_not_refunded(
    gateway: StripeGateway, payment_intent_id: str, stand_in: StandIn
) -> None:
    stand_in.dispute(payment_intent_id)
    with pytest.raises(Refused, match="charge_disputed"):
        refund(gateway, payment_intent_id, 1)


def test_the_same_key_with_another_amount_is_a_conflict(
    gateway: StripeGateway, payment_intent_id: str
) -> None:
    refund(gateway, payment_intent_id, 1000, key="same")
    with pytest.raises(IdempotencyConflict):
        refund(gateway, payment_intent_id, 2000, key="same")


def test_a_refund_that_fails_later_says_why(
    gateway: StripeGateway, payment_intent_id: str, stand_in: StandIn
) -> None:
    answer = refund(gateway, payment_intent_id, 1000)
    stand_in.fail_refund(answer.id)
    found = gateway.retrieve_refund(stripe_refund_id=answer.id)
    assert (found.status, found.failure_reason) == ("failed", "expired_or_canceled_card")


def test_a_refund_made_at_the_dashboard_is_in_the_list_without_an_id_of_ours(
    gateway: StripeGateway, payment_intent_id: str, stand_in: StandIn
) -> None:
    stand_in.refund_at_the_dashboard(payment_intent_id, 500)
    [found] = gateway.refunds_since(an_hour_ago())
    assert (found.refund_id, found.payment_intent_id) == ("", payment_intent_id)


def test_events_tell_which_object_they_are_about(gateway: StripeGateway, payment_intent_id: str) -> None:
    answer = refund(gateway, payment_intent_id, 1000)
    about = {event.kind: event.object_id for event in gateway.events_since(an_hour_ago())}
    assert about["refund.created"] == answer.id
