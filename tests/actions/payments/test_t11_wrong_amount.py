"""T11: what was paid is not what was asked for. Nothing is booked, and reception is told."""

from dataclasses import replace
from typing import Any

import pytest

from booking.actions.payments.applying import apply_page
from booking.models import Payment
from tests.actions.payments.scene import Scene, fresh, refunds


def paid_otherwise(scene: Scene, **differently: Any) -> Payment:
    """Stripe's answer, except for what is given here."""
    payment = scene.start(scene.held())
    scene.pay(payment)
    page = scene.gateway.retrieve_session(session_id=payment.stripe_session_id)
    apply_page(page=replace(page, **differently), gateway=scene.gateway, now=scene.now)
    payment.refresh_from_db()
    return payment


@pytest.mark.parametrize(
    "differently",
    [{"amount_minor": 640}, {"amount_minor": 6401}, {"currency": "EUR"}, {"livemode": True}],
    ids=["less", "more", "another currency", "another mode"],
)
def test_it_is_not_confirmed(scene: Scene, differently: dict[str, Any]) -> None:
    payment = paid_otherwise(scene, **differently)
    assert (payment.state, fresh(payment.appointment).status) == ("failed", "held")


def test_reception_reads_what_came_instead(scene: Scene) -> None:
    payment = paid_otherwise(scene, amount_minor=640)
    assert "640 GBP" in payment.problem
    assert "6400 GBP" in payment.problem


def test_nothing_goes_back_by_itself(scene: Scene) -> None:
    assert refunds(paid_otherwise(scene, amount_minor=640)) == []


def test_a_second_page_for_the_same_payment_is_not_believed(scene: Scene) -> None:
    payment = paid_otherwise(scene, id="cs_test_another")
    assert (payment.state, "cs_test_another" in payment.problem) == ("open", True)
