"""The hosted page, used as a browser without scripts would."""

import re
from typing import Any

import httpx
import pytest
import stripe

from config.demo.stripe import DECLINED, NEEDS_AUTHENTICATION, SUCCEEDS, StandIn
from tests.gateways.stripe_requests import session_parameters


def create(client: stripe.StripeClient, **changes: Any) -> stripe.checkout.Session:
    return client.v1.checkout.sessions.create(session_parameters(**changes))  # type: ignore[arg-type]


@pytest.fixture
def session(client: stripe.StripeClient) -> stripe.checkout.Session:
    return create(client, success_url="http://localhost:8000/back?session={CHECKOUT_SESSION_ID}")


def url(session: stripe.checkout.Session) -> str:
    assert session.url is not None
    return session.url


def test_it_says_what_and_how_much(session: stripe.checkout.Session) -> None:
    page = httpx.get(url(session)).text
    assert "£64.00" in page
    assert "Appointment, Oakmont Physio, 3 Dec" in page


def test_it_says_that_no_money_moves(session: stripe.checkout.Session) -> None:
    assert "No money moves here" in httpx.get(url(session)).text


def test_paying_leads_back_to_the_clinic(session: stripe.checkout.Session, stand_in: StandIn) -> None:
    answer = httpx.post(url(session), data={"card": SUCCEEDS})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://localhost:8000/back?session={session.id}"
    assert stand_in.session(session.id)["payment_status"] == "paid"


def test_a_typed_number_counts_instead_of_the_list(session: stripe.checkout.Session) -> None:
    answer = httpx.post(url(session), data={"card": SUCCEEDS, "number": "4000 0000 0000 0002"})
    assert "declined" in answer.text


def test_a_declined_card_may_be_followed_by_another(session: stripe.checkout.Session) -> None:
    answer = httpx.post(url(session), data={"card": DECLINED})
    assert (answer.status_code, "Nothing was charged" in answer.text) == (402, True)
    assert httpx.post(url(session), data={"card": SUCCEEDS}).status_code == 303


@pytest.mark.parametrize(("bank", "status"), [("approve", "paid"), ("decline", "unpaid")])
def test_the_bank_asks_and_its_answer_counts(
    session: stripe.checkout.Session, stand_in: StandIn, bank: str, status: str
) -> None:
    asked = httpx.post(url(session), data={"card": NEEDS_AUTHENTICATION})
    assert "Your bank asks" in asked.text
    httpx.post(url(session), data={"number": NEEDS_AUTHENTICATION, "bank": bank})
    assert stand_in.session(session.id)["payment_status"] == status


def test_a_number_that_is_no_test_card_is_not_taken(session: stripe.checkout.Session) -> None:
    assert "not one of the test cards" in httpx.post(url(session), data={"number": "1234"}).text


def test_there_is_a_way_back(session: stripe.checkout.Session) -> None:
    assert 'href="http://localhost:8000/pay/cancelled"' in httpx.get(url(session)).text


@pytest.mark.parametrize("closing", ["paid", "expired"])
def test_a_closed_page_says_completed_or_timed_out(
    session: stripe.checkout.Session, stand_in: StandIn, closing: str
) -> None:
    if closing == "paid":
        stand_in.pay(session.id)
    else:
        stand_in.advance_clock(32 * 60)
    for answer in (httpx.get(url(session)), httpx.post(url(session), data={"card": SUCCEEDS})):
        assert "completed or timed out" in answer.text


def test_an_unknown_page_is_not_found(stand_in: StandIn) -> None:
    assert httpx.get(f"{stand_in.base_address}/pay/cs_test_unknown").status_code == 404


def test_saving_a_card_asks_for_no_money(client: stripe.StripeClient) -> None:
    parameters = session_parameters(mode="setup")
    for name in ("line_items", "payment_intent_data"):
        del parameters[name]
    page = httpx.get(url(client.v1.checkout.sessions.create(parameters))).text  # type: ignore[arg-type]
    assert "Nothing to pay today" in page
    assert "Save the card" in page


def test_words_from_outside_are_shown_as_words(client: stripe.StripeClient) -> None:
    parameters = session_parameters(customer_email='"><script>@mail.example')
    parameters["line_items"][0]["price_data"]["product_data"]["name"] = "<script>alert(1)</script>"
    page = httpx.get(url(client.v1.checkout.sessions.create(parameters))).text  # type: ignore[arg-type]
    assert "<script>" not in page


def test_it_needs_no_script_and_nothing_from_elsewhere(session: stripe.checkout.Session) -> None:
    page = httpx.get(url(session))
    assert "<script" not in page.text
    assert re.findall(r'(?:src|href)="(?!data:|http://localhost:8000/)', page.text) == []
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


def test_a_browser_may_follow_the_form_to_the_clinic(session: stripe.checkout.Session) -> None:
    policy = httpx.get(url(session)).headers["Content-Security-Policy"]
    assert "form-action 'self' http://localhost:8000" in policy
