"""The letter about money given back from the desk: by which way it comes, and what stays paid."""

import pytest

from booking.actions.messages.delivery import mail_of
from booking.actions.messages.outbox import read
from booking.gateways.mail import Mail
from booking.models import Appointment, Receipt
from tests.actions.messages.post import (
    letter_link,
    make_message,
    make_payment,
    make_receipt,
    make_refund,
    make_visit,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def letter(visit: Appointment) -> Mail:
    (message,) = read([make_message(visit, "money_back").pk])
    return mail_of(message, now=NOW)


def text(visit: Appointment) -> str:
    return letter(visit).text


def given_back(visit: Appointment, method: str, minor: int, reason: str = "goodwill") -> None:
    receipt = make_receipt(visit, method=method)
    Receipt.objects.create(
        appointment=visit, method=method, amount_minor=-minor, currency="GBP", reverses=receipt,
        refund_reason=reason, taken_by=receipt.taken_by, taken_at=NOW,
    )  # fmt: skip


def test_what_goes_back_to_the_card_comes_by_itself_and_what_stays_paid_is_said() -> None:
    visit = make_visit(status="completed")
    make_refund(make_payment(visit), 3000, "goodwill")
    words = text(visit)
    assert "£30 goes back to the card you paid with." in words
    assert "5 to 10 working days" in words
    assert "£34 stays paid." in words
    assert "is to be paid" not in words


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("cash", "£14 was given to you in cash at the desk."),
        ("terminal", "£14 was put back on your card at the desk."),
    ],
)
def test_what_came_at_the_desk_went_back_there(method: str, said: str) -> None:
    visit = make_visit(status="completed")
    given_back(visit, method, 1400)
    words = text(visit)
    assert said in words
    assert "goes back to the card" not in words


def test_what_went_back_to_be_paid_in_another_way_is_still_to_be_paid() -> None:
    visit = make_visit(status="completed")
    given_back(visit, "cash", 6400, "other_way")
    words = text(visit)
    assert "Nothing stays paid." in words
    assert "£64 is to be paid." in words


def test_it_leads_to_the_visit_and_does_not_name_what_was_booked() -> None:
    visit = make_visit(status="cancelled", cancelled_by="patient", service={"name": "Needling"})
    make_refund(make_payment(visit), 6400, "goodwill")
    mail = letter(visit)
    assert mail.subject == "Given back: £64 for your visit on Thursday 10 December, 10:20"
    assert f"See your visit: {letter_link(visit)}" in mail.text
    assert "Needling" not in mail.text + mail.html


def test_a_refund_that_failed_is_not_said_to_have_been_given() -> None:
    visit = make_visit(status="completed")
    payment = make_payment(visit)
    make_refund(payment, 3000, "goodwill")
    make_refund(payment, 1000, "goodwill", state="failed")
    assert "£30 goes back to the card" in text(visit)
