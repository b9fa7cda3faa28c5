"""The door where Stripe knocks: believed or not, kept once, answered at once."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from booking import tasks
from booking.gateways.stripe import gateway_from_settings
from booking.models import StripeEvent
from config.demo.stripe import StandIn
from config.demo.stripe.webhooks import signed
from tests.actions.payments.scene import Scene, fresh
from tests.factories import make_clinic
from tests.gateways.stripe_requests import session_parameters

ADDRESS = "/webhooks/stripe/"
Post = tuple[bytes, str]


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which tasks were asked to look now."""
    bells: list[str] = []
    monkeypatch.setattr("booking.api.webhooks.ring", lambda task: bells.append(task))
    return bells


@pytest.fixture
def post(db: None, stand_in: StandIn, gateway: Any) -> Post:
    """The body and signature of one true event."""
    made = gateway.create_checkout_session(parameters=session_parameters(), idempotency_key="one")
    gateway.expire_session(session_id=made.id)
    return stand_in.webhook(stand_in.events()[0]["id"])


def knock(body: bytes, signature: str) -> int:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        ADDRESS, data=body, content_type="application/json", headers={"Stripe-Signature": signature}
    )
    return answer.status_code


def test_a_true_event_is_kept_and_answered(post: Post, rung: list[str]) -> None:
    assert knock(*post) == 200
    event = StripeEvent.objects.get()
    assert (event.kind, event.state) == ("checkout.session.expired", "received")


def test_a_worker_is_asked_to_look(post: Post, rung: list[str]) -> None:
    knock(*post)
    assert rung == ["booking.tasks.settle_payments"]


def test_the_same_event_again_is_answered_and_changes_nothing(post: Post, rung: list[str]) -> None:
    assert [knock(*post) for _ in range(3)] == [200] * 3
    assert (StripeEvent.objects.count(), len(rung)) == (1, 1)


@pytest.mark.parametrize(
    "signature", ["", "nonsense", "t=1,v1=abc", "t=1,v1=schlüssel"], ids=["none", "odd", "wrong", "not ASCII"]
)
def test_a_wrong_signature_is_a_400(post: Post, rung: list[str], signature: str) -> None:
    assert knock(post[0], signature) == 400
    assert (StripeEvent.objects.count(), rung) == (0, [])


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[]", b"null", b"{}", b"not json"], ids=lambda body: repr(body)
)
def test_what_is_signed_but_no_event_is_a_400(
    post: Post, stand_in: StandIn, rung: list[str], body: bytes
) -> None:
    now = int(time.time())
    digest = hmac.new(stand_in.webhook_secret.encode(), b"%d." % now + body, hashlib.sha256).hexdigest()
    assert knock(body, f"t={now},v1={digest}") == 400


@pytest.mark.parametrize("minutes", [-6, 6], ids=["stale", "from the future"])
def test_another_time_is_a_400(post: Post, stand_in: StandIn, rung: list[str], minutes: int) -> None:
    event = stand_in.events()[0]["id"]
    assert knock(*stand_in.webhook(event, at=int(time.time()) + 60 * minutes)) == 400


def test_another_secret_is_a_400(post: Post, stand_in: StandIn, rung: list[str]) -> None:
    assert knock(*stand_in.webhook(stand_in.events()[0]["id"], secret="whsec_another")) == 400


def test_only_post_is_answered(db: None) -> None:
    assert Client().get(ADDRESS).status_code == 405


def test_where_stripe_is_not_used_there_is_no_door(post: Post, settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = ""
    assert knock(*post) == 404


def test_an_event_of_live_money_is_not_for_a_test_key(stand_in: StandIn, post: Post, rung: list[str]) -> None:
    event = stand_in.events()[0] | {"livemode": True}
    assert knock(*signed(event, secret=stand_in.webhook_secret)) == 200
    assert StripeEvent.objects.count() == 0


@pytest.fixture
def clinic_with_webhooks(
    transactional_db: None, live_server: LiveServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scene]:
    """The site over HTTP, a stand-in that sends it real webhooks, and nobody who hears the bell."""
    monkeypatch.setattr("booking.api.webhooks.ring", lambda task: False)
    address = live_server.url + ADDRESS
    with StandIn(
        webhook_url=address, webhook_secret=settings.STRIPE_WEBHOOK_SECRET, webhook_wait=0.05
    ) as running:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = running.key, running.base_address
        service = make_clinic(minimum_notice_minutes=0, horizon_days=3650)
        yield Scene(service=service, gateway=gateway_from_settings(), stand_in=running, now=timezone.now())


def arrived(scene: Scene) -> None:
    limit = time.monotonic() + 10
    while scene.stand_in.undelivered():
        assert time.monotonic() < limit, "The webhooks did not arrive."
        time.sleep(0.02)


@pytest.mark.parametrize(
    "faults",
    [{}, {"copies": 3}, {"shuffled": True}, {"delay_seconds": 0.3}],
    ids=["as they should", "three times", "shuffled", "late"],
)
def test_over_http_a_payment_becomes_an_appointment(
    clinic_with_webhooks: Scene, faults: dict[str, Any]
) -> None:
    scene = clinic_with_webhooks
    scene.stand_in.webhooks(**faults)
    payment = scene.start(scene.held(starts_at=scene.next_morning()))
    scene.pay(payment)
    arrived(scene)
    tasks.settle_payments()
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("paid", "confirmed")


@pytest.mark.parametrize("faults", [{"wrongly_signed": True}, {"stale_seconds": 3600}, {"dropped": True}])
def test_over_http_what_is_not_believed_or_lost_is_reconciled(
    clinic_with_webhooks: Scene, faults: dict[str, Any]
) -> None:
    scene = clinic_with_webhooks
    scene.stand_in.webhooks(**faults)
    payment = scene.start(scene.held(starts_at=scene.next_morning()))
    scene.pay(payment)
    time.sleep(0.5)
    assert StripeEvent.objects.count() == 0
    tasks.reconcile_payments(hours=2)
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("paid", "confirmed")
