"""T21, T22, T23: what becomes of refunds after they were sent, and of those that we did not send."""

from datetime import timedelta

import pytest
from django.db import transaction

from booking.actions.payments.refunding import apply_refund_answer, run_due_refunds
from booking.actions.payments.refunds import request_refunds
from booking.models import Appointment, Payment, Refund, StripeEvent
from tests.actions.payments.scene import Scene, fresh, killed_in, refunds
from tests.gateways.stripe_requests import session_parameters


def sent(scene: Scene, payment: Payment, *amounts: int) -> list[Refund]:
    for amount in amounts:
        with transaction.atomic():
            appointment = Appointment.objects.locked().get(pk=payment.appointment_id)
            request_refunds(appointment=appointment, amount_minor=amount, reason="goodwill", now=scene.now)
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    return list(payment.refunds.order_by("amount_minor"))


def test_t21_a_refund_that_fails_after_it_succeeded_is_on_reception_s_list(scene: Scene) -> None:
    payment = scene.paid()
    [refund] = sent(scene, payment, 6400)
    scene.stand_in.fail_refund(refund.stripe_refund_id)
    scene.hear_everything()
    refund.refresh_from_db()
    assert refund.state == "failed"
    assert refund.problem == "The bank sent the money back afterwards: expired_or_canceled_card."


def test_t21_the_day_it_went_and_the_day_it_came_back_are_both_kept(scene: Scene) -> None:
    payment = scene.paid()
    [refund] = sent(scene, payment, 6400)
    went = scene.now
    scene.now += timedelta(days=6)
    scene.stand_in.fail_refund(refund.stripe_refund_id)
    scene.hear_everything()
    refund.refresh_from_db()
    assert (refund.settled_at, refund.returned_at) == (went, scene.now)


def test_t21_the_money_can_be_given_back_again(scene: Scene) -> None:
    payment = scene.paid()
    [refund] = sent(scene, payment, 6400)
    scene.stand_in.fail_refund(refund.stripe_refund_id)
    scene.hear_everything()
    assert fresh(payment).refundable_minor() == 6400
    sent(scene, payment, 6400)
    assert scene.money_at_stripe() == 0


def test_t21_an_old_success_does_not_undo_the_failure(scene: Scene) -> None:
    payment = scene.paid()
    [refund] = sent(scene, payment, 6400)
    old = scene.gateway.retrieve_refund(stripe_refund_id=refund.stripe_refund_id)
    scene.stand_in.fail_refund(refund.stripe_refund_id)
    scene.hear_everything()
    apply_refund_answer(answer=old, now=scene.now)
    assert fresh(refund).state == "failed"


def test_t22_a_refund_made_at_the_dashboard_is_learned_of(scene: Scene) -> None:
    payment = scene.paid()
    scene.stand_in.refund_at_the_dashboard(payment.stripe_payment_intent_id, 1500)
    for _ in range(2):
        scene.hear_everything()
    assert refunds(payment) == [("dashboard", 1500, "succeeded")]
    assert fresh(payment).refundable_minor() == 4900


def test_t22_the_visit_stays_as_it_is(scene: Scene) -> None:
    payment = scene.paid()
    scene.stand_in.refund_at_the_dashboard(payment.stripe_payment_intent_id)
    scene.hear_everything()
    assert fresh(payment.appointment).status == "confirmed"


def test_t22_a_refund_of_somebody_else_s_payment_is_ignored(scene: Scene) -> None:
    closes = int((scene.now + timedelta(minutes=31)).timestamp())
    parameters = session_parameters(client_reference_id="order 7", metadata={}, expires_at=closes)
    page = scene.gateway.create_checkout_session(parameters=parameters, idempotency_key="a shop")
    scene.stand_in.pay(page.id)
    scene.stand_in.refund_at_the_dashboard(scene.stand_in.session(page.id)["payment_intent"])
    scene.hear_everything()
    assert Refund.objects.count() == 0
    assert set(StripeEvent.objects.values_list("state", flat=True)) == {"ignored"}


def test_t22_a_refund_heard_of_before_its_payment_brings_both(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    scene.stand_in.refund_at_the_dashboard(
        scene.stand_in.session(payment.stripe_session_id)["payment_intent"], 700
    )
    scene.hear(event for event in scene.stand_in.events() if event["type"] == "refund.created")
    assert fresh(payment).state == "paid"
    assert refunds(payment) == [("dashboard", 700, "succeeded")]


def test_t22_our_own_refund_heard_of_before_its_answer_is_not_taken_for_another(scene: Scene) -> None:
    payment = scene.paid()
    with transaction.atomic():
        appointment = Appointment.objects.locked().get(pk=payment.appointment_id)
        request_refunds(appointment=appointment, amount_minor=1000, reason="goodwill", now=scene.now)
    with killed_in("booking.actions.payments.refunding._apply"):
        run_due_refunds(gateway=scene.gateway, now=scene.now)
    scene.hear_everything()
    assert refunds(payment) == [("goodwill", 1000, "succeeded")]


@pytest.mark.parametrize("fails", [0, 1])
def test_t23_of_two_refunds_each_goes_its_own_way(scene: Scene, fails: int) -> None:
    payment = scene.paid()
    both = sent(scene, payment, 1000, 2000)
    scene.stand_in.fail_refund(both[fails].stripe_refund_id)
    scene.hear_everything()
    assert fresh(both[fails]).state == "failed"
    assert fresh(both[1 - fails]).state == "succeeded"
    assert fresh(payment).refundable_minor() == 6400 - both[1 - fails].amount_minor
