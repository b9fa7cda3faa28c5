"""T16: what is left of the price is paid by a link or at the desk, and only what is left."""

from functools import partial

import pytest

from accounts.models import User
from booking.actions.desk.hands import NoAddress
from booking.actions.desk.pay_links import send_pay_link
from booking.actions.desk.payments import MoreThanDue, NothingOwed, take_payment
from booking.actions.payments.applying import apply_session
from booking.actions.payments.starting import NothingToPay
from booking.models import Appointment, Message
from booking.queries.visits import money_now
from tests.actions.messages.post import deliver, make_payment, text_of
from tests.actions.payments.scene import Scene, at_once, fresh, refunds
from tests.factories import at, make_appointment, make_patient, make_user
from tests.mailbox import Mailbox


@pytest.fixture
def visit(scene: Scene) -> Appointment:
    return make_appointment(service=scene.service, starts_at=at(3, "12:00"))


@pytest.fixture
def clerk(scene: Scene) -> User:
    return make_user(role="reception")


def take(visit: Appointment, clerk: User, minor: int) -> None:
    take_payment(appointment_id=visit.pk, amount_minor=minor, method="cash", by=clerk, now=at(1, "9:00"))


def send(scene: Scene, visit: Appointment, clerk: User) -> None:
    send_pay_link(appointment_id=visit.pk, by=clerk, now=scene.now)


def test_after_a_deposit_the_page_asks_for_the_balance(scene: Scene, visit: Appointment) -> None:
    make_payment(visit, 2400, kind="deposit")
    payment = scene.start(visit)
    assert (payment.kind, payment.amount_minor) == ("balance", 4000)
    scene.pay(payment)
    scene.hear_everything()
    assert money_now(visit).due == 0


def test_after_a_part_at_the_desk_the_older_page_is_closed_first(
    scene: Scene, visit: Appointment, clerk: User
) -> None:
    older = scene.start(visit)
    take(visit, clerk, 2400)
    newer = scene.start(visit)
    assert (fresh(older).state, newer.kind, newer.amount_minor) == ("expired", "balance", 4000)
    assert [page["amount_total"] for page in scene.pages("open")] == [4000]


def test_once_all_is_paid_at_the_desk_no_page_stays_open(
    scene: Scene, visit: Appointment, clerk: User
) -> None:
    scene.start(visit)
    take(visit, clerk, 6400)
    with pytest.raises(NothingToPay):
        scene.start(visit)
    assert scene.pages("open") == []


def test_only_what_is_too_much_goes_back(scene: Scene, visit: Appointment, clerk: User) -> None:
    payment = scene.start(visit)
    take(visit, clerk, 2400)
    scene.pay(payment)
    scene.hear_everything()
    assert refunds(payment) == [("twice", 2400, "requested")]
    assert money_now(visit).kept == 6400


@pytest.mark.django_db(transaction=True)
def test_link_and_desk_at_the_same_moment_leave_exactly_the_price(
    scene: Scene, visit: Appointment, clerk: User
) -> None:
    payment = scene.start(visit)
    scene.pay(payment)
    heard = partial(apply_session, session_id=payment.stripe_session_id, gateway=scene.gateway, now=scene.now)
    results = at_once([heard, partial(take, visit, clerk, 6400), heard])
    assert {type(one) for one in results if isinstance(one, Exception)} <= {MoreThanDue}
    assert money_now(visit).kept == 6400


def test_the_letter_asks_for_what_is_left(
    scene: Scene, visit: Appointment, clerk: User, mailbox: Mailbox
) -> None:
    take(visit, clerk, 2400)
    send(scene, visit, clerk)
    deliver(scene.now)
    (mail,) = mailbox.messages
    assert "£40 to pay" in text_of(mail)
    assert visit.service.name not in f"{mail['subject']} {text_of(mail)}"


def test_paid_meanwhile_the_letter_does_not_go(
    scene: Scene, visit: Appointment, clerk: User, mailbox: Mailbox
) -> None:
    send(scene, visit, clerk)
    take(visit, clerk, 6400)
    deliver(scene.now)
    assert mailbox.messages == []
    assert Message.objects.get().problem == "Nothing is due any more."


def test_pressed_twice_it_goes_once_and_later_it_can_go_again(
    scene: Scene, visit: Appointment, clerk: User, mailbox: Mailbox
) -> None:
    for _ in range(2):
        send(scene, visit, clerk)
    deliver(scene.now)
    send(scene, visit, clerk)
    deliver(scene.now)
    assert len(mailbox.messages) == 2
    assert list(Message.objects.values_list("repeat", "state").order_by("repeat")) == [
        (0, "sent"), (1, "sent"),
    ]  # fmt: skip


def test_it_may_be_sent_after_the_visit(
    scene: Scene, visit: Appointment, clerk: User, mailbox: Mailbox
) -> None:
    Appointment.objects.update(status="completed")
    send(scene, visit, clerk)
    deliver(at(4, "9:00"))
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_nothing_is_asked_for_a_visit_that_did_not_take_place(
    scene: Scene, visit: Appointment, clerk: User, status: str
) -> None:
    Appointment.objects.update(status=status)
    with pytest.raises(NothingOwed):
        send(scene, visit, clerk)


def test_without_an_address_it_cannot_be_sent(scene: Scene, clerk: User) -> None:
    visit = make_appointment(service=scene.service, starts_at=at(3, "12:00"), patient=make_patient(email=""))
    with pytest.raises(NoAddress):
        send(scene, visit, clerk)
