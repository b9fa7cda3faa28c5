"""T28: the cardholder's bank takes the money back. Refunds stop, and reception is told by when to answer."""

from django.db import transaction

from booking.actions.payments.refunding import run_due_refunds
from booking.actions.payments.refunds import request_refunds
from booking.models import Appointment, Refund
from tests.actions.payments.scene import Scene, fresh


def test_reception_is_told_by_when_to_answer(scene: Scene) -> None:
    payment = scene.paid()
    scene.stand_in.dispute(payment.stripe_payment_intent_id)
    scene.hear_everything()
    assert "Answer in Stripe by Sunday 20 December" in fresh(payment).problem


def test_a_disputed_payment_is_not_refunded_as_well(scene: Scene) -> None:
    payment = scene.paid()
    scene.stand_in.dispute(payment.stripe_payment_intent_id)
    with transaction.atomic():
        appointment = Appointment.objects.locked().get(pk=payment.appointment_id)
        request_refunds(appointment=appointment, amount_minor=6400, reason="goodwill", now=scene.now)
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    refund = Refund.objects.get()
    assert (refund.state, "charge_disputed" in refund.problem) == ("failed", True)


def test_a_dispute_that_is_won_leaves_the_list(scene: Scene) -> None:
    payment = scene.paid()
    dispute = scene.stand_in.dispute(payment.stripe_payment_intent_id)
    scene.hear_everything()
    scene.stand_in.close_dispute(dispute["id"], won=True)
    scene.hear_everything()
    assert fresh(payment).problem == ""


def test_a_dispute_that_is_lost_stays_on_it(scene: Scene) -> None:
    payment = scene.paid()
    dispute = scene.stand_in.dispute(payment.stripe_payment_intent_id)
    scene.stand_in.close_dispute(dispute["id"], won=False)
    scene.hear_everything()
    assert "lost" in fresh(payment).problem
    assert fresh(payment).state == "paid"
