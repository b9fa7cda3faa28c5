"""Refunds of the stand-in: several, never more than was charged, some slow, some failing afterwards."""

import pytest
import stripe

from config.demo.stripe import StandIn
from tests.gateways.stripe_requests import session_parameters

REFUND_PENDS = "4000000000007726"


def paid(client: stripe.StripeClient, stand_in: StandIn, number: str = "4242424242424242") -> str:
    session = client.v1.checkout.sessions.create(session_parameters())  # type: ignore[arg-type]
    stand_in.pay(session.id, number)
    return str(client.v1.checkout.sessions.retrieve(session.id).payment_intent)


def test_without_an_amount_all_that_is_left_goes_back(client: stripe.StripeClient, stand_in: StandIn) -> None:
    intent = paid(client, stand_in)
    client.v1.refunds.create({"payment_intent": intent, "amount": 1000})
    assert client.v1.refunds.create({"payment_intent": intent}).amount == 5400


def test_the_sum_never_passes_the_charge(client: stripe.StripeClient, stand_in: StandIn) -> None:
    intent = paid(client, stand_in)
    client.v1.refunds.create({"payment_intent": intent, "amount": 6000})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent, "amount": 401})
    assert (caught.value.http_status, caught.value.param) == (400, "amount")


def test_a_failed_refund_can_be_made_again(client: stripe.StripeClient, stand_in: StandIn) -> None:
    intent = paid(client, stand_in)
    stand_in.fail_refund(client.v1.refunds.create({"payment_intent": intent}).id)
    assert client.v1.refunds.create({"payment_intent": intent}).amount == 6400


def test_a_slow_refund_arrives_later(client: stripe.StripeClient, stand_in: StandIn) -> None:
    refund = client.v1.refunds.create({"payment_intent": paid(client, stand_in, REFUND_PENDS)})
    assert refund.status == "pending"
    stand_in.settle_refund(refund.id)
    assert client.v1.refunds.retrieve(refund.id).status == "succeeded"


def test_what_was_not_paid_is_not_refunded(client: stripe.StripeClient, stand_in: StandIn) -> None:
    session = client.v1.checkout.sessions.create(session_parameters())  # type: ignore[arg-type]
    stand_in.pay(session.id, slowly=True)
    intent = str(client.v1.checkout.sessions.retrieve(session.id).payment_intent)
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"payment_intent": intent})


def test_a_dispute_says_by_when_to_answer(client: stripe.StripeClient, stand_in: StandIn) -> None:
    dispute = stand_in.dispute(paid(client, stand_in))
    found = client.v1.disputes.retrieve(dispute["id"])
    assert found.evidence_details.due_by is not None
    assert found.evidence_details.due_by > found.created
