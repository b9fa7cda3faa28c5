"""A time is kept for somebody while they type and pay."""

from datetime import UTC, time, timedelta

import pytest

from booking.actions.audit import Actor
from booking.actions.conflicts import TimePassed, TimeTaken
from booking.actions.holds import (
    Hold,
    hold_again,
    lapse_overdue_holds,
    opens_hold,
    place_hold,
    release_hold,
)
from booking.models import Appointment, AuditEntry, Leave, Room, WorkingHours
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_clinic, make_practitioner

pytestmark = pytest.mark.django_db

PATIENT = Actor.patient()
TEN = at(3, "10:00")


@pytest.fixture
def service() -> Service:
    return make_clinic(turnaround_minutes=10)


def hold(service: Service, **changes: object) -> Hold:
    return place_hold(**{"service": service, "starts_at": TEN, "now": NOW, "by": PATIENT} | changes)


def test_a_free_time_is_held(service: Service) -> None:
    held = hold(service).appointment
    assert (held.status, held.starts_at, held.ends_at) == ("held", TEN, TEN + timedelta(minutes=45))


def test_it_is_held_for_ten_minutes(service: Service) -> None:
    assert hold(service).appointment.hold_expires_at == NOW + timedelta(minutes=10)


def test_the_room_is_held_until_it_has_been_turned_round(service: Service) -> None:
    held = hold(service).appointment
    assert held.occupied_until == held.ends_at + timedelta(minutes=10)
    assert held.room is not None


def test_price_and_policy_are_those_of_the_moment_of_holding(service: Service) -> None:
    held = hold(service).appointment
    service.price_minor = 9900
    service.save()
    service.policy.text = "Everything is different now."
    service.policy.save()
    held.refresh_from_db()
    assert held.price_minor == 6400
    assert held.policy_text.startswith("Move or cancel for nothing")


def test_only_the_hash_of_the_secret_is_kept(service: Service) -> None:
    result = hold(service)
    stored = Appointment.objects.values_list("hold_secret_hash", flat=True).get()
    assert result.secret not in stored
    assert opens_hold(appointment=result.appointment, secret=result.secret)


def test_another_secret_does_not_open_it(service: Service) -> None:
    assert not opens_hold(appointment=hold(service).appointment, secret="guess")


def test_a_time_that_is_held_cannot_be_held_again(service: Service) -> None:
    hold(service)
    with pytest.raises(TimeTaken):
        hold(service)


def test_a_time_is_refused_while_the_room_is_being_turned_round(service: Service) -> None:
    hold(service)
    with pytest.raises(TimeTaken):
        hold(service, starts_at=at(3, "10:45"))


def test_a_lapsed_hold_never_blocks_anybody(service: Service) -> None:
    first = hold(service).appointment
    later = NOW + timedelta(minutes=10)
    hold(service, now=later)
    first.refresh_from_db()
    assert first.status == "lapsed"


def test_anyone_means_whoever_is_free() -> None:
    service = make_clinic(practitioners=2)
    taken = {hold(service).appointment.practitioner_id for _ in range(2)}
    assert len(taken) == 2
    with pytest.raises(TimeTaken):
        hold(service)


def test_the_physio_asked_for_is_the_physio_held() -> None:
    service = make_clinic(practitioners=2)
    wanted = service.practitioners.order_by("pk").last()
    assert hold(service, practitioner=wanted).appointment.practitioner == wanted


def test_a_busy_physio_is_not_swapped_for_another_unasked() -> None:
    service = make_clinic(practitioners=2)
    wanted = service.practitioners.order_by("pk").last()
    hold(service, practitioner=wanted)
    with pytest.raises(TimeTaken):
        hold(service, practitioner=wanted)


def test_the_last_room_is_held_once_whoever_is_free() -> None:
    service = make_clinic(practitioners=2, rooms=1)
    hold(service)
    with pytest.raises(TimeTaken):
        hold(service)


@pytest.mark.parametrize(
    "starts_at",
    [at(3, "8:00"), at(3, "16:30"), at(3, "10:05"), at(5, "10:00"), at(30, "8:45", month=11)],
    ids=["before opening", "past closing", "off the grid", "on a Saturday", "too soon"],
)
def test_a_time_that_is_not_offered_cannot_be_held(service: Service, starts_at: object) -> None:
    with pytest.raises(TimeTaken):
        hold(service, starts_at=starts_at)


def test_a_time_during_leave_cannot_be_held(service: Service) -> None:
    Leave.objects.create(
        practitioner=service.practitioners.get(), starts_at=at(3, "0:00"), ends_at=at(4, "0:00")
    )
    with pytest.raises(TimeTaken):
        hold(service)


def test_choosing_another_time_lets_the_first_go(service: Service) -> None:
    first = hold(service).appointment
    hold(service, starts_at=at(3, "10:15"), instead_of=first)
    first.refresh_from_db()
    assert first.status == "lapsed"


