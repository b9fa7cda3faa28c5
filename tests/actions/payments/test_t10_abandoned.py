"""T10: the patient turns back. The page is closed first; what was paid a moment before stays paid."""

import pytest

from booking.actions.holds import place_hold
from booking.actions.payments.closing import abandon_payment
from booking.gateways.stripe import Unreachable
from booking.models import Appointment
from tests.actions.payments.scene import PATIENT, TEN, Scene, fresh


def abandon(scene: Scene, appointment: Appointment) -> str:
    return str(
        abandon_payment(
            appointment_id=appointment.pk, gateway=scene.gateway, now=scene.now, by=PATIENT
        ).status
    )


def test_turning_back_closes_the_page_and_frees_the_time(scene: Scene) -> None:
    payment = scene.start(scene.held())
    assert abandon(scene, payment.appointment) == "lapsed"
    assert (fresh(payment).state, scene.pages()[0]["status"]) == ("expired", "expired")
    place_hold(service=scene.service, starts_at=TEN, now=scene.now, by=PATIENT)


def test_when_stripe_answers_complete_it_is_booked(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    assert abandon(scene, payment.appointment) == "confirmed"
    assert fresh(payment).state == "paid"


def test_when_the_bank_is_still_working_the_time_stays_held(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment, slowly=True)
    assert abandon(scene, payment.appointment) == "held"
    assert fresh(payment).state == "processing"


def test_when_stripe_does_not_answer_the_time_stays_held(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.stand_in.fault("unreachable", times=None)
    with pytest.raises(Unreachable):
        abandon(scene, payment.appointment)
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("open", "held")


def test_turning_back_before_any_page_was_made_just_frees_the_time(scene: Scene) -> None:
    assert abandon(scene, scene.held()) == "lapsed"
    assert scene.stand_in.requests() == []


def test_turning_back_twice_is_turning_back_once(scene: Scene) -> None:
    payment = scene.start(scene.held())
    abandon(scene, payment.appointment)
    assert abandon(scene, payment.appointment) == "lapsed"
