"""T7: a declined card costs nobody their time."""

from booking.actions.payments.closing import close_timed_out_pages
from config.demo.stripe import DECLINED
from tests.actions.payments.scene import Scene, fresh


def test_declined_leaves_the_page_open_and_the_time_held(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment, DECLINED)
    scene.hear_everything()
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("open", "held")


def test_declined_then_successful_is_confirmed_and_paid_once(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment, DECLINED)
    scene.pay(payment)
    scene.hear_everything()
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("paid", "confirmed")
    assert scene.money_at_stripe() == 6400


def test_declined_then_back_and_again_is_the_same_page(scene: Scene) -> None:
    appointment = scene.held()
    first = scene.start(appointment)
    scene.pay(first, DECLINED)
    assert scene.start(appointment).pk == first.pk


def test_declined_until_the_time_is_up_frees_it(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.pay(payment, DECLINED)
    scene.wait(minutes=32)
    close_timed_out_pages(gateway=scene.gateway, now=scene.now)
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("expired", "lapsed")
    assert scene.money_at_stripe() == 0
