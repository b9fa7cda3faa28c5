"""The flow of the day at the desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from booking.actions.audit import Actor
from booking.actions.desk.day import NotToday, NotYet, check_in, complete, mark_no_show, start, step_back
from booking.models import Appointment, AuditEntry
from booking.rules.lifecycle import NotAllowed
from tests.factories import at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db

TEN = at(3, "10:00")
Step = Callable[..., Appointment]


@pytest.fixture
def visit() -> Appointment:
    return make_appointment(service=make_clinic(), starts_at=TEN)


@pytest.fixture
def desk() -> Actor:
    return Actor.staff(make_user(role="reception"))


def test_a_patient_who_arrives_is_here(visit: Appointment, desk: Actor) -> None:
    row = check_in(appointment_id=visit.pk, by=desk, now=TEN - timedelta(minutes=4))
    assert (row.status, row.arrived_at) == ("arrived", TEN - timedelta(minutes=4))


def test_here_then_in_the_room_then_done(visit: Appointment, desk: Actor) -> None:
    for minutes, step in enumerate([check_in, start, complete]):
        row = step(appointment_id=visit.pk, by=desk, now=TEN + timedelta(minutes=minutes))
    assert row.status == "completed"
    assert [row.arrived_at, row.started_at, row.completed_at] == [
        TEN + timedelta(minutes=minutes) for minutes in range(3)
    ]


def test_nobody_goes_in_before_they_are_here(visit: Appointment, desk: Actor) -> None:
    with pytest.raises(NotAllowed):
        start(appointment_id=visit.pk, by=desk, now=TEN)


def test_nobody_has_missed_a_visit_that_has_not_begun(visit: Appointment, desk: Actor) -> None:
    with pytest.raises(NotYet):
        mark_no_show(appointment_id=visit.pk, by=desk, now=TEN - timedelta(seconds=1))
    visit.refresh_from_db()
    assert visit.status == "confirmed"


def test_a_visit_can_be_missed_from_its_start(visit: Appointment, desk: Actor) -> None:
    assert mark_no_show(appointment_id=visit.pk, by=desk, now=TEN).status == "no_show"


def test_a_step_taken_by_mistake_is_undone(visit: Appointment, desk: Actor) -> None:
    check_in(appointment_id=visit.pk, by=desk, now=TEN)
    row = step_back(appointment_id=visit.pk, by=desk, now=TEN)
    assert (row.status, row.arrived_at) == ("confirmed", None)


def test_a_missed_visit_can_turn_out_to_have_been_late(visit: Appointment, desk: Actor) -> None:
    mark_no_show(appointment_id=visit.pk, by=desk, now=TEN)
    assert step_back(appointment_id=visit.pk, by=desk, now=TEN).status == "confirmed"


def test_there_is_nothing_before_confirmed_to_go_back_to(visit: Appointment, desk: Actor) -> None:
    with pytest.raises(NotAllowed):
        step_back(appointment_id=visit.pk, by=desk, now=TEN)


def test_every_step_is_written_down(visit: Appointment, desk: Actor) -> None:
    check_in(appointment_id=visit.pk, by=desk, now=TEN)
    step_back(appointment_id=visit.pk, by=desk, now=TEN)
    verbs = AuditEntry.objects.filter(appointment_id=visit.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["arrived", "put back"]


def test_nobody_is_checked_in_for_another_day() -> None:
    visit = make_appointment(service=make_clinic(), starts_at=at(3, "10:00"))
    with pytest.raises(NotToday):
        check_in(appointment_id=visit.pk, by=Actor.system(), now=at(2, "10:00"))


def test_going_back_is_refused_where_the_visit_stands_otherwise_than_was_seen(
    visit: Appointment, desk: Actor
) -> None:
    check_in(appointment_id=visit.pk, by=desk, now=TEN)
    start(appointment_id=visit.pk, by=desk, now=TEN)
    step_back(appointment_id=visit.pk, by=desk, now=TEN, seen="in_room")
    with pytest.raises(NotAllowed):
        step_back(appointment_id=visit.pk, by=desk, now=TEN, seen="in_room")
    visit.refresh_from_db()
    assert visit.status == "arrived"
