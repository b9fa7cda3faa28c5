"""Webhooks as they arrive at a real HTTP address: signed, repeated, late, twice, in any order."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import stripe

from config.demo.stripe import WEBHOOK_SECRET, StandIn
from tests.gateways.stripe_requests import session_parameters


class Clinic(HTTPServer):
    """Keeps what it is sent, and answers what it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hears)
        self.heard: list[tuple[bytes, str]] = []
        self.arrived: list[float] = []
        self.answers: list[int] = []

    def kinds(self) -> list[str]:
        return [json.loads(body)["type"] for body, _ in self.heard]


class Hears(BaseHTTPRequestHandler):
    server: Clinic

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((body, self.headers["Stripe-Signature"]))
        self.server.arrived.append(time.monotonic())
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.end_headers()

    def log_message(self, format: str, *values: object) -> None:
        pass


@pytest.fixture
def clinic() -> Iterator[Clinic]:
    server = Clinic()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def sender(clinic: Clinic) -> Iterator[StandIn]:
    address = f"http://127.0.0.1:{clinic.server_port}/webhooks/stripe/"
    with StandIn(webhook_url=address, webhook_secret=WEBHOOK_SECRET, webhook_wait=0.02) as stand_in:
        yield stand_in


def expire_one(sender: StandIn) -> None:
    """The shortest way to exactly one event."""
    client = stripe.StripeClient(sender.key, base_addresses={"api": sender.base_address})
    session = client.v1.checkout.sessions.create(session_parameters())  # type: ignore[arg-type]
    client.v1.checkout.sessions.expire(session.id)


def pay_one(sender: StandIn) -> None:
    client = stripe.StripeClient(sender.key, base_addresses={"api": sender.base_address})
    sender.pay(client.v1.checkout.sessions.create(session_parameters()).id)  # type: ignore[arg-type]


def wait_until(fact: Callable[[], bool], seconds: float = 5) -> None:
    limit = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < limit, "It did not happen in time."
        time.sleep(0.01)


def verified(clinic: Clinic, index: int = 0) -> stripe.Event:
    body, signature = clinic.heard[index]
    return stripe.Webhook.construct_event(body, signature, WEBHOOK_SECRET)


def test_an_event_arrives_signed(clinic: Clinic, sender: StandIn) -> None:
    expire_one(sender)
    wait_until(lambda: bool(clinic.heard))
    assert verified(clinic).type == "checkout.session.expired"


def test_what_was_accepted_is_not_sent_again(clinic: Clinic, sender: StandIn) -> None:
    expire_one(sender)
    wait_until(lambda: sender.undelivered() == 0)
    time.sleep(0.2)
    assert len(clinic.heard) == 1
    assert sender.events()[0]["pending_webhooks"] == 0


def test_what_was_refused_is_sent_until_it_is_accepted(clinic: Clinic, sender: StandIn) -> None:
    clinic.answers += [500, 400, 200]
    expire_one(sender)
    wait_until(lambda: sender.undelivered() == 0)
    assert len(clinic.heard) == 3


def test_a_clinic_that_is_away_gets_it_later(clinic: Clinic, sender: StandIn) -> None:
    port = clinic.server_port
    assert sender._postman is not None
    sender._postman.address = "http://127.0.0.1:9/nobody"
    expire_one(sender)
    time.sleep(0.1)
    sender._postman.address = f"http://127.0.0.1:{port}/"
    wait_until(lambda: len(clinic.heard) == 1)


def test_events_can_arrive_twice(clinic: Clinic, sender: StandIn) -> None:
    sender.webhooks(copies=2)
    expire_one(sender)
    wait_until(lambda: len(clinic.heard) == 2)
    assert verified(clinic, 0).id == verified(clinic, 1).id


def test_events_can_arrive_in_another_order(clinic: Clinic, sender: StandIn) -> None:
    sender.webhooks(shuffled=True)
    for _ in range(6):
        pay_one(sender)
    wait_until(lambda: sender.undelivered() == 0)
    sent = [event["type"] for event in sender.events()]
    assert sorted(clinic.kinds()) == sorted(sent)
    assert clinic.kinds() != sent


def test_events_can_be_late(clinic: Clinic, sender: StandIn) -> None:
    sender.webhooks(delay_seconds=0.4)
    before = time.monotonic()
    expire_one(sender)
    wait_until(lambda: len(clinic.arrived) == 1)
    assert clinic.arrived[0] - before >= 0.4


def test_events_can_be_lost_and_stay_in_the_list(clinic: Clinic, sender: StandIn) -> None:
    sender.webhooks(dropped=True)
    expire_one(sender)
    wait_until(lambda: sender.undelivered() == 0)
    assert clinic.heard == []
    assert len(sender.events()) == 1


@pytest.mark.parametrize("wrong", [{"wrongly_signed": True}, {"stale_seconds": 3600}])
def test_signatures_can_be_wrong(clinic: Clinic, sender: StandIn, wrong: dict[str, object]) -> None:
    sender.webhooks(**wrong)
    expire_one(sender)
    wait_until(lambda: bool(clinic.heard))
    with pytest.raises(stripe.SignatureVerificationError):
        verified(clinic)


def test_an_event_can_be_sent_again_by_hand(clinic: Clinic, sender: StandIn) -> None:
    expire_one(sender)
    wait_until(lambda: len(clinic.heard) == 1)
    sender.send_again(sender.events()[0]["id"])
    wait_until(lambda: len(clinic.heard) == 2)


def test_a_session_that_times_out_is_told_of_without_anybody_asking(clinic: Clinic, sender: StandIn) -> None:
    client = stripe.StripeClient(sender.key, base_addresses={"api": sender.base_address})
    client.v1.checkout.sessions.create(session_parameters())  # type: ignore[arg-type]
    sender.advance_clock(32 * 60)
    wait_until(lambda: clinic.kinds() == ["checkout.session.expired"])
