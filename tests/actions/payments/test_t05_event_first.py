"""T5: we hear that it is paid before we have stored that there is a page."""

from typing import Any

import pytest

from booking.actions.payments.applying import apply_page
from booking.models import Payment
from tests.actions.payments.scene import STORE, Scene, fresh, killed_in
from tests.gateways.stripe_requests import session_parameters


def test_the_event_finds_its_payment_by_metadata(scene: Scene) -> None:
    appointment = scene.held()

    with killed_in(STORE):
        scene.start(appointment)
    payment = Payment.objects.get()
    assert (payment.state, payment.stripe_session_id) == ("created", "")
    scene.stand_in.pay(scene.pages()[0]["id"])
    scene.hear_everything()
    payment.refresh_from_db()
    assert (payment.state, payment.stripe_session_id) == ("paid", scene.pages()[0]["id"])
    assert fresh(appointment).status == "confirmed"


def test_our_own_late_answer_changes_nothing_then(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The event arrives between Stripe's answer and our storing it."""
    appointment = scene.held()

    def hears_first(**kwargs: Any) -> Payment | None:
        scene.stand_in.pay(scene.pages()[0]["id"])
        scene.hear_everything()
        return apply_page(**kwargs)

    monkeypatch.setattr(STORE, hears_first)
    assert scene.start(appointment).state == "paid"
    assert fresh(appointment).status == "confirmed"


def test_a_page_that_is_not_ours_is_nobodys(scene: Scene) -> None:
    parameters = session_parameters(client_reference_id="a shop’s order", metadata={})
    parameters["expires_at"] = int(scene.now.timestamp()) + 31 * 60
    made = scene.gateway.create_checkout_session(parameters=parameters, idempotency_key="shop")
    scene.stand_in.pay(made.id)
    scene.hear_everything()
    assert Payment.objects.count() == 0
