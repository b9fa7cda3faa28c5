"""What wants somebody's hand."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import pytest

from booking.actions.desk.payments import take_payment
from booking.models import Appointment, AuditEntry, Leave, Message, Payment
from booking.queries.needs_a_hand import (
    CONFIRMED_BY_TELEPHONE,
    NeedsAHand,
    hands_wanted,
    lists_of,
    needs_a_hand,
)
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_user, make_wait

pytestmark = pytest.mark.django_db

TEN = at(3, "10:00")


def lists() -> NeedsAHand:
    return needs_a_hand(now=NOW)


def listed() -> int:
    found = lists()
    return sum(len(getattr(found, each.name)) for each in fields(found))


def visit(**changes: Any) -> Appointment:
    return make_appointment(service=make_clinic(), **{"starts_at": TEN} | changes)


def pay(appointment: Appointment, **changes: Any) -> Payment:
    defaults = {"state": "paid", "amount_minor": 6400, "currency": "GBP", "idempotency_key": "k"}
    return Payment.objects.create(appointment=appointment, created_at=NOW, paid_at=NOW, **defaults | changes)


def test_an_ordinary_day_wants_nobodys_hand() -> None:
    visit(patient=make_patient(email_proved_at=NOW))
    assert listed() == 0


def test_an_address_that_was_never_proved_is_listed_where_nothing_was_paid() -> None:
    row = visit(pays_at_clinic=True)
    assert lists().unconfirmed == [row]


def test_a_message_that_failed_is_listed() -> None:
    row = visit(patient=make_patient(email_proved_at=NOW))
    message = Message.objects.create(
        appointment=row, patient=row.patient, occasion="confirmed", due_at=NOW, state="failed"
    )
    assert lists().undelivered == [message]


@pytest.mark.parametrize(
    ("occasion", "status", "is_listed"),
    [
        ("confirmed", "cancelled", False),
        ("reminder", "cancelled", False),
        ("cancelled", "cancelled", True),
        ("not_booked", "lapsed", True),
    ],
)
def test_a_message_that_failed_is_listed_while_it_is_so(occasion: str, status: str, is_listed: bool) -> None:
    row = visit(status=status, patient=make_patient(email_proved_at=NOW))
    message = Message.objects.create(
        appointment=row, patient=row.patient, occasion=occasion, due_at=NOW, state="failed"
    )
    assert lists().undelivered == ([message] if is_listed else [])


def test_a_message_that_failed_is_off_the_list_once_the_visit_has_moved() -> None:
    row = visit(patient=make_patient(email_proved_at=NOW), sequence=1)
    Message.objects.create(
        appointment=row, patient=row.patient, occasion="confirmed", due_at=NOW, state="failed"
    )
    assert lists().undelivered == []


@pytest.mark.parametrize("occasion", ["pay_link", "money_back"])
def test_a_message_about_money_that_failed_stays_listed_though_the_visit_has_moved(occasion: str) -> None:
    row = visit(patient=make_patient(email_proved_at=NOW), sequence=1)
    message = Message.objects.create(
        appointment=row, patient=row.patient, occasion=occasion, due_at=NOW, state="failed"
    )
    assert lists().undelivered == [message]


def failed_link(row: Appointment) -> Message:
    """Asked for after the visit as well as before it."""
    return Message.objects.create(
        appointment=row, patient=row.patient, occasion="pay_link", due_at=NOW, state="failed"
    )


@pytest.mark.parametrize("starts_at", [TEN, at(27, "10:00", month=11)], ids=["to come", "over"])
def test_a_payment_link_that_failed_is_listed_until_nothing_is_due(starts_at: datetime) -> None:
    row = visit(starts_at=starts_at, patient=make_patient(email_proved_at=NOW))
    message = failed_link(row)
    assert lists().undelivered == [message]
    take_payment(appointment_id=row.pk, amount_minor=4000, method="cash", by=make_user(), now=NOW)
    assert lists().undelivered == [message]
    take_payment(appointment_id=row.pk, amount_minor=2400, method="cash", by=make_user(), now=NOW)
    assert lists().undelivered == []
    assert hands_wanted(now=NOW) == 0


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_a_payment_link_that_failed_is_off_the_list_when_nobody_came(status: str) -> None:
    failed_link(visit(status=status, patient=make_patient(email_proved_at=NOW)))
    assert lists().undelivered == []


def test_a_letter_about_money_given_back_that_failed_is_listed_after_the_visit_too() -> None:
    row = visit(status="completed", starts_at=at(27, "10:00", month=11))
    pay(row)
    message = Message.objects.create(
        appointment=row, patient=row.patient, occasion="money_back", due_at=NOW, state="failed"
    )
    assert lists().undelivered == [message]


def test_a_visit_that_took_place_unpaid_is_listed_until_it_is_paid() -> None:
    row = visit(status="completed", starts_at=at(27, "10:00", month=11))
    assert lists().unpaid == [row]
    take_payment(appointment_id=row.pk, amount_minor=6400, method="cash", by=make_user(), now=NOW)
    assert lists().unpaid == []


def test_a_visit_paid_online_is_not_unpaid() -> None:
    row = visit(status="completed", starts_at=at(27, "10:00", month=11))
    pay(row)
    assert lists().unpaid == []


def test_what_went_back_is_unpaid_again() -> None:
    row = visit(status="completed", starts_at=at(27, "10:00", month=11))
    pay(row).refunds.create(amount_minor=100, currency="GBP", reason="other_way", created_at=NOW)
    assert lists().unpaid == [row]


def test_what_was_given_back_as_goodwill_is_not_owed_again() -> None:
    row = visit(status="completed", starts_at=at(27, "10:00", month=11))
    pay(row).refunds.create(amount_minor=100, currency="GBP", reason="goodwill", created_at=NOW)
    assert lists().unpaid == []


def test_a_payment_with_a_problem_is_listed() -> None:
    payment = pay(visit(), problem="The amount differs.")
    assert lists().payments == [payment]


def test_a_refund_that_failed_is_listed() -> None:
    refund = pay(visit()).refunds.create(
        amount_minor=100, currency="GBP", reason="goodwill", created_at=NOW, state="failed", problem="No."
    )
    assert lists().refunds == [refund]


def test_a_refund_that_somebody_has_seen_to_is_not() -> None:
    pay(visit()).refunds.create(
        amount_minor=100, currency="GBP", reason="goodwill", created_at=NOW, state="failed"
    )
    assert lists().refunds == []


def test_a_visit_whose_patient_was_rung_is_not_listed() -> None:
    row = visit(pays_at_clinic=True)
    assert lists().unconfirmed == [row]
    AuditEntry.objects.create(at=NOW, actor_kind="staff", verb=CONFIRMED_BY_TELEPHONE, appointment_id=row.pk)
    assert lists().unconfirmed == []


def test_the_count_is_of_all_the_lists_in_six_queries(django_assert_num_queries: Any) -> None:
    row = visit(pays_at_clinic=True)
    pay(row, problem="The amount differs.")
    Message.objects.create(
        appointment=row, patient=row.patient, occasion="confirmed", due_at=NOW, state="failed"
    )
    make_wait(service=row.service)
    with django_assert_num_queries(6):
        assert hands_wanted(now=NOW) == 4
    assert listed() == 4


def test_while_nobody_waits_for_a_time_the_count_is_two_queries(django_assert_num_queries: Any) -> None:
    visit(pays_at_clinic=True)
    with django_assert_num_queries(2):
        assert hands_wanted(now=NOW) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_lists_cost_sixteen_queries_however_long(count: int, django_assert_num_queries: Any) -> None:
    service = make_clinic(turnaround_minutes=0, required_credential="dry-needling")
    for number in range(count):
        row = make_appointment(
            service=service, starts_at=at(3 + number // 8, f"{9 + number % 8}:00"), pays_at_clinic=True
        )
        Message.objects.create(
            appointment=row, patient=row.patient, occasion="confirmed", due_at=NOW, state="failed"
        )
        make_wait(service=service)
    with django_assert_num_queries(16):
        found = lists()
        assert len(found.unconfirmed) == len(found.undelivered) == len(found.not_covered) == count
        assert all(row.patient.name and row.service.name for row in found.unconfirmed)


def test_an_ordinary_visit_is_on_no_list() -> None:
    assert lists_of(visit(patient=make_patient(email_proved_at=NOW)).pk, now=NOW) == []


def test_a_visit_names_every_list_it_is_on_in_one_query(django_assert_num_queries: Any) -> None:
    row = visit()
    failed_link(row)
    pay(row, problem="Paid twice.", amount_minor=100)
    Leave.objects.create(practitioner=row.practitioner, starts_at=row.starts_at, ends_at=row.ends_at)
    with django_assert_num_queries(1):
        assert lists_of(row.pk, now=NOW) == ["displaced", "undelivered", "payments"]


def test_the_trouble_of_another_visit_is_not_its_own() -> None:
    failed_link(visit())
    other = make_appointment(
        service=Service.objects.get(), starts_at=at(4, "10:00"), patient=make_patient(email_proved_at=NOW)
    )
    assert lists_of(other.pk, now=NOW) == []
