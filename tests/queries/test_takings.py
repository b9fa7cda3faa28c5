"""A day's money."""

from datetime import date
from typing import Any

import pytest

from booking.actions.desk.payments import take_payment, void_receipt
from booking.models import Payment
from booking.queries.takings import Takings, takings_on
from tests.factories import at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 3)


def line(takings: Takings, method: str) -> tuple[int, int]:
    return next((one.count, one.amount_minor) for one in takings.lines if one.method == method)


def test_cash_and_cards_are_counted_apart() -> None:
    visit, clerk = make_appointment(service=make_clinic(), starts_at=at(3, "10:00")), make_user()
    for method, minor in [("cash", 2000), ("cash", 400), ("terminal", 4000)]:
        take_payment(appointment_id=visit.pk, amount_minor=minor, method=method, by=clerk, now=at(3, "10:50"))
    takings = takings_on(DAY)
    assert (line(takings, "cash"), line(takings, "terminal")) == ((2, 2400), (1, 4000))


def test_a_reversed_receipt_comes_to_nothing() -> None:
    visit, clerk = make_appointment(service=make_clinic(), starts_at=at(3, "10:00")), make_user()
    receipt = take_payment(
        appointment_id=visit.pk, amount_minor=2000, method="cash", by=clerk, now=at(3, "10:50")
    )
    void_receipt(receipt_id=receipt.pk, reason="Wrong patient", by=clerk, now=at(3, "10:55"))
    assert line(takings_on(DAY), "cash") == (2, 0)


def give_back(**changes: Any) -> None:
    """All of a payment of the second of December, asked for and gone on the third unless said otherwise."""
    visit = make_appointment(service=make_clinic(), starts_at=at(3, "10:00"))
    payment = Payment.objects.create(
        appointment=visit, state="paid", amount_minor=6400, currency="GBP", idempotency_key="k",
        created_at=at(2, "9:00"), paid_at=at(2, "9:00"),
    )  # fmt: skip
    went = {"state": "succeeded", "created_at": at(3, "9:00"), "settled_at": at(3, "9:00")}
    payment.refunds.create(amount_minor=6400, currency="GBP", reason="cancelled", **went | changes)


def test_money_back_is_taken_off_the_day_it_went() -> None:
    give_back()
    assert takings_on(DAY).total_minor == -6400


def test_money_the_bank_sends_back_later_comes_in_on_that_day_and_changes_no_other() -> None:
    give_back(state="failed", returned_at=at(9, "9:00"))
    assert [line(takings_on(date(2026, 12, day)), "refund") for day in (3, 9)] == [(1, -6400), (1, 6400)]


def test_money_that_never_went_is_on_no_day() -> None:
    give_back(state="failed")
    assert line(takings_on(DAY), "refund") == (0, 0)


def test_the_day_ends_at_the_clinics_midnight() -> None:
    visit, clerk = make_appointment(service=make_clinic(), starts_at=at(3, "10:00")), make_user()
    for moment in (at(2, "23:59"), at(3, "0:00"), at(3, "23:59"), at(4, "0:00")):
        take_payment(appointment_id=visit.pk, amount_minor=100, method="cash", by=clerk, now=moment)
    assert line(takings_on(DAY), "cash") == (2, 200)
