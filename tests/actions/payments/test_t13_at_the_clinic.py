"""T13: paid at the clinic, where the service allows it, without Stripe."""

import pytest

from booking.actions.bookings import PaymentNotAllowed, book
from booking.actions.holds import place_hold
from booking.models import Appointment, Payment
from tests.actions.payments.scene import ELENA, PATIENT, TEN, Scene, fresh


def book_at_clinic(scene: Scene, *, pays_at_clinic: bool = True) -> Appointment:
    held = place_hold(service=scene.service, starts_at=TEN, now=scene.now, by=PATIENT).appointment
    return book(
        appointment_id=held.pk,
        patient=ELENA,
        pays_at_clinic=pays_at_clinic,
        accepts_policy=True,
        now=scene.now,
        by=PATIENT,
    )


def set_pays(scene: Scene, pays: str) -> None:
    scene.service.pays = pays
    scene.service.save()


@pytest.mark.parametrize("pays", ["either", "at_clinic"])
def test_where_it_is_allowed_it_is_confirmed_at_once(scene: Scene, pays: str) -> None:
    set_pays(scene, pays)
    assert book_at_clinic(scene).status == "confirmed"


def test_stripe_never_hears_of_it(scene: Scene) -> None:
    book_at_clinic(scene)
    assert scene.stand_in.requests() == []
    assert Payment.objects.count() == 0


def test_where_it_is_not_allowed_it_is_refused_and_stays_held(scene: Scene) -> None:
    set_pays(scene, "online")
    with pytest.raises(PaymentNotAllowed):
        book_at_clinic(scene)
    assert fresh(Appointment.objects.get()).status == "held"


def test_online_is_refused_where_it_is_paid_at_the_clinic(scene: Scene) -> None:
    set_pays(scene, "at_clinic")
    with pytest.raises(PaymentNotAllowed):
        book_at_clinic(scene, pays_at_clinic=False)


def test_what_costs_nothing_needs_no_payment(scene: Scene) -> None:
    scene.service.price_minor = 0
    scene.service.save()
    assert book_at_clinic(scene, pays_at_clinic=False).status == "confirmed"
    assert scene.stand_in.requests() == []
