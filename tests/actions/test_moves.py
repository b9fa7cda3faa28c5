"""The same visit at another time."""

from datetime import datetime, timedelta

import pytest

from booking.actions.audit import Actor
from booking.actions.cancellations import NotComing, TooLate, cancel
from booking.actions.conflicts import TimeTaken
from booking.actions.messages.planning import plan_confirmation
from booking.actions.moves import Move, move
from booking.models import Appointment, AuditEntry, Payment
from tests.factories import NOW, at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db

PATIENT = Actor.patient()


@pytest.fixture
def visit() -> Appointment:
    visit = make_appointment(service=make_clinic(turnaround_minutes=10), starts_at=at(10, "10:00"))
    plan_confirmation(appointment=visit, now=NOW)
    return visit


def moved(visit: Appointment, starts_at: datetime, **changes: object) -> Move:
    return move(**{"appointment_id": visit.pk, "starts_at": starts_at, "now": NOW, "by": PATIENT} | changes)


def test_it_is_at_the_new_time(visit: Appointment) -> None:
    now_at = moved(visit, at(11, "14:00")).appointment
    assert (now_at.starts_at, now_at.ends_at) == (at(11, "14:00"), at(11, "14:45"))
    assert now_at.occupied_until == at(11, "14:55")


def test_what_was_overbooked_where_it_stood_is_not_where_it_goes(visit: Appointment) -> None:
    visit.overbooked_by, visit.overbook_reason = make_user(role="reception"), "Both know"
    visit.save()
    now_at = moved(visit, at(11, "14:00")).appointment
    assert (now_at.overbooked_by, now_at.overbook_reason) == (None, "")


def test_the_old_time_is_free(visit: Appointment) -> None:
    moved(visit, at(11, "14:00"))
    make_appointment(service=visit.service, starts_at=at(10, "10:00"))


def test_it_may_move_into_its_own_time(visit: Appointment) -> None:
    assert moved(visit, at(10, "10:15")).appointment.starts_at == at(10, "10:15")


def test_what_was_paid_goes_along(visit: Appointment) -> None:
    Payment.objects.create(
        appointment=visit, state="paid", amount_minor=6400, currency="GBP", idempotency_key="k",
        created_at=NOW, paid_at=NOW,
    )  # fmt: skip
    assert moved(visit, at(11, "14:00")).appointment.paid_online_minor() == 6400


def test_it_stays_with_the_same_physio_when_they_are_free() -> None:
    service = make_clinic(practitioners=3)
    person = service.practitioners.order_by("pk").last()
    visit = make_appointment(service=service, starts_at=at(10, "10:00"), practitioner=person)
    assert moved(visit, at(10, "11:00")).appointment.practitioner == person


def test_it_goes_to_another_physio_when_asked() -> None:
    service = make_clinic(practitioners=2)
    first, last = service.practitioners.order_by("pk")
    visit = make_appointment(service=service, starts_at=at(10, "10:00"), practitioner=first)
    assert moved(visit, at(10, "10:00"), practitioner=last).appointment.practitioner == last


def test_a_taken_time_is_refused_and_nothing_changes(visit: Appointment) -> None:
    make_appointment(service=visit.service, starts_at=at(11, "14:00"))
    with pytest.raises(TimeTaken):
        moved(visit, at(11, "14:00"))
    visit.refresh_from_db()
    assert (visit.starts_at, visit.sequence) == (at(10, "10:00"), 0)


def test_to_where_it_stands_is_no_move(visit: Appointment) -> None:
    with pytest.raises(TimeTaken):
        moved(visit, visit.starts_at)


def test_a_move_is_free_until_the_cut_off(visit: Appointment) -> None:
    moved(visit, at(11, "14:00"), now=visit.starts_at - timedelta(hours=24))


def test_a_second_later_it_is_too_late_for_the_patient(visit: Appointment) -> None:
    with pytest.raises(TooLate):
        moved(visit, at(11, "14:00"), now=visit.starts_at - timedelta(hours=24) + timedelta(seconds=1))


def test_the_clinic_moves_late_visits_too(visit: Appointment) -> None:
    staff = Actor.staff(make_user(role="reception"))
    moved(visit, at(11, "14:00"), now=visit.starts_at - timedelta(hours=1), by=staff)


def test_a_cancelled_visit_does_not_move(visit: Appointment) -> None:
    cancel(appointment_id=visit.pk, by=PATIENT, now=NOW)
    with pytest.raises(NotComing):
        moved(visit, at(11, "14:00"))


def test_its_calendar_entry_is_a_newer_version_of_the_same(visit: Appointment) -> None:
    after = moved(visit, at(11, "14:00")).appointment
    assert (after.sequence, after.calendar_uid) == (1, visit.calendar_uid)


def test_reminders_follow_it(visit: Appointment) -> None:
    moved(visit, at(11, "14:00"))
    due = visit.messages.filter(state="due", occasion="reminder").values_list("due_at", flat=True)
    assert set(due) == {at(8, "14:00"), at(10, "12:00")}


def test_each_of_five_moves_is_told_once(visit: Appointment) -> None:
    visit.messages.filter(occasion="confirmed").update(state="sent")
    for day in (11, 14, 11, 14, 15):
        moved(visit, at(day, "14:00"))
    assert visit.messages.filter(occasion="moved").count() == 5
    assert visit.messages.filter(occasion="moved", state="due").count() == 1


def test_two_visits_cannot_swap_by_moving_into_each_other(visit: Appointment) -> None:
    other = make_appointment(service=visit.service, starts_at=at(11, "14:00"))
    with pytest.raises(TimeTaken):
        moved(visit, other.starts_at)
    with pytest.raises(TimeTaken):
        moved(other, visit.starts_at)


def test_where_it_moved_from_is_written_down(visit: Appointment) -> None:
    moved(visit, at(11, "14:00"))
    entry = AuditEntry.objects.get(appointment_id=visit.pk, verb="moved")
    assert datetime.fromisoformat(entry.detail["from"]) == at(10, "10:00")
