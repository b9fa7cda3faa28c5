"""A visit dragged to another time or physio, and back."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Practitioner, User
from booking.actions.audit import Actor, record
from booking.actions.cancellations import cancel
from booking.actions.conflicts import TimeTaken
from booking.actions.desk.bookings import Clashes
from booking.actions.desk.moves import (
    ChangedMeanwhile,
    NothingToUndo,
    StandsThereAlready,
    move_at_desk,
    undo_move,
)
from booking.models import Appointment, Message
from booking.queries.clashes import Kind
from tests.factories import NOW, at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db

TEN, NOON, TWO = at(10, "10:00"), at(10, "12:05"), at(10, "14:00")


@pytest.fixture
def visit() -> Appointment:
    return make_appointment(service=make_clinic(practitioners=2), starts_at=TEN)


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def drag(visit: Appointment, clerk: User, starts_at: datetime, **changes: object) -> Appointment:
    defaults = {
        "appointment_id": visit.pk,
        "practitioner": visit.practitioner,
        "location": visit.location,
        "starts_at": starts_at,
        "seen_sequence": Appointment.objects.get(pk=visit.pk).sequence,
        "by": clerk,
        "now": NOW,
    }
    return move_at_desk(**defaults | changes)


def undo(visit: Appointment, clerk: User) -> Appointment:
    seen = Appointment.objects.get(pk=visit.pk).sequence
    return undo_move(appointment_id=visit.pk, seen_sequence=seen, by=clerk, now=NOW)


def due(visit: Appointment) -> list[tuple[str, datetime]]:
    rows = visit.messages.filter(state=Message.State.DUE).exclude(occasion="reminder")
    return list(rows.values_list("occasion", "due_at"))


def being_sent(visit: Appointment) -> None:
    visit.messages.filter(occasion="moved").update(lease_until=NOW + timedelta(minutes=2))


def test_it_goes_where_it_was_dropped(visit: Appointment, clerk: User) -> None:
    other = Practitioner.objects.exclude(pk=visit.practitioner_id).get()
    moved = drag(visit, clerk, NOON, practitioner=other)
    assert (moved.starts_at, moved.practitioner) == (NOON, other)


def test_the_room_follows(visit: Appointment, clerk: User) -> None:
    other = Practitioner.objects.exclude(pk=visit.practitioner_id).get()
    make_appointment(service=visit.service, starts_at=TWO, practitioner=other, room=visit.room)
    assert drag(visit, clerk, TWO).room not in {None, visit.room}


def test_the_patient_is_told_three_minutes_later(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    assert due(visit) == [("moved", NOW + timedelta(minutes=3))]


def test_a_clash_is_refused_and_nothing_changes(visit: Appointment, clerk: User) -> None:
    make_appointment(service=visit.service, starts_at=TWO)
    with pytest.raises(Clashes):
        drag(visit, clerk, TWO)
    visit.refresh_from_db()
    assert (visit.starts_at, visit.sequence, due(visit)) == (TEN, 0, [])


def test_it_is_overbooked_on_purpose_with_a_reason(visit: Appointment, clerk: User) -> None:
    make_appointment(service=visit.service, starts_at=TWO)
    assert drag(visit, clerk, TWO, overbook_reason="Both agreed").overbooked_by == clerk


def test_moved_out_of_the_way_it_is_no_longer_overbooked(visit: Appointment, clerk: User) -> None:
    make_appointment(service=visit.service, starts_at=TWO)
    drag(visit, clerk, TWO, overbook_reason="Both agreed")
    assert drag(visit, clerk, NOON).overbooked_by is None


def test_of_two_who_drag_at_once_the_second_sees_how_it_stands(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    with pytest.raises(ChangedMeanwhile) as told:
        drag(visit, clerk, TWO, seen_sequence=0)
    assert told.value.current.starts_at == NOON


def test_undone_it_is_back_and_nobody_is_told(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    back = undo(visit, clerk)
    assert (back.starts_at, back.practitioner, due(visit)) == (TEN, visit.practitioner, [])


@pytest.mark.parametrize("verb", ["opened", "opened consent", "opened signed copy"])
def test_who_only_looked_at_it_since_stands_in_nobodys_way(
    visit: Appointment, clerk: User, verb: str
) -> None:
    drag(visit, clerk, NOON)
    record(verb=verb, by=Actor.staff(clerk), at=NOW, appointment=visit)
    assert undo(visit, clerk).starts_at == TEN


def test_undone_once_of_twice_the_patient_hears_of_the_first_move(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    drag(visit, clerk, TWO)
    assert undo(visit, clerk).starts_at == NOON
    message = visit.messages.get(state="due", occasion="moved")
    assert message.moved_from == TEN


def test_undone_once_the_patient_still_hears_of_a_move_to_another_physio_before_it(
    visit: Appointment, clerk: User
) -> None:
    other = Practitioner.objects.exclude(pk=visit.practitioner_id).get()
    drag(visit, clerk, TEN, practitioner=other)
    drag(visit, clerk, NOON, practitioner=other)
    assert undo(visit, clerk).practitioner == other
    assert [occasion for occasion, _ in due(visit)] == ["moved"]


def test_dragged_back_by_hand_nobody_is_told(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    drag(visit, clerk, TEN)
    assert due(visit) == []


def test_dragged_back_once_it_was_told_the_patient_hears_of_that_too(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    visit.messages.filter(occasion="moved").update(state="sent")
    drag(visit, clerk, TEN)
    assert visit.messages.get(occasion="moved", state="due").moved_from == NOON


def test_dragged_back_while_the_letter_is_being_sent_the_patient_hears_of_that_too(
    visit: Appointment, clerk: User
) -> None:
    drag(visit, clerk, NOON)
    being_sent(visit)
    drag(visit, clerk, TEN)
    assert [occasion for occasion, _ in due(visit)] == ["moved"]


def test_a_drag_back_that_nobody_was_told_of_is_undone(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    drag(visit, clerk, TEN)
    assert undo(visit, clerk).starts_at == NOON
    assert visit.messages.get(occasion="moved", state="due").moved_from == TEN


def test_a_move_whose_letter_is_being_sent_is_not_undone(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    being_sent(visit)
    with pytest.raises(NothingToUndo):
        undo(visit, clerk)


def test_a_confirmation_that_did_not_arrive_goes_again_with_the_new_time(
    visit: Appointment, clerk: User
) -> None:
    Message.objects.create(
        appointment=visit, patient=visit.patient, occasion="confirmed", state="failed", due_at=NOW
    )
    drag(visit, clerk, NOON)
    assert [occasion for occasion, _ in due(visit)] == ["confirmed"]


def test_undone_an_overbooking_is_as_it_was(visit: Appointment, clerk: User) -> None:
    make_appointment(service=visit.service, starts_at=TWO)
    drag(visit, clerk, TWO, overbook_reason="Both agreed")
    assert undo(visit, clerk).overbooked_by is None


def test_a_move_the_patient_has_heard_of_is_not_undone(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    visit.messages.filter(occasion="moved").update(state="sent")
    with pytest.raises(NothingToUndo):
        undo(visit, clerk)


def test_nothing_is_undone_where_nothing_moved(visit: Appointment, clerk: User) -> None:
    with pytest.raises(NothingToUndo):
        undo(visit, clerk)


def test_undo_does_not_push_out_somebody_who_took_the_old_time(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    make_appointment(service=visit.service, starts_at=TEN)
    with pytest.raises(TimeTaken):
        undo(visit, clerk)
    visit.refresh_from_db()
    assert visit.starts_at == NOON


def test_moved_before_it_was_confirmed_the_patient_gets_one_confirmation(
    visit: Appointment, clerk: User
) -> None:
    Message.objects.create(
        appointment=visit, patient=visit.patient, occasion="confirmed", sequence=0, due_at=NOW
    )
    drag(visit, clerk, NOON)
    assert due(visit) == [("confirmed", NOW + timedelta(minutes=3))]
    undo(visit, clerk)
    assert [occasion for occasion, _ in due(visit)] == ["confirmed"]


def test_a_cancellation_is_told_even_right_after_a_move(visit: Appointment, clerk: User) -> None:
    drag(visit, clerk, NOON)
    cancel(appointment_id=visit.pk, by=Actor.staff(clerk), now=NOW, code="ill")
    assert [occasion for occasion, _ in due(visit)] == ["cancelled"]


def test_cancelled_right_after_a_move_it_is_cancelled_where_the_patient_knew_it(
    visit: Appointment, clerk: User
) -> None:
    other = Practitioner.objects.exclude(pk=visit.practitioner_id).get()
    drag(visit, clerk, NOON, practitioner=other)
    cancel(appointment_id=visit.pk, by=Actor.staff(clerk), now=NOW, code="ill")
    message = visit.messages.get(occasion="cancelled")
    assert (message.moved_from, message.practitioner_before) == (TEN, visit.practitioner)


def test_put_where_it_stands_it_is_not_moved_and_nobody_is_told(visit: Appointment, clerk: User) -> None:
    with pytest.raises(StandsThereAlready):
        drag(visit, clerk, TEN)
    assert not visit.messages.exists()


def test_it_is_not_dragged_onto_another_visit_of_the_same_patient(visit: Appointment, clerk: User) -> None:
    make_appointment(service=make_clinic(), starts_at=TWO, patient=visit.patient)
    with pytest.raises(Clashes) as refusal:
        drag(visit, clerk, TWO)
    assert [clash.kind for clash in refusal.value.clashes] == [Kind.PATIENT_BUSY]


def test_it_goes_where_a_hold_whose_time_is_up_stood(visit: Appointment, clerk: User) -> None:
    there = visit.starts_at + timedelta(hours=2)
    make_appointment(service=visit.service, starts_at=there, status="held", hold_expires_at=NOW, patient=None)
    assert drag(visit, clerk, there).starts_at == there
