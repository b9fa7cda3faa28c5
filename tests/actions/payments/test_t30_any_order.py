"""T30: events arrive in any order, and answers may be old when we apply them. No state moves back."""

from datetime import datetime
from itertools import permutations
from typing import Any

import pytest

from booking.actions.payments.applying import apply_page, apply_session
from booking.actions.payments.events import receive_event
from booking.actions.payments.pages import fact_of
from booking.actions.payments.refunding import apply_refund_answer, run_due_refunds
from booking.actions.payments.refunds import give_back
from booking.gateways.stripe import CheckoutSession, EventNotice, RefundAnswer, StripeGateway
from booking.models import AuditEntry, Message, Payment, Refund, StripeEvent
from config.demo.stripe import DECLINED
from tests.actions.payments.scene import Scene, fresh, refunds
from tests.factories import at

FIVE = (
    "payment_intent.succeeded",
    "checkout.session.completed",
    "refund.created",
    "refund.updated",
    "refund.failed",
)


def look(scene: Scene, payment: Payment) -> CheckoutSession:
    return scene.gateway.retrieve_session(session_id=payment.stripe_session_id)


def as_they_are(payment: Payment) -> list[tuple[Any, Any]]:
    """Payment and visit, to begin again from here."""
    rows = (payment, payment.appointment)
    return [(type(row), type(row)._default_manager.filter(pk=row.pk).values().get()) for row in rows]


def put_back(rows: list[tuple[Any, Any]]) -> None:
    for kind, values in rows:
        kind._default_manager.filter(pk=values["id"]).update(**values)


@pytest.mark.slow
def test_five_events_in_all_120_orders_end_the_same(scene: Scene) -> None:
    """Paid, refunded, and the refund failed: each order on rows that have heard nothing yet."""
    payment = scene.start(scene.held())
    scene.pay(payment)
    intent = scene.stand_in.session(payment.stripe_session_id)["payment_intent"]
    made = scene.stand_in.refund_at_the_dashboard(intent, 1000)
    scene.stand_in.fail_refund(made["id"])
    told = [event for event in scene.stand_in.events() if event["type"] in FIVE]
    assert len(told) == 5
    untouched = as_they_are(payment)
    for order in permutations(told):
        for event in order:
            scene.hear([event])
        assert (fresh(payment).state, fresh(payment.appointment).status) == ("paid", "confirmed")
        assert refunds(payment) == [("dashboard", 1000, "failed")]
        Refund.objects.all().delete()
        StripeEvent.objects.all().delete()
        Message.objects.all().delete()
        put_back(untouched)


def test_old_answers_about_a_page_in_any_order_end_the_same(scene: Scene) -> None:
    payment = scene.start(scene.held())
    seen = [look(scene, payment)]
    scene.pay(payment, DECLINED)
    seen.append(look(scene, payment))
    scene.pay(payment, slowly=True)
    seen.append(look(scene, payment))
    scene.stand_in.settle_payment(seen[-1].payment_intent_id)
    seen.append(look(scene, payment))
    assert [fact_of(page) for page in seen] == ["open", "open", "processing", "paid"]
    untouched = as_they_are(payment)
    for order in permutations(seen):
        for page in order:
            apply_page(page=page, gateway=scene.gateway, now=scene.now)
        assert (fresh(payment).state, fresh(payment.appointment).status) == ("paid", "confirmed")
        put_back(untouched)
    assert AuditEntry.objects.filter(verb="confirmed").count() == 24


def test_old_answers_about_a_refund_in_any_order_end_in_the_failure(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment, "4000000000007726")
    scene.hear_everything()
    payment.refresh_from_db()
    give_back(payment=payment, reason="goodwill", now=scene.now)
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    refund = Refund.objects.get()
    seen: list[RefundAnswer] = [scene.gateway.retrieve_refund(stripe_refund_id=refund.stripe_refund_id)]
    for step in (scene.stand_in.settle_refund, scene.stand_in.fail_refund):
        step(refund.stripe_refund_id)
        seen.append(scene.gateway.retrieve_refund(stripe_refund_id=refund.stripe_refund_id))
    assert [answer.status for answer in seen] == ["pending", "succeeded", "failed"]
    for order in permutations(seen):
        Refund.objects.update(state="pending")
        for answer in order:
            apply_refund_answer(answer=answer, now=scene.now)
        assert fresh(refund).state == "failed"


def test_an_event_heard_twice_is_kept_once(scene: Scene) -> None:
    scene.pay(scene.start(scene.held()))
    notice = EventNotice.read(scene.stand_in.events()[0])
    assert receive_event(notice=notice, now=scene.now) is True
    assert receive_event(notice=notice, now=scene.now) is False
    assert StripeEvent.objects.count() == 1


def test_an_event_about_nothing_of_ours_is_ignored(scene: Scene) -> None:
    scene.pay(scene.start(scene.held()))
    scene.hear_everything()
    kinds = dict(StripeEvent.objects.values_list("kind", "state"))
    assert kinds["checkout.session.completed"] == "done"
    assert kinds["payment_intent.created"] == "ignored"


def test_while_stripe_is_away_events_wait(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    scene.stand_in.fault("unreachable", times=None)
    scene.hear_everything()
    assert StripeEvent.objects.filter(kind="checkout.session.completed").get().state == "received"
    scene.stand_in.clear_faults()
    scene.hear_everything()
    assert fresh(payment).state == "paid"


def test_an_event_that_stripe_always_fails_on_does_not_hold_up_the_others(scene: Scene) -> None:
    stuck = scene.start(scene.held())
    other = scene.start(scene.held(starts_at=at(3, "12:00")))
    scene.fails_on(stuck)
    for payment in (stuck, other):
        scene.pay(payment)
        scene.hear_everything()
        scene.wait(minutes=1)
    assert (fresh(stuck).state, fresh(other).state) == ("open", "paid")


def test_an_event_we_cannot_digest_does_not_hold_up_the_others(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (scene.start(scene.held(starts_at=at(3, hour))) for hour in ("10:00", "14:00"))
    for payment in (first, second):
        scene.pay(payment)

    def chokes(*, session_id: str, gateway: StripeGateway, now: datetime) -> Payment | None:
        if session_id == first.stripe_session_id:
            raise RuntimeError("A mistake of ours.")
        return apply_session(session_id=session_id, gateway=gateway, now=now)

    monkeypatch.setattr("booking.actions.payments.events.apply_session", chokes)
    for _ in range(6):
        scene.hear_everything()
    assert fresh(second).state == "paid"
    choked = StripeEvent.objects.get(object_id=first.stripe_session_id, kind="checkout.session.completed")
    assert (choked.state, choked.tried, choked.problem) == ("error", 5, "RuntimeError")
