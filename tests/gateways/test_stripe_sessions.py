"""The product's gateway against the stand-in, through the real SDK and real HTTP: pay pages."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from booking.gateways.stripe import StripeGateway
from booking.gateways.stripe_answers import CheckoutSession
from config.demo.stripe import DECLINED, StandIn
from tests.gateways.stripe_requests import an_hour_ago, session_parameters


@pytest.fixture
def session(gateway: StripeGateway) -> CheckoutSession:
    return gateway.create_checkout_session(parameters=session_parameters(), idempotency_key="first")


def test_a_session_is_open_and_has_a_pay_page(session: CheckoutSession, stand_in: StandIn) -> None:
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert session.url.startswith(stand_in.base_address)


def test_a_session_knows_our_payment(gateway: StripeGateway) -> None:
    ours = uuid4()
    session = gateway.create_checkout_session(
        parameters=session_parameters(payment_id=ours), idempotency_key="first"
    )
    assert session.payment_id == str(ours)


def test_amount_and_currency_come_back_as_we_store_them(session: CheckoutSession) -> None:
    assert (session.amount_minor, session.currency) == (6400, "GBP")


def test_a_zero_decimal_currency_is_not_multiplied(gateway: StripeGateway) -> None:
    parameters = session_parameters()
    parameters["line_items"][0]["price_data"]["currency"] = "jpy"
    session = gateway.create_checkout_session(parameters=parameters, idempotency_key="yen")
    assert (session.amount_minor, session.currency) == (6400, "JPY")


def test_a_session_closes_when_we_said(gateway: StripeGateway) -> None:
    parameters = session_parameters()
    session = gateway.create_checkout_session(parameters=parameters, idempotency_key="first")
    assert session.expires_at == datetime.fromtimestamp(parameters["expires_at"], tz=UTC)


def test_the_same_key_gives_the_same_session(gateway: StripeGateway) -> None:
    parameters = session_parameters()
    first, second = (
        gateway.create_checkout_session(parameters=parameters, idempotency_key="same") for _ in range(2)
    )
    assert first.id == second.id


def test_a_paid_session_tells_its_payment_intent(
    gateway: StripeGateway, session: CheckoutSession, stand_in: StandIn
) -> None:
    stand_in.pay(session.id)
    paid = gateway.retrieve_session(session_id=session.id)
    assert (paid.status, paid.payment_status, paid.intent_status) == ("complete", "paid", "succeeded")
    assert paid.payment_intent_id.startswith("pi_")


def test_a_declined_card_leaves_the_session_open(
    gateway: StripeGateway, session: CheckoutSession, stand_in: StandIn
) -> None:
    stand_in.pay(session.id, DECLINED)
    found = gateway.retrieve_session(session_id=session.id)
    assert (found.status, found.intent_status) == ("open", "requires_payment_method")


def test_an_expired_session_can_no_longer_be_paid(gateway: StripeGateway, session: CheckoutSession) -> None:
    assert gateway.expire_session(session_id=session.id).status == "expired"


def test_expiring_what_was_just_paid_answers_complete(
    gateway: StripeGateway, session: CheckoutSession, stand_in: StandIn
) -> None:
    stand_in.pay(session.id)
    answer = gateway.expire_session(session_id=session.id)
    assert (answer.status, answer.payment_status) == ("complete", "paid")


def test_expiring_twice_answers_expired_twice(gateway: StripeGateway, session: CheckoutSession) -> None:
    gateway.expire_session(session_id=session.id)
    assert gateway.expire_session(session_id=session.id).status == "expired"


def test_a_session_whose_answer_was_lost_is_found_by_our_id(gateway: StripeGateway) -> None:
    ours = uuid4()
    made = gateway.create_checkout_session(
        parameters=session_parameters(payment_id=ours), idempotency_key="a"
    )
    gateway.create_checkout_session(parameters=session_parameters(), idempotency_key="b")
    found = gateway.find_session_by_metadata(payment_id=str(ours), since=an_hour_ago())
    assert found is not None
    assert found.id == made.id


def test_a_session_that_was_never_made_is_not_found(gateway: StripeGateway, session: CheckoutSession) -> None:
    assert gateway.find_session_by_metadata(payment_id=str(uuid4()), since=an_hour_ago()) is None


@pytest.mark.slow
def test_every_page_of_a_long_list_is_read(gateway: StripeGateway) -> None:
    for number in range(105):
        gateway.create_checkout_session(parameters=session_parameters(), idempotency_key=f"key {number}")
    assert len({session.id for session in gateway.sessions_since(an_hour_ago())}) == 105
