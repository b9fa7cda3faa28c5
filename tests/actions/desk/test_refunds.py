"""Money given back from the desk: in part or whole, by the way it came, never more than came."""

import pytest

from accounts.models import Patient, User
from booking.actions.desk.payments import AlreadyReversed, take_payment, void_receipt
from booking.actions.desk.refunds import (
    MoneyMoved,
    MoreThanLeft,
    Source,
    give_money_back,
    left_to_give_back,
)
from booking.models import Appointment, AuditEntry, Message, Receipt, Refund
from booking.queries.takings import takings_on
from booking.queries.visits import money_now
from booking.words import clinic_day
from tests.actions.messages.post import make_payment
from tests.actions.payments.scene import at_once
from tests.factories import NOW, at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Appointment:
    return make_appointment(service=make_clinic(), starts_at=at(3, "10:00"))


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def take(visit: Appointment, clerk: User, minor: int, method: str = "cash") -> Receipt:
    return take_payment(appointment_id=visit.pk, amount_minor=minor, method=method, by=clerk, now=NOW)


def give(visit: Appointment, clerk: User, reason: str = "goodwill", **amounts: int) -> int:
    return give_money_back(
        appointment_id=visit.pk,
        amounts={Source(way): minor for way, minor in amounts.items()},
        reason=reason,
        seen_left_minor=sum(left_to_give_back(visit).values()),
        by=clerk,
        now=NOW,
    )


def test_a_part_goes_back_to_the_card(visit: Appointment, clerk: User) -> None:
    make_payment(visit)
    assert give(visit, clerk, online=3000) == 3000
    refund = Refund.objects.get()
    assert (refund.amount_minor, refund.reason, refund.state) == (3000, "goodwill", "requested")


def test_cash_goes_back_by_a_row_that_reverses_a_part(visit: Appointment, clerk: User) -> None:
    receipt = take(visit, clerk, 6400)
    give(visit, clerk, cash=1400)
    row = Receipt.objects.get(reverses=receipt)
    assert (row.amount_minor, row.method, row.refund_reason) == (-1400, "cash", "goodwill")
    assert left_to_give_back(visit) == {Source.CASH: 5000}


def test_each_way_gets_its_own(visit: Appointment, clerk: User) -> None:
    make_payment(visit, 2400)
    take(visit, clerk, 4000, "terminal")
    give(visit, clerk, online=2400, terminal=4000)
    assert left_to_give_back(visit) == {}


@pytest.mark.parametrize(("reason", "due"), [("goodwill", 0), ("too_much", 0), ("other_way", 3000)])
def test_whether_it_is_owed_again_follows_the_reason(
    visit: Appointment, clerk: User, reason: str, due: int
) -> None:
    make_payment(visit)
    give(visit, clerk, reason, online=3000)
    assert money_now(visit).due == due


def test_the_visit_stays_as_it_is(visit: Appointment, clerk: User) -> None:
    make_payment(visit)
    give(visit, clerk, online=6400)
    visit.refresh_from_db()
    assert (visit.status, visit.sequence) == ("confirmed", 0)


@pytest.mark.parametrize("minor", [0, -100, 6401])
def test_never_nothing_and_never_more_than_is_left(visit: Appointment, clerk: User, minor: int) -> None:
    make_payment(visit)
    with pytest.raises(MoreThanLeft):
        give(visit, clerk, online=minor)
    assert Refund.objects.count() == 0


def test_too_much_by_one_way_gives_nothing_back_by_another(visit: Appointment, clerk: User) -> None:
    make_payment(visit, 2400)
    take(visit, clerk, 4000)
    with pytest.raises(MoreThanLeft):
        give(visit, clerk, online=2400, cash=4001)
    assert (Refund.objects.count(), Receipt.objects.count()) == (0, 1)


def test_a_form_sent_twice_gives_back_once(visit: Appointment, clerk: User) -> None:
    make_payment(visit)
    give(visit, clerk, online=1000)
    with pytest.raises(MoneyMoved):
        give_money_back(
            appointment_id=visit.pk, amounts={Source.ONLINE: 1000}, reason="goodwill",
            seen_left_minor=6400, by=clerk, now=NOW,
        )  # fmt: skip


def test_who_and_why_is_in_the_log(visit: Appointment, clerk: User) -> None:
    make_payment(visit)
    give(visit, clerk, online=1000)
    entry = AuditEntry.objects.get(verb="gave money back")
    assert (entry.actor, entry.detail) == (clerk, {"reason": "goodwill", "online_minor": 1000})


def test_a_mistake_found_after_a_part_went_back_reverses_the_rest(visit: Appointment, clerk: User) -> None:
    receipt = take(visit, clerk, 6400)
    give(visit, clerk, cash=1400)
    assert void_receipt(receipt_id=receipt.pk, reason="Wrong visit", by=clerk, now=NOW).amount_minor == -5000
    with pytest.raises(AlreadyReversed):
        void_receipt(receipt_id=receipt.pk, reason="Again", by=clerk, now=NOW)


def test_the_takings_of_the_day_are_less_by_it(visit: Appointment, clerk: User) -> None:
    make_payment(visit, 2400)
    take(visit, clerk, 4000)
    give(visit, clerk, online=400, cash=1000)
    Refund.objects.update(state="succeeded", settled_at=NOW)
    lines = {line.method: line.amount_minor for line in takings_on(clinic_day(NOW)).lines}
    assert lines == {"cash": 3000, "online": 2400, "refund": -400}


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_never_pass_what_came_in(visit: Appointment, clerk: User) -> None:
    make_payment(visit, 2400)
    take(visit, clerk, 4000)

    def insists() -> int:
        """A clerk who looks again whenever somebody else was quicker."""
        while True:
            try:
                return give(visit, clerk, online=300, cash=300)
            except MoneyMoved:
                continue

    found = at_once([insists] * 20)
    assert {type(one) for one in found if isinstance(one, Exception)} == {MoreThanLeft}
    back = sum(Refund.objects.values_list("amount_minor", flat=True))
    assert (back, left_to_give_back(visit)) == (2400, {Source.CASH: 1600})


def test_the_patient_is_written_to_once_for_what_was_given_in_one_go(visit: Appointment, clerk: User) -> None:
    make_payment(visit)
    give(visit, clerk, online=3000)
    give(visit, clerk, online=1000)
    message = Message.objects.get()
    assert (message.occasion, message.patient, message.due_at) == ("money_back", visit.patient, NOW)


def test_what_is_given_back_later_is_written_again(visit: Appointment, clerk: User) -> None:
    make_payment(visit)
    give(visit, clerk, online=3000)
    Message.objects.update(state="sent")
    give(visit, clerk, online=1000)
    assert list(Message.objects.order_by("repeat").values_list("state", "repeat")) == [
        ("sent", 0),
        ("due", 1),
    ]


def test_who_gave_no_address_is_not_written_to(visit: Appointment, clerk: User) -> None:
    Patient.objects.update(email="")
    make_payment(visit)
    give(visit, clerk, online=3000)
    assert Message.objects.count() == 0
