"""Which webhooks are believed. Everything else is one error, which the door answers with 400."""

import hashlib
import hmac
import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from booking.gateways.stripe import BadSignature, StripeGateway
from booking.gateways.stripe_answers import EventNotice

SECRET = "whsec_for_this_test"
NOW = datetime(2026, 12, 3, 10, 20, tzinfo=UTC)
EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "created": 1796293200,
    "livemode": False,
    "api_version": "2026-10-28.endive",
    "data": {"object": {"id": "cs_test_1", "object": "checkout.session"}},
}


@pytest.fixture
def gateway() -> StripeGateway:
    """Nothing here reaches the network."""
    return StripeGateway.connect(key="sk_test_0", webhook_secret=SECRET)


def signed(body: bytes, *, at: datetime = NOW, secret: str = SECRET) -> str:
    moment = int(at.timestamp())
    digest = hmac.new(secret.encode(), b"%d." % moment + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def verify(gateway: StripeGateway, body: bytes, signature: str) -> EventNotice:
    return gateway.verify_webhook(body=body, signature=signature, now=NOW)


BODY = json.dumps(EVENT).encode()


def test_an_event_from_stripe_is_believed(gateway: StripeGateway) -> None:
    event = verify(gateway, BODY, signed(BODY))
    assert (event.id, event.kind, event.object_id) == ("evt_1", "checkout.session.completed", "cs_test_1")


def test_an_event_signed_with_an_old_and_a_new_secret_is_believed(gateway: StripeGateway) -> None:
    other = signed(BODY, secret="whsec_new").split(",")[1]
    assert verify(gateway, BODY, f"{signed(BODY)},{other}").id == "evt_1"


@pytest.mark.parametrize("minutes", [-5, 5])
def test_clocks_may_differ_by_five_minutes(gateway: StripeGateway, minutes: int) -> None:
    assert verify(gateway, BODY, signed(BODY, at=NOW + timedelta(minutes=minutes))).id == "evt_1"


@pytest.mark.parametrize(
    "seconds", [-301, 301, 86_400 * 365 * 50], ids=["too old", "from the future", "from the far future"]
)
def test_another_time_is_refused(gateway: StripeGateway, seconds: int) -> None:
    with pytest.raises(BadSignature):
        verify(gateway, BODY, signed(BODY, at=NOW + timedelta(seconds=seconds)))


def test_a_second_timestamp_does_not_make_it_young(gateway: StripeGateway) -> None:
    old = signed(BODY, at=NOW - timedelta(hours=1))
    with pytest.raises(BadSignature):
        verify(gateway, BODY, f"{old},t={int(NOW.timestamp())}")


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "nonsense",
        "t=,v1=",
        "t=1796293200",
        "v1=abc",
        f"t={int(NOW.timestamp())},v1=abc",
        f"t={int(NOW.timestamp())},v0=abc",
        f"t={int(NOW.timestamp())},v1=schlüssel",
        "t=" + "9" * 5000 + ",v1=abc",
        "t=\x00,v1=\x00",
    ],
    ids=["none", "nonsense", "empty", "no v1", "no t", "wrong", "v0", "not ASCII", "too long", "nul"],
)
def test_a_wrong_signature_is_refused(gateway: StripeGateway, signature: str) -> None:
    with pytest.raises(BadSignature):
        verify(gateway, BODY, signature)


def test_another_secret_is_refused(gateway: StripeGateway) -> None:
    with pytest.raises(BadSignature):
        verify(gateway, BODY, signed(BODY, secret="whsec_somebody_else"))


def test_an_altered_body_is_refused(gateway: StripeGateway) -> None:
    with pytest.raises(BadSignature):
        verify(gateway, BODY.replace(b"cs_test_1", b"cs_test_2"), signed(BODY))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe not utf-8",
        b"not json",
        b"[]",
        b"null",
        b'"event"',
        b"{}",
        json.dumps(EVENT | {"object": "v2.core.event"}).encode(),
        json.dumps(EVENT | {"data": None}).encode(),
        json.dumps(EVENT | {"data": {"object": "cs_test_1"}}).encode(),
        json.dumps(EVENT | {"id": 7}).encode(),
        json.dumps(EVENT | {"created": "now"}).encode(),
    ],
)
def test_what_is_signed_but_no_event_is_refused(gateway: StripeGateway, body: bytes) -> None:
    with pytest.raises(BadSignature):
        verify(gateway, body, signed(body))


def test_an_empty_secret_believes_nobody() -> None:
    careless = StripeGateway.connect(key="sk_test_0", webhook_secret="")
    with pytest.raises(BadSignature):
        verify(careless, BODY, signed(BODY, secret=""))


def test_another_api_version_is_believed_and_logged(
    gateway: StripeGateway, caplog: pytest.LogCaptureFixture
) -> None:
    body = json.dumps(EVENT | {"api_version": "2020-08-27"}).encode()
    with caplog.at_level(logging.WARNING):
        assert verify(gateway, body, signed(body)).id == "evt_1"
    assert "2020-08-27" in caplog.text
