"""Cancelling at the desk."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from booking.models import Appointment, Payment
from tests.factories import NOW, at
from tests.web.reception.desk import get, post, text


@pytest.fixture
def paid(visit: Appointment) -> Appointment:
    Payment.objects.create(
        appointment=visit,
        state="paid",
        amount_minor=6400,
        currency="GBP",
        idempotency_key="key",
        created_at=NOW,
        paid_at=NOW,
    )
    return visit


def test_the_reason_is_kept_as_a_code_and_in_words(desk: Client, visit: Appointment) -> None:
    post(desk, "cancel", visit.pk, code="ill", reason="Flu")
    row = Appointment.objects.get()
    assert (row.status, row.cancel_code, row.cancel_reason) == ("cancelled", "ill", "Flu")


def test_the_reason_stays_in_sight(desk: Client, visit: Appointment) -> None:
    post(desk, "cancel", visit.pk, code="ill", reason="Flu")
    assert "Ill, by the patient: Flu" in text(get(desk, "visit", visit.pk))


def test_without_a_reason_nothing_is_cancelled(desk: Client, visit: Appointment) -> None:
    answer = post(desk, "cancel", visit.pk)
    assert (answer.status_code, Appointment.objects.get().status) == (422, "confirmed")
    assert "Choose why. Nothing was cancelled." in text(answer)


def test_what_goes_back_is_said_before(desk: Client, paid: Appointment) -> None:
    html = text(get(desk, "cancel", paid.pk))
    assert "£32 of the £64 paid online goes back" in html  # an hour before, half
    assert "£64 of the £64 paid online goes back" in html  # if it is the clinic's doing


def test_what_went_back_is_said_after(desk: Client, paid: Appointment) -> None:
    html = text(post(desk, "cancel", paid.pk, code="physio_away"))
    assert "£64 goes back to the card" in html


def test_cash_is_given_back_by_hand(desk: Client, visit: Appointment) -> None:
    post(desk, "take", visit.pk, amount="64", method="cash")
    assert "£64 was taken at the desk: give it back from here" in text(get(desk, "cancel", visit.pk))


def test_who_is_here_is_not_cancelled(
    desk: Client, visit: Appointment, clock: Callable[[datetime], None]
) -> None:
    clock(at(3, "9:55"))
    post(desk, "step", visit.pk, step="check-in")
    assert post(desk, "cancel", visit.pk, code="ill").status_code == 409
