"""A visit that will not take place."""

from datetime import datetime, timedelta

import pytest

from booking.actions.audit import Actor
from booking.actions.cancellations import CodeMissing, NotComing, TooLate, cancel
from booking.actions.messages.planning import plan_confirmation
from booking.models import Appointment, AuditEntry, Payment, Refund
from tests.factories import NOW, at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db

PATIENT = Actor.patient()
SECOND = timedelta(seconds=1)


@pytest.fixture
def visit() -> Appointment:
    """Confirmed and paid, £64; the cut-off is 24 hours before, after it half goes back."""
    visit = make_appointment(service=make_clinic(), starts_at=at(10, "10:00"))
    pay(visit, 6400)
    plan_confirmation(appointment=visit, now=NOW)
    return visit


def pay(visit: Appointment, minor: int, *, key: str = "key") -> Payment:
    return Payment.objects.create(
        appointment=visit,
        state="paid",
        amount_minor=minor,
        currency="GBP",
        idempotency_key=key,
        created_at=NOW,
        paid_at=NOW,
    )


def cancelled(visit: Appointment, *, now: datetime = NOW, by: Actor = PATIENT, code: str = "") -> int:
    return cancel(appointment_id=visit.pk, by=by, now=now, code=code).refund_minor


def test_the_time_is_free_at_once(visit: Appointment) -> None:
    cancelled(visit)
    make_appointment(service=visit.service, starts_at=visit.starts_at)


def test_all_goes_back_at_the_cut_off(visit: Appointment) -> None:
    assert cancelled(visit, now=visit.starts_at - timedelta(hours=24)) == 6400


def test_half_goes_back_a_second_later(visit: Appointment) -> None:
    assert cancelled(visit, now=visit.starts_at - timedelta(hours=24) + SECOND) == 3200


def test_all_goes_back_when_the_clinic_cancels_late(visit: Appointment) -> None:
    staff = Actor.staff(make_user(role="reception"))
    assert cancelled(visit, now=visit.starts_at - SECOND, by=staff, code="physio_away") == 6400


def test_a_patient_who_rings_late_is_treated_like_one_who_clicks(visit: Appointment) -> None:
    staff = Actor.staff(make_user(role="reception"))
    assert cancelled(visit, now=visit.starts_at - SECOND, by=staff, code="work") == 3200


def test_the_clinics_reason_is_kept_as_a_code(visit: Appointment) -> None:
    cancelled(visit, by=Actor.staff(make_user(role="reception")), code="ill")
    visit.refresh_from_db()
    assert (visit.cancel_code, visit.cancelled_by) == ("ill", "patient")


def test_staff_cannot_cancel_without_saying_why(visit: Appointment) -> None:
    with pytest.raises(CodeMissing):
        cancelled(visit, by=Actor.staff(make_user(role="reception")))


def test_the_policy_is_the_one_that_was_accepted(visit: Appointment) -> None:
    policy = visit.service.policy
    policy.late_refund_percent = 0
    policy.save()
    assert cancelled(visit, now=visit.starts_at - timedelta(hours=1)) == 3200


def test_the_refund_is_asked_for_in_the_same_moment(visit: Appointment) -> None:
    cancelled(visit)
    refund = Refund.objects.get()
    assert (refund.state, refund.amount_minor, refund.reason) == ("requested", 6400, "cancelled")


def test_what_was_not_paid_does_not_go_back(visit: Appointment) -> None:
    Payment.objects.all().delete()
    assert cancelled(visit) == 0
    assert not Refund.objects.exists()


def test_what_has_gone_back_already_does_not_go_back_twice(visit: Appointment) -> None:
    Refund.objects.create(
        payment=Payment.objects.get(), amount_minor=1400, currency="GBP", reason="goodwill", created_at=NOW
    )
    assert cancelled(visit) == 5000


def test_a_refund_that_failed_is_owed_again(visit: Appointment) -> None:
    Refund.objects.create(
        payment=Payment.objects.get(),
        amount_minor=1400,
        currency="GBP",
        reason="goodwill",
        created_at=NOW,
        state="failed",
    )
    assert cancelled(visit) == 6400


def test_deposit_and_balance_both_go_back(visit: Appointment) -> None:
    pay(visit, 1000, key="another")
    assert cancelled(visit) == 7400
    assert sorted(Refund.objects.values_list("amount_minor", flat=True)) == [1000, 6400]


def test_the_patient_is_told_and_no_longer_reminded(visit: Appointment) -> None:
    cancelled(visit)
    assert list(visit.messages.filter(state="due").values_list("occasion", flat=True)) == ["cancelled"]


def test_a_visit_is_cancelled_only_once(visit: Appointment) -> None:
    cancelled(visit)
    with pytest.raises(NotComing):
        cancelled(visit)
    assert Refund.objects.count() == 1


def test_a_patient_cannot_cancel_a_visit_that_has_begun(visit: Appointment) -> None:
    with pytest.raises(TooLate):
        cancelled(visit, now=visit.starts_at)


def test_who_cancelled_is_kept(visit: Appointment) -> None:
    user = make_user(role="reception")
    cancelled(visit, by=Actor.staff(user), code="clinic")
    entry = AuditEntry.objects.get(appointment_id=visit.pk, verb="cancelled")
    assert (entry.actor, entry.detail) == (user, {"refund_minor": 6400, "code": "clinic"})
