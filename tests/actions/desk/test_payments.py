"""Money taken at the desk."""

import pytest

from accounts.models import User
from booking.actions.desk.payments import (
    AlreadyReversed,
    DueChanged,
    MoreThanDue,
    NothingOwed,
    take_payment,
    void_receipt,
)
from booking.models import Appointment, Payment, Receipt
from booking.queries.visits import money_now
from tests.factories import NOW, at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Appointment:
    return make_appointment(service=make_clinic(), starts_at=at(3, "10:00"))


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def take(visit: Appointment, clerk: User, minor: int) -> Receipt:
    return take_payment(appointment_id=visit.pk, amount_minor=minor, method="cash", by=clerk, now=NOW)


def test_what_was_taken_is_no_longer_due(visit: Appointment, clerk: User) -> None:
    take(visit, clerk, 4000)
    assert money_now(visit).due == 2400


def test_nobody_pays_more_than_is_due(visit: Appointment, clerk: User) -> None:
    take(visit, clerk, 6400)
    with pytest.raises(MoreThanDue):
        take(visit, clerk, 1)
    assert Receipt.objects.count() == 1


def test_what_was_paid_online_is_not_taken_again(visit: Appointment, clerk: User) -> None:
    Payment.objects.create(
        appointment=visit, state="paid", amount_minor=6400, currency="GBP", idempotency_key="k",
        created_at=NOW, paid_at=NOW,
    )  # fmt: skip
    with pytest.raises(MoreThanDue):
        take(visit, clerk, 6400)


@pytest.mark.parametrize("minor", [0, -100])
def test_nothing_is_not_a_payment(visit: Appointment, clerk: User, minor: int) -> None:
    with pytest.raises(MoreThanDue):
        take(visit, clerk, minor)


def test_a_mistake_is_reversed_by_a_second_row(visit: Appointment, clerk: User) -> None:
    receipt = take(visit, clerk, 6400)
    void_receipt(receipt_id=receipt.pk, reason="Wrong patient", by=clerk, now=NOW)
    assert sorted(Receipt.objects.values_list("amount_minor", flat=True)) == [-6400, 6400]
    assert money_now(visit).due == 6400


def test_a_receipt_is_reversed_once(visit: Appointment, clerk: User) -> None:
    receipt = take(visit, clerk, 6400)
    reversing = void_receipt(receipt_id=receipt.pk, reason="Wrong patient", by=clerk, now=NOW)
    for row in (receipt, reversing):
        with pytest.raises(AlreadyReversed):
            void_receipt(receipt_id=row.pk, reason="Again", by=clerk, now=NOW)


def test_nothing_is_taken_for_a_visit_that_was_cancelled(clerk: User) -> None:
    visit = make_appointment(service=make_clinic(), starts_at=at(3, "10:00"), status="cancelled")
    with pytest.raises(NothingOwed):
        take_payment(appointment_id=visit.pk, amount_minor=100, method="cash", by=clerk, now=NOW)


def test_a_part_that_was_paid_meanwhile_is_not_taken_twice(visit: Appointment, clerk: User) -> None:
    def take_thirty() -> None:
        take_payment(
            appointment_id=visit.pk, amount_minor=3000, method="cash", by=clerk, now=NOW, seen_due_minor=6400
        )

    take_thirty()
    with pytest.raises(DueChanged):
        take_thirty()
    assert Receipt.objects.get().amount_minor == 3000
