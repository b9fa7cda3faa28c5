"""T4: the money is there, so the time is theirs: once, however often and from whatever side we hear of it."""

import pytest

from booking.actions.payments.applying import check_payments
from booking.models import AuditEntry, Message
from tests.actions.payments.scene import Scene, at_once, fresh


def test_paid_means_confirmed(scene: Scene) -> None:
    payment = scene.paid()
    assert (payment.state, payment.paid_at) == ("paid", scene.now)
    assert fresh(payment.appointment).status == "confirmed"


def test_the_confirmation_and_both_reminders_are_planned(scene: Scene) -> None:
    scene.paid()
    planned = Message.objects.values_list("occasion", "offset_hours")
    assert sorted(planned) == [("confirmed", 0), ("reminder", 26), ("reminder", 72)]


def test_coming_back_from_the_page_is_enough(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    appointment = check_payments(appointment_id=payment.appointment_id, gateway=scene.gateway, now=scene.now)
    assert appointment.status == "confirmed"


def test_coming_back_without_having_paid_confirms_nothing(scene: Scene) -> None:
    payment = scene.start(scene.held())
    appointment = check_payments(appointment_id=payment.appointment_id, gateway=scene.gateway, now=scene.now)
    assert (appointment.status, fresh(payment).state) == ("held", "open")


@pytest.mark.django_db(transaction=True)
def test_webhook_and_return_twenty_times_at_once_confirm_once(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    events = scene.stand_in.events()

    def returns() -> object:
        return check_payments(appointment_id=payment.appointment_id, gateway=scene.gateway, now=scene.now)

    results = at_once([returns, lambda: scene.hear(events)] * 20)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert fresh(payment).state == "paid"
    assert AuditEntry.objects.filter(verb="confirmed").count() == 1
    assert AuditEntry.objects.filter(verb="payment paid").count() == 1
    assert Message.objects.filter(occasion="confirmed").count() == 1
    assert fresh(payment).refunds.count() == 0


def test_a_hundred_duplicates_confirm_once(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment)
    for _ in range(100):
        scene.hear_everything()
    assert AuditEntry.objects.filter(verb="confirmed").count() == 1
    assert scene.money_at_stripe() == 6400


def test_who_confirmed_is_written_down(scene: Scene) -> None:
    scene.paid()
    assert AuditEntry.objects.get(verb="payment paid").actor_kind == "supplier"


def test_a_card_that_needs_the_bank_is_paid_after_the_bank_agreed(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment, "4000002500003155", authenticated=True)
    scene.hear_everything()
    assert fresh(payment).state == "paid"
