"""T18 and T19: what the clinic cancels goes back whole; what is moved stays paid."""

from datetime import timedelta

import pytest

from booking.actions.audit import Actor
from booking.actions.cancellations import cancel
from booking.actions.conflicts import TimeTaken
from booking.actions.moves import move
from booking.actions.payments.refunding import run_due_refunds
from booking.actions.payments.starting import NothingToPay
from booking.models import Payment
from tests.actions.payments.scene import PATIENT, Scene, fresh, refunds
from tests.factories import at, make_appointment, make_user


def paid_in_two_parts(scene: Scene) -> list[Payment]:
    """£24 first, and the other £40 by a second page."""
    visit = make_appointment(service=scene.service, starts_at=at(3, "10:00"), price_minor=2400)
    parts = []
    for price in (2400, 6400):
        type(visit).objects.filter(pk=visit.pk).update(price_minor=price)
        payment = scene.start(visit)
        scene.pay(payment)
        scene.hear_everything()
        parts.append(fresh(payment))
    return parts


def test_t16_only_what_is_left_is_asked_for(scene: Scene) -> None:
    first, second = paid_in_two_parts(scene)
    assert [(part.kind, part.amount_minor) for part in (first, second)] == [("full", 2400), ("balance", 4000)]


def test_t16_a_balance_paid_twice_goes_back(scene: Scene) -> None:
    _first, second = paid_in_two_parts(scene)
    Payment.objects.filter(pk=second.pk).update(state="failed")
    third = scene.start(second.appointment)
    scene.pay(third)
    Payment.objects.filter(pk=second.pk).update(state="paid")
    scene.hear_everything()
    assert refunds(third) == [("twice", 4000, "requested")]


@pytest.mark.parametrize("moment", [at(1, "9:00"), at(3, "9:55")], ids=["early", "at the last minute"])
def test_t18_everything_goes_back_of_every_payment(scene: Scene, moment: object) -> None:
    first, second = paid_in_two_parts(scene)
    cancel(appointment_id=first.appointment_id, by=Actor.staff(make_user()), now=moment, code="clinic")  # type: ignore[arg-type]
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    assert refunds(first) + refunds(second) == [
        ("cancelled", 2400, "succeeded"),
        ("cancelled", 4000, "succeeded"),
    ]
    assert scene.money_at_stripe() == 0


def test_t19_a_moved_visit_stays_paid_and_is_never_asked_for_again(scene: Scene) -> None:
    payment = scene.paid()
    for step in range(1, 6):
        starts_at = at(3, "10:00") + timedelta(hours=step)
        move(appointment_id=payment.appointment_id, starts_at=starts_at, now=scene.now, by=PATIENT)
    visit = fresh(payment.appointment)
    assert (visit.starts_at, visit.paid_online_minor()) == (at(3, "15:00"), 6400)
    with pytest.raises(NothingToPay):
        scene.start(visit)
    assert len(scene.pages()) == 1


def test_t19_a_move_into_a_taken_time_leaves_time_and_money_as_they_are(scene: Scene) -> None:
    payment = scene.paid()
    scene.held(starts_at=at(3, "14:00"))
    with pytest.raises(TimeTaken):
        move(appointment_id=payment.appointment_id, starts_at=at(3, "14:00"), now=scene.now, by=PATIENT)
    visit = fresh(payment.appointment)
    assert (visit.starts_at, visit.status, visit.paid_online_minor()) == (at(3, "10:00"), "confirmed", 6400)
