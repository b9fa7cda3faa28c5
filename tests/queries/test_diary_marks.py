"""Which visits the diary marks: those that stand on one of the lists that want a hand, and no others."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from accounts.models import Practitioner
from booking.models import Appointment, AuditEntry, Closure, Leave, Message, Payment, Receipt
from booking.queries.diary import Diary, read_diary
from booking.queries.needs_a_hand import CONFIRMED_BY_TELEPHONE, lists_of
from tests.factories import NOW, at, make_appointment, make_clinic, make_credential, make_user

pytestmark = pytest.mark.django_db

TEN = at(3, "10:00")


def diary(**changes: Any) -> Diary:
    return read_diary(**{"first_day": TEN.date(), "days": 1, "now": NOW} | changes)


def test_an_ordinary_visit_needs_no_hand() -> None:
    make_appointment(service=make_clinic(), starts_at=TEN)
    assert not diary().visits[0].needs_a_hand


def test_a_message_that_failed_needs_a_hand() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    Message.objects.create(
        appointment=visit, patient=visit.patient, occasion="confirmed", due_at=NOW, state="failed"
    )
    assert diary().visits[0].needs_a_hand


def test_a_message_that_failed_before_a_visit_that_is_over_does_not() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN, status="completed")
    Message.objects.create(
        appointment=visit, patient=visit.patient, occasion="confirmed", due_at=NOW, state="failed"
    )
    assert not diary(now=at(3, "18:00")).visits[0].needs_a_hand


def test_a_payment_link_that_failed_needs_a_hand_until_all_is_paid() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    Message.objects.create(
        appointment=visit, patient=visit.patient, occasion="pay_link", due_at=NOW, state="failed"
    )
    assert diary().visits[0].needs_a_hand
    Receipt.objects.create(
        appointment=visit,
        method="cash",
        amount_minor=visit.price_minor,
        currency="GBP",
        taken_by=make_user(),
        taken_at=NOW,
    )
    assert not diary().visits[0].needs_a_hand


def test_a_visit_that_no_credential_covers_needs_a_hand() -> None:
    service = make_clinic(required_credential="dry-needling")
    make_credential(practitioner=service.practitioners.get(), valid_until=date(2026, 12, 2))
    make_appointment(service=service, starts_at=TEN)
    assert diary().visits[0].needs_a_hand


def test_a_visit_on_the_last_day_of_the_credential_does_not() -> None:
    service = make_clinic(required_credential="dry-needling", required_region="neck")
    make_credential(practitioner=service.practitioners.get(), region="neck", valid_until=date(2026, 12, 3))
    make_appointment(service=service, starts_at=TEN)
    assert not diary().visits[0].needs_a_hand


def in_leave(visit: Appointment) -> None:
    Leave.objects.create(practitioner=visit.practitioner, starts_at=TEN, ends_at=at(3, "12:00"))


def made_inactive(visit: Appointment) -> None:
    Practitioner.objects.filter(pk=visit.practitioner_id).update(active=False)


def closed_there(visit: Appointment) -> None:
    Closure.objects.create(
        location=visit.location, name="Flood", first_day=date(2026, 12, 2), last_day=date(2026, 12, 3)
    )


def closed_everywhere(visit: Appointment) -> None:
    Closure.objects.create(name="Storm", first_day=date(2026, 12, 3), last_day=date(2026, 12, 4))


def never_proved(visit: Appointment) -> None:
    Appointment.objects.filter(pk=visit.pk).update(source="online", pays_at_clinic=True)


def paid_with_a_problem(visit: Appointment) -> Payment:
    return Payment.objects.create(
        appointment=visit, state="paid", amount_minor=6400, currency="GBP", idempotency_key="k",
        created_at=NOW, paid_at=NOW, problem="Paid twice.",
    )  # fmt: skip


def refund_that_failed(visit: Appointment) -> None:
    payment = paid_with_a_problem(visit)
    Payment.objects.update(problem="")
    payment.refunds.create(
        amount_minor=500,
        currency="GBP",
        reason="goodwill",
        created_at=NOW,
        state="failed",
        problem="Card closed.",
    )


def letter_that_failed(visit: Appointment) -> None:
    Message.objects.create(
        appointment=visit, patient=visit.patient, occasion="confirmed", due_at=NOW, state="failed"
    )


@pytest.mark.parametrize(
    "trouble",
    [
        in_leave, made_inactive, closed_there, closed_everywhere, never_proved, paid_with_a_problem,
        refund_that_failed, letter_that_failed,
    ],
)  # fmt: skip
def test_what_puts_a_visit_on_a_list_marks_it_on_the_diary(trouble: Callable[[Appointment], object]) -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    assert (lists_of(visit.pk, now=NOW), diary().visits[0].needs_a_hand) == ([], False)
    trouble(visit)
    assert lists_of(visit.pk, now=NOW)
    assert diary().visits[0].needs_a_hand


def test_a_letter_that_failed_before_the_visit_changed_marks_nothing() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    letter_that_failed(visit)
    Appointment.objects.update(sequence=1)
    assert (lists_of(visit.pk, now=NOW), diary().visits[0].needs_a_hand) == ([], False)


def test_a_closure_of_another_place_marks_nothing() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    closed_there(make_appointment(service=make_clinic(slug="elsewhere"), starts_at=TEN))
    assert not next(one for one in diary().visits if one.id == str(visit.pk)).needs_a_hand


def test_who_was_rung_is_marked_no_longer() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    never_proved(visit)
    AuditEntry.objects.create(
        at=NOW, actor_kind="staff", verb=CONFIRMED_BY_TELEPHONE, appointment_id=visit.pk
    )
    assert not diary().visits[0].needs_a_hand
