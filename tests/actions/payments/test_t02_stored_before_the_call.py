"""T2: key and parameters are stored before Stripe hears of them, so a killed process leaves one pay page."""

import pytest

from booking.actions.payments.starting import PaymentRefused
from booking.gateways.stripe import StripeGateway, Unreachable
from booking.models import Payment
from tests.actions.payments.scene import CALL, STORE, Killed, Scene, killed_in


def test_the_row_is_there_when_stripe_is_asked(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, object]] = []

    def look(self: StripeGateway, *, parameters: dict[str, object], idempotency_key: str) -> None:
        row = Payment.objects.get(idempotency_key=idempotency_key)
        seen.append(row.parameters)
        assert row.parameters == parameters
        raise Killed

    monkeypatch.setattr(StripeGateway, "create_checkout_session", look)
    with pytest.raises(Killed):
        scene.start(scene.held())
    assert len(seen) == 1


def test_killed_before_the_call_and_tried_again_there_is_one_page(scene: Scene) -> None:
    appointment = scene.held()
    with killed_in(CALL):
        scene.start(appointment)
    assert scene.start(appointment).url == scene.pages()[0]["url"]
    assert len(scene.pages()) == 1


def test_killed_after_the_call_and_tried_again_there_is_one_page(scene: Scene) -> None:
    appointment = scene.held()
    with killed_in(STORE):
        scene.start(appointment)
    assert Payment.objects.get().state == "created"
    assert scene.start(appointment).url == scene.pages()[0]["url"]
    assert len(scene.pages()) == 1


@pytest.mark.parametrize("kind", ["drop", "unreachable"])
def test_without_an_answer_the_row_waits_and_the_next_try_continues(scene: Scene, kind: str) -> None:
    appointment = scene.held()
    scene.stand_in.fault(kind, times=None)
    with pytest.raises(Unreachable):
        scene.start(appointment)
    scene.stand_in.clear_faults()
    assert scene.start(appointment).state == "open"
    assert (Payment.objects.count(), len(scene.pages())) == (1, 1)


def test_a_failure_after_the_page_was_made_is_seen_through(scene: Scene) -> None:
    appointment = scene.held()
    scene.stand_in.fault("error_after", on="POST /v1/checkout/sessions")
    payment = scene.start(appointment)
    assert payment.stripe_session_id == scene.pages()[0]["id"]


def test_a_first_try_too_old_for_stripe_is_replaced(scene: Scene) -> None:
    appointment = scene.held()
    with killed_in(CALL):
        scene.start(appointment)
    scene.wait(minutes=5)
    assert scene.start(appointment).state == "open"
    assert sorted(Payment.objects.values_list("state", "attempt")) == [("failed", 1), ("open", 2)]


def test_what_stripe_refuses_is_said_with_its_code(scene: Scene) -> None:
    scene.service.price_minor = 29
    scene.service.save()
    with pytest.raises(PaymentRefused, match="amount_too_small"):
        scene.start(scene.held())
    assert "amount_too_small" in Payment.objects.get().problem


def test_what_stripe_is_told_holds_no_health_data(scene: Scene) -> None:
    scene.service.name = "Dry needling follow-up"
    scene.service.save()
    payment = scene.start(scene.held())
    assert "needling" not in str(payment.parameters).lower()
    [line] = payment.parameters["line_items"]
    assert line["price_data"]["product_data"]["name"] == "Appointment, Oakmont Physio, Thu 3 Dec"
