"""T9: the money comes when the time has been let go. Still free: it is theirs. Taken: all of it goes back."""

import pytest

from booking.actions.holds import lapse_overdue_holds, place_hold
from booking.models import Appointment, Message, Payment, Room, StripeEvent
from tests.actions.payments.scene import PATIENT, TEN, Scene, fresh, refunds
from tests.factories import at, make_appointment, make_practitioner


@pytest.fixture
def late(scene: Scene) -> Payment:
    """Paid in time, but we hear of it only after the hold has lapsed."""
    payment = scene.start(scene.held())
    scene.wait(minutes=30)
    scene.pay(payment)
    scene.wait(minutes=12)
    lapse_overdue_holds(now=scene.now)
    assert fresh(payment.appointment).status == "lapsed"
    return payment


def somebody_takes_it(scene: Scene) -> Appointment:
    return place_hold(service=scene.service, starts_at=TEN, now=scene.now, by=PATIENT).appointment


def test_a_time_still_free_is_taken_again_and_confirmed(scene: Scene, late: Payment) -> None:
    scene.hear_everything()
    assert (fresh(late).state, fresh(late.appointment).status) == ("paid", "confirmed")
    assert refunds(late) == []


def test_a_time_taken_meanwhile_means_everything_back(scene: Scene, late: Payment) -> None:
    somebody_takes_it(scene)
    scene.hear_everything()
    assert (fresh(late).state, fresh(late.appointment).status) == ("paid", "lapsed")
    assert refunds(late) == [("too_late", 6400, "requested")]


def test_the_patient_is_told_with_an_apology(scene: Scene, late: Payment) -> None:
    somebody_takes_it(scene)
    scene.hear_everything()
    assert list(Message.objects.values_list("occasion", flat=True)) == ["not_booked"]


def test_whoever_has_the_time_now_keeps_it(scene: Scene, late: Payment) -> None:
    other = somebody_takes_it(scene)
    scene.hear_everything()
    assert fresh(other).status == "held"


def test_a_lapsed_hold_of_somebody_else_is_not_in_the_way(scene: Scene, late: Payment) -> None:
    other = somebody_takes_it(scene)
    scene.wait(minutes=11)
    scene.hear_everything()
    assert (fresh(late.appointment).status, fresh(other).status) == ("confirmed", "lapsed")


def test_a_visit_that_would_have_begun_is_paid_back(scene: Scene) -> None:
    payment = scene.start(scene.held(starts_at=at(30, "9:00", month=11)))
    scene.wait(minutes=20)
    scene.pay(payment)
    scene.wait(minutes=45)
    lapse_overdue_holds(now=scene.now)
    scene.hear_everything()
    assert refunds(payment) == [("too_late", 6400, "requested")]


def test_held_still_when_it_has_begun_it_is_paid_back_and_said(scene: Scene) -> None:
    payment = scene.start(scene.held(starts_at=at(30, "9:00", month=11)))
    scene.pay(payment)
    Appointment.objects.update(hold_expires_at=at(30, "9:30", month=11))
    scene.now = at(30, "9:05", month=11)
    scene.hear_everything()
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("paid", "lapsed")
    assert refunds(payment) == [("too_late", 6400, "requested")]
    assert Message.objects.get().occasion == "not_booked"


def test_its_room_taken_it_is_confirmed_in_another(scene: Scene, late: Payment) -> None:
    visit = fresh(late.appointment)
    make_appointment(
        service=scene.service,
        starts_at=TEN,
        practitioner=make_practitioner(),
        location=visit.location,
        room=visit.room,
    )
    other = Room.objects.create(location=visit.location, name="Another", kind=visit.room.kind)
    scene.hear_everything()
    assert (fresh(visit).status, fresh(visit).room) == ("confirmed", other)
    assert refunds(late) == []


@pytest.mark.parametrize("taken", [True, False])
def test_heard_again_it_ends_the_same(scene: Scene, late: Payment, taken: bool) -> None:
    if taken:
        somebody_takes_it(scene)
    scene.hear_everything()
    before = (fresh(late).state, fresh(late.appointment).status, refunds(late), Message.objects.count())
    StripeEvent.objects.update(state="received")
    scene.hear_everything()
    assert (
        fresh(late).state, fresh(late.appointment).status, refunds(late), Message.objects.count()
    ) == before  # fmt: skip


def test_a_page_we_thought_expired_and_that_was_paid_counts_as_paid(scene: Scene) -> None:
    payment = scene.start(scene.held())
    Payment.objects.filter(pk=payment.pk).update(state="expired")
    scene.pay(payment)
    scene.hear_everything()
    assert (fresh(payment).state, fresh(payment.appointment).status) == ("paid", "confirmed")
