"""Which messages a visit calls for."""

from datetime import timedelta

import pytest

from booking.actions.audit import Actor
from booking.actions.cancellations import cancel
from booking.actions.messages.diary_changes import Before
from booking.actions.messages.planning import (
    plan_another,
    plan_cancelled,
    plan_confirmation,
    plan_moved,
    plan_not_booked,
)
from booking.actions.moves import move
from booking.models import Appointment, Message
from tests.actions.messages.post import make_visit
from tests.factories import NOW, at

pytestmark = pytest.mark.django_db


def due(visit: Appointment) -> list[tuple[str, int]]:
    """Occasion and hours before, of what is still to be sent."""
    rows = visit.messages.filter(state="due").order_by("due_at")
    return list(rows.values_list("occasion", "offset_hours"))


def test_a_confirmed_visit_is_confirmed_and_remembered_twice() -> None:
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    assert due(visit) == [("confirmed", 0), ("reminder", 72), ("reminder", 26)]


def test_planned_twice_it_is_still_planned_once() -> None:
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    plan_confirmation(appointment=visit, now=NOW + timedelta(seconds=5))
    assert visit.messages.count() == 3


def test_a_reminder_is_due_so_many_hours_before() -> None:
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    assert visit.messages.get(offset_hours=72).due_at == at(7, "10:20")


def test_a_reminder_that_was_due_before_the_booking_is_left_out() -> None:
    visit = make_visit(starts_at=NOW + timedelta(hours=30))
    plan_confirmation(appointment=visit, now=NOW)
    assert due(visit) == [("confirmed", 0), ("reminder", 26)]


def test_booked_at_the_last_moment_it_is_only_confirmed() -> None:
    visit = make_visit(starts_at=NOW + timedelta(hours=2))
    plan_confirmation(appointment=visit, now=NOW)
    assert due(visit) == [("confirmed", 0)]


def test_which_reminders_there_are_is_a_setting(settings: object) -> None:
    settings.REMINDER_OFFSETS_HOURS = [48]
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    assert due(visit) == [("confirmed", 0), ("reminder", 48)]


def test_a_move_replaces_the_reminders() -> None:
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    move(appointment_id=visit.pk, starts_at=at(11, "14:00"), now=NOW, by=Actor.patient())
    rows = visit.messages.filter(occasion="reminder", state="due")
    assert set(rows.values_list("due_at", flat=True)) == {at(8, "14:00"), at(10, "12:00")}


def test_a_move_says_from_when() -> None:
    visit = make_visit()
    move(appointment_id=visit.pk, starts_at=at(11, "14:00"), now=NOW, by=Actor.patient())
    assert visit.messages.get(occasion="moved").moved_from == at(10, "10:20")


def test_of_two_moves_in_a_row_the_patient_hears_one_from_the_time_they_knew() -> None:
    visit = make_visit()
    for starts_at in (at(11, "14:00"), at(14, "9:00")):
        move(appointment_id=visit.pk, starts_at=starts_at, now=NOW, by=Actor.patient())
    told = visit.messages.get(occasion="moved", state="due")
    assert (told.sequence, told.moved_from) == (2, at(10, "10:20"))


def test_of_a_second_move_after_the_first_was_told_the_patient_hears_from_the_first() -> None:
    visit = make_visit()
    move(appointment_id=visit.pk, starts_at=at(11, "14:00"), now=NOW, by=Actor.patient())
    visit.messages.filter(occasion="moved").update(state="sent")
    move(appointment_id=visit.pk, starts_at=at(14, "9:00"), now=NOW, by=Actor.patient())
    assert visit.messages.get(occasion="moved", state="due").moved_from == at(11, "14:00")


def test_cancelled_nothing_is_due_but_the_word_that_it_is() -> None:
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW)
    assert due(visit) == [("cancelled", 0)]


def test_what_is_dropped_says_why() -> None:
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    visit.sequence += 1
    plan_cancelled(appointment=visit, now=NOW)
    assert set(visit.messages.filter(state="skipped").values_list("problem", flat=True)) == {
        "The visit changed."
    }


def test_what_was_sent_stays_sent() -> None:
    visit = make_visit()
    plan_confirmation(appointment=visit, now=NOW)
    visit.messages.filter(occasion="confirmed").update(state="sent")
    before = Before.of(visit)
    visit.starts_at, visit.sequence = at(11, "14:00"), visit.sequence + 1
    plan_moved(appointment=visit, before=before, now=NOW)
    assert visit.messages.get(occasion="confirmed").state == Message.State.SENT


def test_a_hold_of_nobody_calls_for_no_message() -> None:
    visit = make_visit(status="lapsed", patient=None)
    plan_not_booked(appointment=visit, now=NOW)
    assert not visit.messages.exists()


@pytest.mark.parametrize("occasion", ["pay_link", "money_back"])
def test_what_is_about_money_goes_out_though_the_visit_is_moved(occasion: str) -> None:
    visit = make_visit()
    plan_another(appointment=visit, occasion=occasion, now=NOW)
    before = Before.of(visit)
    visit.starts_at, visit.sequence = at(11, "14:00"), visit.sequence + 1
    plan_moved(appointment=visit, before=before, now=NOW)
    assert (occasion, 0) in due(visit)
