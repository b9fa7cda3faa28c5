"""T29: the ledger held against Stripe's books. With every webhook lost, one run puts everything right."""

from datetime import timedelta

import pytest
from django.db import transaction

from booking.actions.holds import lapse_overdue_holds
from booking.actions.payments.reconciling import Reconciled, reconcile
from booking.actions.payments.refunding import run_due_refunds
from booking.actions.payments.refunds import request_refunds
from booking.gateways.stripe import Unreachable
from booking.models import Appointment, AuditEntry, Payment, Refund, StripeEvent
from tests.actions.payments.scene import STORE, Scene, fresh, killed_in, refunds
from tests.factories import at


def run(scene: Scene, *, hours: int = 2) -> Reconciled:
    return reconcile(gateway=scene.gateway, since=scene.now - timedelta(hours=hours), now=scene.now)


def test_everything_that_happened_unheard_is_right_after_one_run(scene: Scene) -> None:
    paid = scene.start(scene.held(starts_at=at(3, "9:00")))
    slow = scene.start(scene.held(starts_at=at(3, "10:00")))
    unpaid = scene.start(scene.held(starts_at=at(3, "11:00")))
    lost_at = scene.held(starts_at=at(3, "12:00"))
    with killed_in(STORE):
        scene.start(lost_at)
    late = scene.start(scene.held(starts_at=at(3, "13:00")))
    scene.wait(minutes=30)
    scene.pay(paid)
    scene.pay(slow, slowly=True)
    scene.stand_in.pay(scene.pages()[3]["id"])
    scene.pay(late)
    scene.wait(minutes=12)
    lapse_overdue_holds(now=scene.now)
    scene.stand_in.settle_payment(
        scene.stand_in.session(slow.stripe_session_id)["payment_intent"], succeeded=True
    )
    scene.stand_in.refund_at_the_dashboard(
        scene.stand_in.session(paid.stripe_session_id)["payment_intent"], 700
    )
    assert StripeEvent.objects.count() == 0

    run(scene)

    assert [fresh(row).state for row in (paid, slow, unpaid, late)] == ["paid", "paid", "expired", "paid"]
    assert Payment.objects.get(appointment=lost_at).state == "paid"
    assert dict(Appointment.objects.values_list("starts_at", "status")) == {
        at(3, "9:00"): "confirmed",
        at(3, "10:00"): "confirmed",
        at(3, "11:00"): "lapsed",
        at(3, "12:00"): "confirmed",
        at(3, "13:00"): "confirmed",
    }
    assert refunds(paid) == [("dashboard", 700, "succeeded")]


def test_a_second_run_finds_nothing_to_do(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    run(scene)
    entries = AuditEntry.objects.count()
    assert run(scene) == Reconciled(events_missed=0, pages_closed=0)
    assert AuditEntry.objects.count() == entries


def test_it_says_how_many_events_were_missed(scene: Scene) -> None:
    scene.pay(scene.start(scene.held()))
    assert run(scene).events_missed == 4


def test_without_the_list_of_events_the_lists_of_objects_are_enough(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    monkeypatch.setattr(type(scene.gateway), "events_since", lambda self, since: iter(()))
    run(scene)
    assert fresh(payment).state == "paid"
    sent = _sent_refund(scene, payment)
    scene.stand_in.fail_refund(sent.stripe_refund_id)
    run(scene)
    assert fresh(sent).state == "failed"


def test_a_page_open_for_a_payment_that_is_over_is_closed(scene: Scene) -> None:
    payment = scene.start(scene.held())
    Payment.objects.update(state="failed")
    assert run(scene).pages_closed == 1
    assert scene.stand_in.session(payment.stripe_session_id)["status"] == "expired"


def test_a_page_being_paid_right_now_is_left_alone(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.wait(minutes=3)
    run(scene)
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("open", "held")
    assert scene.pages()[0]["status"] == "open"


def test_what_began_before_the_window_is_asked_for_one_by_one(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment, slowly=True)
    scene.hear_everything()
    scene.wait(hours=5)
    scene.stand_in.settle_payment(fresh(payment).stripe_payment_intent_id, succeeded=False)
    StripeEvent.objects.all().delete()
    reconcile(gateway=scene.gateway, since=scene.now + timedelta(hours=1), now=scene.now)
    assert fresh(payment).state == "failed"


def test_refunds_asked_for_are_sent(scene: Scene) -> None:
    payment = scene.paid()
    _ask_back(scene, payment)
    run(scene)
    assert scene.money_at_stripe() == 5400


def test_a_pending_refund_older_than_the_window_is_followed_up(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment, "4000000000007726")
    scene.hear_everything()
    refund = _sent_refund(scene, payment)
    scene.wait(days=5)
    scene.stand_in.settle_refund(refund.stripe_refund_id)
    reconcile(gateway=scene.gateway, since=scene.now + timedelta(hours=1), now=scene.now)
    assert fresh(refund).state == "succeeded"


def test_while_stripe_is_away_nothing_changes(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.stand_in.fault("unreachable", times=None)
    with pytest.raises(Unreachable):
        run(scene)
    assert fresh(payment).state == "open"


def _ask_back(scene: Scene, payment: Payment) -> None:
    with transaction.atomic():
        appointment = Appointment.objects.locked().get(pk=payment.appointment_id)
        request_refunds(appointment=appointment, amount_minor=1000, reason="goodwill", now=scene.now)


def _sent_refund(scene: Scene, payment: Payment) -> Refund:
    _ask_back(scene, payment)
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    return Refund.objects.get()


def test_what_stripe_always_fails_on_keeps_nothing_else_from_being_put_right(scene: Scene) -> None:
    stuck = scene.start(scene.held())
    other = scene.start(scene.held(starts_at=at(3, "12:00")))
    for payment in (stuck, other):
        scene.pay(payment)
    StripeEvent.objects.all().delete()
    scene.wait(hours=5)
    scene.fails_on(stuck)
    reconcile(gateway=scene.gateway, since=scene.now + timedelta(hours=1), now=scene.now)
    assert (fresh(stuck).state, fresh(other).state) == ("open", "paid")


def test_three_that_stripe_fails_on_mean_that_it_is_away(scene: Scene) -> None:
    for clock in ("9:00", "10:00", "11:00", "12:00"):
        scene.start(scene.held(starts_at=at(3, clock)))
    scene.wait(hours=5)
    scene.stand_in.fault("error_before", on="GET /v1/checkout/sessions/", times=None)
    with pytest.raises(Unreachable):
        reconcile(gateway=scene.gateway, since=scene.now + timedelta(hours=1), now=scene.now)
