"""Sessions of the stand-in, and what paying them leaves behind."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stripe
from stripe.checkout import Session

from config.demo.stripe import DECLINED, NEEDS_AUTHENTICATION, StandIn
from tests.gateways.stripe_requests import session_parameters


def create(client: stripe.StripeClient, **changes: Any) -> Session:
    return client.v1.checkout.sessions.create(session_parameters(**changes))  # type: ignore[arg-type]


def seconds_from_now(**span: float) -> int:
    return int((datetime.now(UTC) + timedelta(**span)).timestamp())


@pytest.mark.parametrize("minutes", [29, 24 * 60 + 1])
def test_a_session_stays_open_for_half_an_hour_to_a_day(client: stripe.StripeClient, minutes: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(client, expires_at=seconds_from_now(minutes=minutes))
    assert caught.value.param == "expires_at"


def test_without_a_moment_it_stays_open_for_a_day(client: stripe.StripeClient) -> None:
    parameters = session_parameters()
    del parameters["expires_at"]
    session = client.v1.checkout.sessions.create(parameters)  # type: ignore[arg-type]
    assert session.expires_at - session.created == 24 * 60 * 60


def test_a_session_expires_by_the_clock(client: stripe.StripeClient, stand_in: StandIn) -> None:
    session = create(client)
    stand_in.advance_clock(32 * 60)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert [event["type"] for event in stand_in.events()] == ["checkout.session.expired"]


def test_an_expired_session_cannot_be_paid(client: stripe.StripeClient, stand_in: StandIn) -> None:
    session = create(client)
    stand_in.advance_clock(32 * 60)
    with pytest.raises(Exception, match="no longer open"):
        stand_in.pay(session.id)


def test_only_an_open_session_can_be_expired(client: stripe.StripeClient, stand_in: StandIn) -> None:
    session = create(client)
    stand_in.pay(session.id)
    with pytest.raises(stripe.InvalidRequestError, match="complete"):
        client.v1.checkout.sessions.expire(session.id)


def test_paying_completes_the_session_and_captures_the_money(
    client: stripe.StripeClient, stand_in: StandIn
) -> None:
    session = create(client)
    assert stand_in.pay(session.id) == "paid"
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.payment_intent.latest_charge.amount_captured == 6400  # type: ignore[union-attr]


def test_a_session_is_paid_once(client: stripe.StripeClient, stand_in: StandIn) -> None:
    session = create(client)
    stand_in.pay(session.id)
    with pytest.raises(Exception, match="no longer open"):
        stand_in.pay(session.id)
    assert len(stand_in.objects("charge")) == 1


def test_a_declined_card_leaves_the_session_open_for_another(
    client: stripe.StripeClient, stand_in: StandIn
) -> None:
    session = create(client)
    assert stand_in.pay(session.id, DECLINED) == "declined"
    assert stand_in.pay(session.id) == "paid"
    assert len(stand_in.objects("payment_intent")) == 1


@pytest.mark.parametrize(
    ("answer", "outcome"), [(None, "needs_authentication"), (True, "paid"), (False, "declined")]
)
def test_a_bank_may_ask_first(
    client: stripe.StripeClient, stand_in: StandIn, answer: bool | None, outcome: str
) -> None:
    session = create(client)
    assert stand_in.pay(session.id, NEEDS_AUTHENTICATION, authenticated=answer) == outcome


@pytest.mark.parametrize(
    ("succeeded", "payment_status", "event"),
    [
        (True, "paid", "checkout.session.async_payment_succeeded"),
        (False, "unpaid", "checkout.session.async_payment_failed"),
    ],
)
def test_a_slow_payment_is_decided_later(
    client: stripe.StripeClient, stand_in: StandIn, succeeded: bool, payment_status: str, event: str
) -> None:
    session = create(client)
    assert stand_in.pay(session.id, slowly=True) == "processing"
    waiting = client.v1.checkout.sessions.retrieve(session.id)
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    stand_in.settle_payment(str(waiting.payment_intent), succeeded=succeeded)
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == payment_status
    assert stand_in.events()[-1]["type"] == event


def test_events_come_in_the_order_in_which_things_happened(
    client: stripe.StripeClient, stand_in: StandIn
) -> None:
    stand_in.pay(create(client).id)
    assert [event["type"] for event in stand_in.events()] == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_the_list_is_filtered_and_paged(client: stripe.StripeClient, stand_in: StandIn) -> None:
    made = [create(client).id for _ in range(5)]
    stand_in.pay(made[0])
    assert [s.id for s in client.v1.checkout.sessions.list({"status": "complete"})] == [made[0]]
    first = client.v1.checkout.sessions.list({"limit": 2})
    assert ([s.id for s in first], first.has_more) == ([made[4], made[3]], True)
    assert [s.id for s in first.auto_paging_iter()] == made[::-1]


def test_the_list_knows_dates(client: stripe.StripeClient) -> None:
    create(client)
    tomorrow = seconds_from_now(days=1)
    assert list(client.v1.checkout.sessions.list({"created": {"gte": tomorrow}})) == []


def test_line_items_are_given_on_request(client: stripe.StripeClient) -> None:
    session = create(client)
    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["line_items"]})
    assert found.line_items is not None
    assert found.line_items.data[0].description == "Appointment, Oakmont Physio, 3 Dec"


def test_a_payment_intent_is_found_by_metadata(client: stripe.StripeClient, stand_in: StandIn) -> None:
    parameters = session_parameters()
    stand_in.pay(client.v1.checkout.sessions.create(parameters).id)  # type: ignore[arg-type]
    query = f"metadata['payment']:'{parameters['metadata']['payment']}' AND status:'succeeded'"
    assert len(client.v1.payment_intents.search({"query": query}).data) == 1
    assert client.v1.payment_intents.search({"query": "metadata['payment']:'other'"}).data == []


def test_a_live_key_is_refused(stand_in: StandIn) -> None:
    client = stripe.StripeClient("sk_live_0", base_addresses={"api": stand_in.base_address})
    with pytest.raises(stripe.AuthenticationError, match="live"):
        create(client)


def test_it_listens_on_this_machine_only(stand_in: StandIn) -> None:
    assert stand_in.base_address.startswith("http://127.0.0.1:")
