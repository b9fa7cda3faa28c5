"""T8: the time to pay is up. The page is closed at Stripe first, and only then is the time let go."""

import pytest

from booking.actions.conflicts import TimeTaken
from booking.actions.holds import lapse_overdue_holds, place_hold, release_hold
from booking.actions.payments.applying import check_payments
from booking.actions.payments.closing import close_timed_out_pages
from booking.models import Message, Payment
from tests.actions.payments.scene import CALL, PATIENT, TEN, Scene, at_once, fresh, killed_in
from tests.factories import at


def timer(scene: Scene) -> int:
    return close_timed_out_pages(gateway=scene.gateway, now=scene.now)


def test_before_the_page_closes_nothing_happens(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.wait(minutes=30)
    assert timer(scene) == 0
    assert (fresh(payment).state, scene.pages()[0]["status"]) == ("open", "open")


def test_unpaid_in_time_is_expired_and_the_time_is_free(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.wait(minutes=31)
    assert timer(scene) == 1
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("expired", "lapsed")
    place_hold(service=scene.service, starts_at=TEN, now=scene.now, by=PATIENT)


def test_stripes_own_word_that_it_expired_frees_the_time(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.wait(minutes=31)
    scene.hear_everything()
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("expired", "lapsed")


def test_paid_in_the_last_second_is_confirmed_by_the_timer(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.wait(minutes=30, seconds=59)
    scene.pay(payment)
    scene.wait(seconds=2)
    timer(scene)
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("paid", "confirmed")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(5))
def test_expiring_races_paying_and_both_sides_agree(scene: Scene, round_: int) -> None:
    payment = scene.start(scene.held())
    # Our clock is ahead of Stripe's, where the page is still open.
    scene.now = payment.expires_at  # type: ignore[assignment]
    at_once([lambda: timer(scene), lambda: scene.pay(payment)])
    timer(scene)
    row, visit = fresh(payment), fresh(payment.appointment)
    page = scene.pages()[0]
    if page["payment_status"] == "paid":
        assert (row.state, visit.status, scene.money_at_stripe()) == ("paid", "confirmed", 6400)
    else:
        assert (row.state, visit.status, scene.money_at_stripe()) == ("expired", "lapsed", 0)


def test_while_stripe_is_away_the_time_stays_held(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.wait(minutes=35)
    scene.stand_in.fault("unreachable", times=None)
    assert timer(scene) == 0
    lapse_overdue_holds(now=scene.now)
    assert fresh(payment.appointment).status == "held"
    with pytest.raises(TimeTaken):
        place_hold(service=scene.service, starts_at=TEN, now=scene.now, by=PATIENT)


def test_ten_minutes_after_the_page_closed_it_is_let_go_without_stripe(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.wait(minutes=41)
    scene.stand_in.fault("unreachable", times=None)
    timer(scene)
    lapse_overdue_holds(now=scene.now)
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("open", "lapsed")


def test_when_stripe_is_back_a_payment_made_meanwhile_is_not_lost(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.wait(minutes=30)
    scene.pay(payment)
    scene.wait(minutes=12)
    lapse_overdue_holds(now=scene.now)
    timer(scene)
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("paid", "confirmed")


def test_a_time_that_can_still_be_paid_for_is_not_released(scene: Scene) -> None:
    payment = scene.start(scene.held())
    release_hold(appointment=payment.appointment, now=scene.now, by=PATIENT)
    assert fresh(payment.appointment).status == "held"


def test_a_page_that_was_never_made_frees_the_time_too(scene: Scene) -> None:
    appointment = scene.held()
    with killed_in(CALL):
        scene.start(appointment)
    scene.wait(minutes=31)
    timer(scene)
    assert (Payment.objects.get().state, fresh(appointment).status) == ("failed", "lapsed")
    assert scene.pages() == []


def test_a_time_that_lapsed_sends_no_message(scene: Scene) -> None:
    scene.start(scene.held())
    scene.wait(minutes=31)
    timer(scene)
    assert Message.objects.count() == 0


def test_a_page_that_stripe_always_fails_on_is_in_nobodys_way(scene: Scene) -> None:
    stuck = scene.start(scene.held())
    other = scene.start(scene.held(starts_at=at(3, "12:00")))
    scene.wait(minutes=32)
    scene.fails_on(stuck)
    assert timer(scene) == 1
    assert (fresh(stuck).state, fresh(other).state) == ("open", "expired")


def test_a_page_that_stripe_no_longer_knows_ends_on_receptions_list(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.stand_in.forget_everything()
    scene.wait(minutes=32)
    timer(scene)
    row = fresh(payment)
    assert (row.state, fresh(payment.appointment).status) == ("failed", "lapsed")
    assert row.problem == "Stripe no longer knows the pay page. Look there whether it was paid."


def test_before_its_time_is_up_it_may_only_be_out_of_sight(scene: Scene) -> None:
    payment = scene.start(scene.held())
    scene.stand_in.forget_everything()
    check_payments(appointment_id=payment.appointment_id, gateway=scene.gateway, now=scene.now)
    assert fresh(payment).state == "open"
