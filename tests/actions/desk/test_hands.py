"""What takes a thing off the lists that want a hand."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from booking.actions.desk.absences import add_closure, remove_closure
from booking.actions.desk.hands import (
    NoAddress,
    NothingLeft,
    SeenToAlready,
    acknowledge_payment,
    acknowledge_refund,
    confirm_by_telephone,
    refund_again,
    send_again,
    told_by_telephone,
)
from booking.actions.messages.preview import letters_as_of
from booking.models import Appointment, AuditEntry, Closure, Message, Payment, Refund
from booking.queries.needs_a_hand import needs_a_hand
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def visit(**fields: Any) -> Appointment:
    return make_appointment(service=make_clinic(), **{"starts_at": at(3, "10:00")} | fields)


def undelivered(**fields: Any) -> Message:
    row = visit(patient=make_patient(**fields))
    return Message.objects.create(
        appointment=row, patient=row.patient, occasion="confirmed", due_at=NOW - timedelta(days=1),
        state="failed", tried=11, problem="No such mailbox.",
    )  # fmt: skip


def payment(**fields: Any) -> Payment:
    defaults = {"state": "paid", "amount_minor": 6400, "currency": "GBP", "idempotency_key": "k"}
    return Payment.objects.create(appointment=visit(), created_at=NOW, paid_at=NOW, **defaults | fields)


def failed_refund(**fields: Any) -> Refund:
    defaults = {"amount_minor": 6400, "currency": "GBP", "reason": "cancelled", "state": "failed"}
    return payment().refunds.create(created_at=NOW, problem="The money did not go back.", **defaults | fields)


def logged(verb: str) -> AuditEntry:
    return AuditEntry.objects.get(verb=verb)


# --- Not confirmed ---------------------------------------------------------------------------------------


def test_who_was_rung_is_off_the_list(clerk: User) -> None:
    row = visit(pays_at_clinic=True)
    confirm_by_telephone(appointment_id=row.pk, by=clerk, now=NOW)
    assert needs_a_hand(now=NOW).unconfirmed == []


def test_who_rang_is_written_down(clerk: User) -> None:
    row = visit()
    confirm_by_telephone(appointment_id=row.pk, by=clerk, now=NOW)
    assert (logged("confirmed by telephone").actor, row.patient.email_proved_at) == (clerk, None)


def test_a_visit_cancelled_meanwhile_is_not_confirmed(clerk: User) -> None:
    with pytest.raises(SeenToAlready):
        confirm_by_telephone(appointment_id=visit(status="cancelled").pk, by=clerk, now=NOW)


# --- Not delivered ---------------------------------------------------------------------------------------


def test_a_message_sent_again_is_due_at_once_and_fresh(clerk: User) -> None:
    message = send_again(message_id=undelivered().pk, by=clerk, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.due_at, message.tried, message.problem) == ("due", NOW, 0, "")
    assert list(Message.objects.due(now=NOW)) == [message]


def test_sending_again_is_written_down(clerk: User) -> None:
    send_again(message_id=undelivered().pk, by=clerk, now=NOW)
    assert logged("sent message again").actor == clerk


def test_without_an_address_nothing_is_sent_again(clerk: User) -> None:
    message = undelivered(email="")
    with pytest.raises(NoAddress):
        send_again(message_id=message.pk, by=clerk, now=NOW)
    message.refresh_from_db()
    assert message.state == "failed"


def test_what_was_told_by_telephone_is_not_sent(clerk: User) -> None:
    message = told_by_telephone(message_id=undelivered().pk, by=clerk, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.problem) == ("skipped", "Told by telephone.")
    assert logged("told by telephone").detail == {"occasion": "confirmed"}


@pytest.mark.parametrize("see_to", [send_again, told_by_telephone])
def test_the_second_of_two_clerks_is_told(clerk: User, see_to: Any) -> None:
    message = undelivered()
    told_by_telephone(message_id=message.pk, by=clerk, now=NOW)
    with pytest.raises(SeenToAlready):
        see_to(message_id=message.pk, by=clerk, now=NOW)


def test_what_it_would_say_can_be_read_out() -> None:
    message = undelivered()
    (text,) = letters_as_of([message.pk], now=NOW).values()
    assert "Thursday 3 December, 10:00" in text


# --- Money -----------------------------------------------------------------------------------------------


def test_a_payment_seen_to_is_off_the_list(clerk: User) -> None:
    row = payment(problem="The amount differs.")
    acknowledge_payment(payment_id=row.pk, note="Rang Stripe.", by=clerk, now=NOW)
    assert needs_a_hand(now=NOW).payments == []


def test_the_log_keeps_what_was_wrong_and_what_was_done(clerk: User) -> None:
    row = payment(problem="The amount differs.")
    acknowledge_payment(payment_id=row.pk, note="Rang Stripe.", by=clerk, now=NOW)
    assert logged("saw to payment").detail == {
        "payment": str(row.pk), "problem": "The amount differs.", "note": "Rang Stripe.",
    }  # fmt: skip


def test_a_payment_is_seen_to_once(clerk: User) -> None:
    with pytest.raises(SeenToAlready):
        acknowledge_payment(payment_id=payment().pk, note="Again.", by=clerk, now=NOW)


def test_a_refund_is_asked_for_again_by_a_row_of_its_own(clerk: User) -> None:
    failed = failed_refund()
    refund_again(refund_id=failed.pk, by=clerk, now=NOW)
    again = Refund.objects.exclude(pk=failed.pk).get()
    assert (again.state, again.amount_minor, again.payment) == ("requested", 6400, failed.payment)
    assert needs_a_hand(now=NOW).refunds == []


def test_a_refund_is_asked_for_again_once(clerk: User) -> None:
    failed = failed_refund()
    refund_again(refund_id=failed.pk, by=clerk, now=NOW)
    with pytest.raises(SeenToAlready):
        refund_again(refund_id=failed.pk, by=clerk, now=NOW)
    assert Refund.objects.count() == 2


def test_money_that_has_gone_back_is_not_sent_twice(clerk: User) -> None:
    failed = failed_refund()
    failed.payment.refunds.create(amount_minor=100, currency="GBP", reason="goodwill", created_at=NOW)
    with pytest.raises(NothingLeft):
        refund_again(refund_id=failed.pk, by=clerk, now=NOW)
    failed.refresh_from_db()
    assert failed.problem


def test_a_refund_settled_in_another_way_is_off_the_list(clerk: User) -> None:
    failed = failed_refund()
    acknowledge_refund(refund_id=failed.pk, note="Paid back in cash.", by=clerk, now=NOW)
    assert needs_a_hand(now=NOW).refunds == []
    assert logged("saw to refund").detail["note"] == "Paid back in cash."


# --- Closures --------------------------------------------------------------------------------------------


def test_a_closure_taken_back_is_written_down(clerk: User) -> None:
    day = at(24, "0:00").date()
    closure = add_closure(location=None, first_day=day, last_day=day, name="Christmas Eve", by=clerk, now=NOW)
    remove_closure(closure=closure, by=clerk, now=NOW)
    assert not Closure.objects.exists()
    assert logged("removed closure").detail["name"] == "Christmas Eve"
