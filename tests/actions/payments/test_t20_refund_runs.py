"""T20: a refund is on its way. However often it is started, wherever it breaks off, it goes back once."""

from datetime import timedelta

import pytest
from django.db import transaction

from booking.actions.payments.refunding import run_due_refunds, run_refund
from booking.actions.payments.refunds import request_refunds
from booking.gateways.stripe import Unreachable
from booking.models import Appointment, Payment, Refund
from tests.actions.payments.scene import Scene, at_once, fresh, killed_in, refunds

CREATE = "POST /v1/refunds"


def ask_back(scene: Scene, payment: Payment, amount_minor: int) -> int:
    with transaction.atomic():
        appointment = Appointment.objects.locked().get(pk=payment.appointment_id)
        return request_refunds(
            appointment=appointment, amount_minor=amount_minor, reason="goodwill", now=scene.now
        )


def one_refund(scene: Scene, amount_minor: int = 1000) -> Refund:
    payment = scene.paid()
    ask_back(scene, payment, amount_minor)
    return Refund.objects.get()


def run(scene: Scene, refund: Refund) -> Refund:
    return run_refund(refund_id=refund.pk, gateway=scene.gateway, now=scene.now)


def test_asked_for_then_paid_back(scene: Scene) -> None:
    refund = run(scene, one_refund(scene))
    assert (refund.state, refund.settled_at) == ("succeeded", scene.now)
    assert scene.money_at_stripe() == 5400


def test_run_again_it_is_not_sent_again(scene: Scene) -> None:
    refund = one_refund(scene)
    for _ in range(3):
        run(scene, refund)
    assert scene.money_at_stripe() == 5400


@pytest.mark.django_db(transaction=True)
def test_twenty_partial_ones_asked_for_at_once_never_pass_what_came_in(scene: Scene) -> None:
    payment = scene.paid()
    found = at_once([lambda: ask_back(scene, payment, 500)] * 20)
    assert sum(amount for amount in found if isinstance(amount, int)) == 6400
    assert sum(Refund.objects.values_list("amount_minor", flat=True)) == 6400


@pytest.mark.django_db(transaction=True)
def test_twenty_partial_ones_sent_at_once_all_arrive(scene: Scene) -> None:
    payment = scene.paid()
    for _ in range(20):
        ask_back(scene, payment, 300)
    rows = list(Refund.objects.all())
    at_once([lambda row=row: run(scene, row) for row in rows])  # type: ignore[misc]
    assert {refund.state for refund in Refund.objects.all()} == {"succeeded"}
    assert scene.money_at_stripe() == 400


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_refund_send_it_once(scene: Scene) -> None:
    refund = one_refund(scene)
    at_once([lambda: run(scene, refund)] * 2)
    assert (fresh(refund).state, scene.money_at_stripe()) == ("succeeded", 5400)


def test_killed_before_the_call_it_is_sent_by_the_next_run(scene: Scene) -> None:
    refund = one_refund(scene)
    with killed_in("booking.gateways.stripe.StripeGateway.create_refund"):
        run(scene, refund)
    assert (fresh(refund).state, scene.money_at_stripe()) == ("submitting", 6400)
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    assert (fresh(refund).state, scene.money_at_stripe()) == ("succeeded", 5400)


def test_killed_after_the_call_it_is_not_sent_twice(scene: Scene) -> None:
    refund = one_refund(scene)
    with killed_in("booking.actions.payments.refunding._apply"):
        run(scene, refund)
    assert (fresh(refund).state, scene.money_at_stripe()) == ("submitting", 5400)
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    assert (fresh(refund).state, scene.money_at_stripe()) == ("succeeded", 5400)


def test_every_retry_carries_the_same_key(scene: Scene) -> None:
    refund = one_refund(scene)
    with killed_in("booking.actions.payments.refunding._apply"):
        run(scene, refund)
    run(scene, refund)
    keys = {key for asked, key, _ in scene.stand_in.requests() if asked == CREATE}
    assert keys == {refund.idempotency_key}


def test_dropped_after_it_was_done_it_is_seen_through(scene: Scene) -> None:
    refund = one_refund(scene)
    scene.stand_in.fault("drop", on=CREATE, times=None)
    assert run(scene, refund).state == "succeeded"
    assert scene.money_at_stripe() == 5400


@pytest.mark.parametrize("kind", ["error_after", "error_before"])
def test_a_500_that_stripe_keeps_is_seen_through(scene: Scene, kind: str) -> None:
    refund = one_refund(scene)
    scene.stand_in.fault(kind, on=CREATE)
    if kind == "error_after":
        assert run(scene, refund).state == "succeeded"
    else:
        with pytest.raises(Unreachable):
            run(scene, refund)
        scene.wait(hours=23)
        assert run(scene, refund).state == "succeeded"
        assert fresh(refund).attempt == 2
    assert scene.money_at_stripe() == 5400


def test_after_a_day_it_is_looked_up_before_it_is_tried_under_a_new_key(scene: Scene) -> None:
    refund = one_refund(scene)
    with killed_in("booking.actions.payments.refunding._apply"):
        run(scene, refund)
    scene.wait(hours=25)
    run(scene, refund)
    assert (fresh(refund).state, fresh(refund).attempt) == ("succeeded", 1)
    assert scene.money_at_stripe() == 5400


def test_while_stripe_is_away_it_waits(scene: Scene) -> None:
    refund = one_refund(scene)
    scene.stand_in.fault("unreachable", times=None)
    assert run_due_refunds(gateway=scene.gateway, now=scene.now) == 0
    assert fresh(refund).state == "submitting"
    scene.stand_in.clear_faults()
    assert run_due_refunds(gateway=scene.gateway, now=scene.now) == 1
    assert fresh(refund).state == "succeeded"


def test_what_stripe_refuses_is_reception_s(scene: Scene) -> None:
    refund = one_refund(scene)
    scene.stand_in.refund_at_the_dashboard(refund.payment.stripe_payment_intent_id)
    run(scene, refund)
    refund.refresh_from_db()
    assert (refund.state, "charge_already_refunded" in refund.problem) == ("failed", True)


def test_more_than_came_in_is_never_sent(scene: Scene) -> None:
    refund = one_refund(scene)
    Refund.objects.filter(pk=refund.pk).update(amount_minor=6401)
    assert run(scene, refund).state == "failed"
    assert CREATE not in [asked for asked, _, _ in scene.stand_in.requests()]


def test_a_slow_refund_is_pending_until_the_bank_has_done_it(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment, "4000000000007726")
    scene.hear_everything()
    ask_back(scene, payment, 1000)
    refund = run(scene, Refund.objects.get())
    assert refund.state == "pending"
    scene.stand_in.settle_refund(refund.stripe_refund_id)
    scene.hear_everything()
    assert fresh(refund).state == "succeeded"


def test_a_refund_does_not_touch_the_visit(scene: Scene) -> None:
    refund = one_refund(scene)
    run(scene, refund)
    assert fresh(refund.payment.appointment).status == "confirmed"


def test_one_stuck_refund_does_not_hold_up_the_others(scene: Scene) -> None:
    payment = scene.paid()
    ask_back(scene, payment, 1000)
    scene.now += timedelta(seconds=1)
    ask_back(scene, payment, 500)
    scene.stand_in.fault("error_before", on=CREATE)
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    assert sorted(refunds(payment)) == [("goodwill", 500, "succeeded"), ("goodwill", 1000, "submitting")]
