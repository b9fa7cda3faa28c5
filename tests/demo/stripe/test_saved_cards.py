"""Cards on file: saved in setup mode, charged without the patient, taken off again."""

import pytest
import stripe

from config.demo.stripe import StandIn
from tests.gateways.stripe_requests import session_parameters

ALWAYS_ASKS = "4000002760003184"
SAVED_THEN_DECLINED = "4000000000000341"


def save(client: stripe.StripeClient, stand_in: StandIn, number: str) -> tuple[str, str]:
    """Customer and payment method."""
    parameters = session_parameters(mode="setup", customer_creation="always")
    for name in ("line_items", "payment_intent_data"):
        del parameters[name]
    session = client.v1.checkout.sessions.create(parameters)  # type: ignore[arg-type]
    assert stand_in.pay(session.id, number) == "saved"
    found = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["setup_intent"]})
    return str(found.customer), str(found.setup_intent.payment_method)  # type: ignore[union-attr]


def charge(client: stripe.StripeClient, card: tuple[str, str]) -> stripe.PaymentIntent:
    customer, method = card
    return client.v1.payment_intents.create(
        {
            "amount": 3200,
            "currency": "gbp",
            "customer": customer,
            "payment_method": method,
            "off_session": True,
            "confirm": True,
        }
    )


def test_a_saved_card_is_charged_without_the_patient(client: stripe.StripeClient, stand_in: StandIn) -> None:
    assert charge(client, save(client, stand_in, "4242424242424242")).status == "succeeded"


@pytest.mark.parametrize(
    ("number", "code"), [(ALWAYS_ASKS, "authentication_required"), (SAVED_THEN_DECLINED, "card_declined")]
)
def test_a_bank_may_refuse_without_the_patient(
    client: stripe.StripeClient, stand_in: StandIn, number: str, code: str
) -> None:
    card = save(client, stand_in, number)
    with pytest.raises(stripe.CardError) as caught:
        charge(client, card)
    assert caught.value.code == code


def test_a_declined_charge_is_part_of_the_history(client: stripe.StripeClient, stand_in: StandIn) -> None:
    card = save(client, stand_in, SAVED_THEN_DECLINED)
    with pytest.raises(stripe.CardError):
        charge(client, card)
    assert [item["status"] for item in stand_in.objects("charge")] == ["failed"]


def test_a_detached_card_is_charged_no_more(client: stripe.StripeClient, stand_in: StandIn) -> None:
    card = save(client, stand_in, "4242424242424242")
    client.v1.payment_methods.detach(card[1])
    with pytest.raises(stripe.InvalidRequestError):
        charge(client, card)


def test_deleting_a_customer_takes_the_cards_off(client: stripe.StripeClient, stand_in: StandIn) -> None:
    customer, method = save(client, stand_in, "4242424242424242")
    assert [item.id for item in client.v1.customers.payment_methods.list(customer)] == [method]
    client.v1.customers.delete(customer)
    assert client.v1.payment_methods.retrieve(method).customer is None
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.customers.retrieve(customer)
