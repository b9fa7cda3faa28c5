"""T12: the same visit was paid for twice. The second payment goes back by itself."""

from functools import partial

import pytest

from booking.actions.desk.payments import take_payment
from booking.actions.payments.applying import apply_session
from booking.models import Appointment, AuditEntry, Message, Payment
from tests.actions.payments.scene import Scene, at_once, fresh, refunds
from tests.factories import at, make_appointment, make_user


def second_page(scene: Scene, first: Payment) -> Payment:
    """A page that is open although there should not be one, as after a mistake of ours."""
    Payment.objects.filter(pk=first.pk).update(state="failed")
    second = scene.start(first.appointment)
    Payment.objects.filter(pk=first.pk).update(state="open")
    return second


def test_two_pages_both_paid_mean_one_visit_and_one_refund(scene: Scene) -> None:
    first = scene.start(scene.held())
    second = second_page(scene, first)
    for payment in (first, second):
        scene.pay(payment)
    scene.hear_everything()
    assert fresh(first.appointment).status == "confirmed"
    assert refunds(first) + refunds(second) == [("twice", 6400, "requested")]


def test_it_is_the_later_one_that_goes_back(scene: Scene) -> None:
    first = scene.start(scene.held())
    second = second_page(scene, first)
    scene.pay(first)
    scene.hear_everything()
    scene.pay(second)
    scene.hear_everything()
    assert (refunds(first), refunds(second)) == ([], [("twice", 6400, "requested")])


def test_heard_again_nothing_more_goes_back(scene: Scene) -> None:
    first = scene.start(scene.held())
    second = second_page(scene, first)
    for payment in (first, second):
        scene.pay(payment)
    for _ in range(3):
        scene.hear_everything()
    assert len(refunds(first) + refunds(second)) == 1


def test_the_patient_gets_one_confirmation(scene: Scene) -> None:
    first = scene.start(scene.held())
    second = second_page(scene, first)
    for payment in (first, second):
        scene.pay(payment)
    scene.hear_everything()
    assert Message.objects.filter(occasion="confirmed").count() == 1
    assert Appointment.objects.get().paid_online_minor() == 6400


def test_paid_at_the_desk_and_online_means_the_card_gets_it_back(scene: Scene) -> None:
    visit = make_appointment(service=scene.service, starts_at=at(3, "12:00"))
    payment = scene.start(visit)
    take_payment(
        appointment_id=visit.pk,
        amount_minor=6400,
        method="cash",
        by=make_user(role="reception"),
        now=scene.now,
    )
    scene.pay(payment)
    scene.hear_everything()
    assert refunds(payment) == [("twice", 6400, "requested")]
    assert fresh(visit).status == "confirmed"


def test_it_is_said_that_what_was_paid_twice_goes_back(scene: Scene) -> None:
    first = scene.start(scene.held())
    second = second_page(scene, first)
    for payment in (first, second):
        scene.pay(payment)
    scene.hear_everything()
    assert Message.objects.filter(occasion="money_back").count() == 1


@pytest.mark.django_db(transaction=True)
def test_heard_of_both_at_the_same_moment_one_counts_and_one_goes_back(scene: Scene) -> None:
    first = scene.start(scene.held())
    second = second_page(scene, first)
    for payment in (first, second):
        scene.pay(payment)
    calls = [
        partial(apply_session, session_id=payment.stripe_session_id, gateway=scene.gateway, now=scene.now)
        for payment in (first, second)
    ]
    results = at_once(calls * 5)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert len(refunds(first) + refunds(second)) == 1
    assert AuditEntry.objects.filter(verb="confirmed").count() == 1