def test_the_first_time_is_kept_when_the_other_is_taken(service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "14:00"))
    first = hold(service).appointment
    with pytest.raises(TimeTaken):
        hold(service, starts_at=at(3, "14:00"), instead_of=first)
    first.refresh_from_db()
    assert first.status == "held"


def test_a_released_time_is_free_at_once(service: Service) -> None:
    release_hold(appointment=hold(service).appointment, now=NOW, by=PATIENT)
    hold(service)


def test_releasing_twice_changes_nothing(service: Service) -> None:
    held = hold(service).appointment
    release_hold(appointment=held, now=NOW, by=PATIENT)
    entries = AuditEntry.objects.count()
    release_hold(appointment=held, now=NOW, by=PATIENT)
    assert AuditEntry.objects.count() == entries


def test_a_confirmed_visit_is_not_released(service: Service) -> None:
    visit = make_appointment(service=service, starts_at=TEN)
    release_hold(appointment=visit, now=NOW, by=PATIENT)
    visit.refresh_from_db()
    assert visit.status == "confirmed"


def test_a_hold_that_ran_out_while_typing_can_be_taken_up_again(service: Service) -> None:
    held = hold(service).appointment
    later = NOW + timedelta(minutes=11)
    lapse_overdue_holds(now=later)
    again = hold_again(appointment=held, now=later, by=PATIENT)
    assert (again.status, again.hold_expires_at) == ("held", later + timedelta(minutes=10))


def test_a_hold_that_ran_out_is_gone_once_somebody_else_has_the_time(service: Service) -> None:
    held = hold(service).appointment
    later = NOW + timedelta(minutes=11)
    hold(service, now=later)
    held.refresh_from_db()
    with pytest.raises(TimeTaken):
        hold_again(appointment=held, now=later, by=PATIENT)


def test_taken_up_again_it_is_in_another_room_where_its_own_is_taken(service: Service) -> None:
    held = hold(service).appointment
    later = NOW + timedelta(minutes=11)
    lapse_overdue_holds(now=later)
    make_appointment(
        service=service,
        starts_at=TEN,
        practitioner=make_practitioner(),
        location=held.location,
        room=held.room,
    )
    assert held.room is not None
    other = Room.objects.create(location=held.location, name="Another", kind=held.room.kind)
    assert hold_again(appointment=held, now=later, by=PATIENT).room == other


def test_taken_up_again_it_counts_as_held_from_then(service: Service) -> None:
    """It was anybody's in between, so there is time enough to pay for it."""
    held = hold(service).appointment
    later = NOW + timedelta(hours=3)
    lapse_overdue_holds(now=later)
    assert hold_again(appointment=held, now=later, by=PATIENT).created_at == later


def test_a_running_hold_is_kept_no_longer_than_two_hours(service: Service) -> None:
    held = hold(service).appointment
    Appointment.objects.filter(pk=held.pk).update(hold_expires_at=NOW + timedelta(minutes=118))
    again = hold_again(appointment=held, now=NOW + timedelta(minutes=115), by=PATIENT)
    assert again.hold_expires_at == NOW + timedelta(hours=2)


def test_a_time_that_has_begun_is_not_held_again(service: Service) -> None:
    held = hold(service).appointment
    Appointment.objects.filter(pk=held.pk).update(hold_expires_at=TEN + timedelta(minutes=5))
    with pytest.raises(TimePassed):
        hold_again(appointment=held, now=TEN, by=PATIENT)


def test_a_running_hold_is_not_shortened_by_asking_again(service: Service) -> None:
    held = hold(service).appointment
    Appointment.objects.filter(pk=held.pk).update(hold_expires_at=NOW + timedelta(minutes=41))
    assert hold_again(appointment=held, now=NOW, by=PATIENT).hold_expires_at == NOW + timedelta(minutes=41)


def test_only_overdue_holds_lapse(service: Service) -> None:
    hold(service)
    assert lapse_overdue_holds(now=NOW + timedelta(minutes=9)) == 0
    assert lapse_overdue_holds(now=NOW + timedelta(minutes=10)) == 1


def test_holding_is_written_down(service: Service) -> None:
    held = hold(service).appointment
    entry = AuditEntry.objects.get(appointment_id=held.pk)
    assert (entry.verb, entry.actor_kind, entry.at) == ("held", "patient", NOW)


def test_a_visit_in_the_night_the_clocks_go_back_is_as_long_as_any_other() -> None:
    service = make_clinic(duration_minutes=90, horizon_days=400)
    hours = WorkingHours.objects.order_by("pk")
    hours.exclude(pk=hours.first().pk).delete()
    WorkingHours.objects.update(weekday=6, opens=time(0), closes=time(5))
    half_past_midnight = at(31, "0:30", month=10, year=2027)
    held = hold(service, starts_at=half_past_midnight, now=half_past_midnight - timedelta(days=2)).appointment
    assert held.ends_at - held.starts_at.astimezone(UTC) == timedelta(minutes=90)
