"""T6: the bank takes its time. The hold waits for it, but not for ever."""

import pytest

from booking.actions.holds import lapse_overdue_holds
from booking.models import Payment
from tests.actions.payments.scene import Scene, fresh
from tests.factories import NOW


@pytest.fixture
def waiting(scene: Scene) -> Payment:
    """Paid slowly, half an hour into the hold; we have heard that the bank is working on it."""
    payment = scene.start(scene.held())
    scene.wait(minutes=29)
    scene.pay(payment, slowly=True)
    scene.hear_everything()
    payment.refresh_from_db()
    return payment


def bank_says(scene: Scene, payment: Payment, *, succeeded: bool) -> None:
    scene.stand_in.settle_payment(payment.stripe_payment_intent_id, succeeded=succeeded)
    scene.hear_everything()


def test_it_is_with_the_bank_and_the_hold_is_stretched(scene: Scene, waiting: Payment) -> None:
    assert waiting.state == "processing"
    assert fresh(waiting.appointment).hold_expires_at > NOW.replace(hour=8, minute=41)


def test_later_it_succeeds(scene: Scene, waiting: Payment) -> None:
    scene.wait(minutes=20)
    bank_says(scene, waiting, succeeded=True)
    assert (fresh(waiting).state, fresh(waiting.appointment).status) == ("paid", "confirmed")


def test_later_it_fails_and_the_time_is_kept_to_try_again(scene: Scene, waiting: Payment) -> None:
    scene.wait(minutes=20)
    bank_says(scene, waiting, succeeded=False)
    assert (fresh(waiting).state, fresh(waiting.appointment).status) == ("failed", "held")
    again = scene.start(waiting.appointment)
    scene.pay(again)
    scene.hear_everything()
    assert fresh(waiting.appointment).status == "confirmed"


def test_when_the_answer_never_comes_the_time_is_let_go(scene: Scene, waiting: Payment) -> None:
    scene.wait(hours=2)
    lapse_overdue_holds(now=scene.now)
    assert (fresh(waiting).state, fresh(waiting.appointment).status) == ("processing", "lapsed")


def test_hearing_of_it_again_does_not_stretch_it_past_two_hours(scene: Scene, waiting: Payment) -> None:
    for _ in range(10):
        scene.wait(minutes=10)
        scene.hear_everything()
    held_for = fresh(waiting.appointment).hold_expires_at - NOW
    assert held_for.total_seconds() <= 2 * 60 * 60


def test_nobody_pays_a_second_time_meanwhile(scene: Scene, waiting: Payment) -> None:
    assert scene.start(waiting.appointment).pk == waiting.pk
    assert len(scene.pages()) == 1
