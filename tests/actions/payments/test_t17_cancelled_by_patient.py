"""T17: the patient cancels. What goes back is what the policy said when they booked."""

from datetime import datetime, timedelta

import pytest

from booking.actions.cancellations import cancel
from booking.actions.payments.refunding import run_due_refunds
from booking.models import Appointment, Message, Payment
from tests.actions.payments.scene import PATIENT, Scene, fresh, refunds
from tests.factories import LONDON, NOW, at

SECOND = timedelta(seconds=1)


def cancel_at(scene: Scene, payment: Payment, moment: datetime) -> int:
    """What is asked back, in pence."""
    return cancel(appointment_id=payment.appointment_id, by=PATIENT, now=moment).refund_minor


@pytest.mark.parametrize(
    ("moment", "asked_back"),
    [
        (at(2, "10:00") - SECOND, 6400),
        (at(2, "10:00"), 6400),
        (at(2, "10:00") + SECOND, 3200),
        (at(3, "9:59"), 3200),
    ],
    ids=["a second before", "the moment itself", "a second after", "the last minute"],
)
def test_the_cut_off_is_exact_to_the_second(scene: Scene, moment: datetime, asked_back: int) -> None:
    assert cancel_at(scene, scene.paid(), moment) == asked_back


@pytest.mark.parametrize(
    ("visit", "cut_off"),
    [
        (datetime(2027, 3, 28, 12, 0, tzinfo=LONDON), datetime(2027, 3, 27, 11, 0, tzinfo=LONDON)),
        (datetime(2026, 10, 25, 12, 0, tzinfo=LONDON), datetime(2026, 10, 24, 13, 0, tzinfo=LONDON)),
    ],
    ids=["spring, a day of 23 hours", "autumn, a day of 25 hours"],
)
def test_twenty_four_hours_are_twenty_four_hours_when_the_clocks_change(
    scene: Scene, visit: datetime, cut_off: datetime
) -> None:
    payment = scene.paid()
    appointment = payment.appointment
    appointment.starts_at = visit
    appointment.ends_at = visit + timedelta(minutes=45)
    appointment.occupied_until = visit + timedelta(minutes=55)
    appointment.status = "confirmed"
    appointment.save()
    assert cancel_at(scene, payment, cut_off + SECOND) == 3200
    Payment.objects.get().refunds.all().delete()
    type(appointment).objects.update(status="confirmed")
    assert cancel_at(scene, payment, cut_off) == 6400


def test_the_policy_is_the_one_that_was_accepted(scene: Scene) -> None:
    payment = scene.paid()
    policy = scene.service.policy
    policy.late_refund_percent = 0
    policy.free_until_hours = 72
    policy.save()
    assert cancel_at(scene, payment, at(2, "10:00")) == 6400


def test_the_money_arrives_on_the_card(scene: Scene) -> None:
    payment = scene.paid()
    cancel_at(scene, payment, NOW)
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    assert refunds(payment) == [("cancelled", 6400, "succeeded")]
    assert scene.money_at_stripe() == 0


def test_a_late_cancellation_gives_half_and_keeps_half(scene: Scene) -> None:
    payment = scene.paid()
    cancel_at(scene, payment, at(3, "9:00"))
    run_due_refunds(gateway=scene.gateway, now=scene.now)
    assert scene.money_at_stripe() == 3200
    assert fresh(payment.appointment).paid_online_minor() == 3200


def test_money_that_comes_after_cancelling_goes_back_whole(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    type(payment.appointment).objects.update(status="cancelled")
    scene.hear_everything()
    assert refunds(payment) == [("too_late", 6400, "requested")]


def test_it_is_said_that_money_that_came_after_cancelling_goes_back(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    Appointment.objects.update(status="cancelled")
    scene.hear_everything()
    assert Message.objects.filter(occasion="money_back", appointment=payment.appointment_id).count() == 1
