"""T3: a pay page for its owner, and never two of them open for one visit."""

from datetime import timedelta

import pytest

from booking.actions.bookings import HoldGone
from booking.actions.payments.starting import NothingToPay
from booking.models import Payment
from tests.actions.payments.scene import Scene, at_once, fresh
from tests.factories import NOW, at, make_appointment


def test_the_patient_is_sent_to_an_open_page(scene: Scene) -> None:
    payment = scene.start(scene.held())
    assert payment.state == "open"
    assert payment.url == scene.pages()[0]["url"]


def test_the_page_closes_before_the_time_is_let_go(scene: Scene) -> None:
    appointment = scene.held()
    payment = scene.start(appointment)
    assert payment.expires_at is not None
    assert payment.expires_at < fresh(appointment).hold_expires_at


def test_in_a_second_tab_it_is_the_same_page(scene: Scene) -> None:
    appointment = scene.held()
    assert scene.start(appointment).url == scene.start(appointment).url
    assert len(scene.pages()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_opens_one_page(scene: Scene) -> None:
    appointment = scene.held()
    payments = at_once([lambda: scene.start(appointment)] * 2)
    assert len({payment.url for payment in payments if isinstance(payment, Payment)}) == 1
    assert len(scene.pages("open")) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_impatient_clicks_open_one_page(scene: Scene) -> None:
    appointment = scene.held()
    at_once([lambda: scene.start(appointment)] * 10)
    assert len(scene.pages("open")) == 1
    assert Payment.objects.count() == 1


def test_a_page_about_to_close_is_expired_before_a_fresh_one_opens(scene: Scene) -> None:
    appointment = scene.held()
    first = scene.start(appointment)
    scene.wait(minutes=28)
    second = scene.start(appointment)
    assert second.pk != first.pk
    assert [page["status"] for page in scene.pages()] == ["expired", "open"]
    assert fresh(first).state == "expired"
    assert fresh(appointment).status == "held"


def test_the_hold_outlives_the_fresh_page(scene: Scene) -> None:
    appointment = scene.held()
    scene.start(appointment)
    scene.wait(minutes=28)
    second = scene.start(appointment)
    assert second.expires_at is not None
    assert fresh(appointment).hold_expires_at > second.expires_at


def test_a_page_that_was_paid_meanwhile_is_not_offered_again(scene: Scene) -> None:
    appointment = scene.held()
    scene.pay(scene.start(appointment))
    assert scene.start(appointment).state == "paid"
    assert fresh(appointment).status == "confirmed"


def test_nobody_keeps_a_time_for_ever_by_starting_again(scene: Scene) -> None:
    appointment = scene.held()
    for _ in range(4):
        scene.start(appointment)
        scene.wait(minutes=28)
    with pytest.raises(HoldGone):
        scene.start(appointment)
    assert fresh(appointment).hold_expires_at - NOW <= timedelta(hours=2)


def test_after_the_hold_nothing_is_paid(scene: Scene) -> None:
    appointment = scene.held()
    scene.wait(minutes=42)
    with pytest.raises(HoldGone):
        scene.start(appointment)
    assert scene.pages() == []


def test_what_is_paid_is_not_paid_again(scene: Scene) -> None:
    with pytest.raises(NothingToPay):
        scene.start(scene.paid().appointment)


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_what_does_not_take_place_is_not_paid(scene: Scene, status: str) -> None:
    visit = make_appointment(service=scene.service, starts_at=at(3, "12:00"), status=status)
    with pytest.raises(NothingToPay):
        scene.start(visit)


def test_a_visit_booked_without_paying_can_be_paid_online_later(scene: Scene) -> None:
    visit = make_appointment(service=scene.service, starts_at=at(3, "12:00"))
    payment = scene.start(visit)
    scene.pay(payment)
    scene.hear_everything()
    assert fresh(payment).state == "paid"
    assert fresh(visit).status == "confirmed"
