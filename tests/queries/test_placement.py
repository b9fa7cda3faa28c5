"""Who could take a visit, where and in which room."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from booking.models import Location
from booking.queries.placement import Placement, is_open, placements
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_clinic, make_location, make_weekly_hours

pytestmark = pytest.mark.django_db

TEN = at(3, "10:00")


def tried(service: Service, **question: Any) -> list[Placement]:
    asked: dict[str, Any] = {"service": service, "starts_at": TEN, "now": NOW} | question
    return placements(**asked)


def order(service: Service, **question: Any) -> list[int]:
    """Who is tried, each once, by their place in the clinic's list."""
    listed = [person.pk for person in service.practitioners.all()]
    return list(dict.fromkeys(listed.index(place.practitioner_id) for place in tried(service, **question)))


def test_a_placement_names_physio_location_and_room() -> None:
    service = make_clinic()
    location = Location.objects.get()
    assert tried(service) == [Placement(service.practitioners.get().pk, location.pk, location.rooms.get().pk)]


def test_every_free_room_is_named_for_every_free_physio() -> None:
    service = make_clinic(practitioners=2, rooms=3)
    assert len(set(tried(service))) == 2 * 3


def test_between_equals_the_clinics_own_order_decides() -> None:
    assert order(make_clinic(practitioners=3)) == [0, 1, 2]


def test_whoever_has_least_booked_that_day_is_tried_first() -> None:
    service = make_clinic(practitioners=3)
    people = service.practitioners.all()
    rooms = list(Location.objects.get().rooms.all())
    for clock in ("13:00", "14:00"):
        make_appointment(service=service, practitioner=people[0], room=rooms[0], starts_at=at(3, clock))
    make_appointment(service=service, practitioner=people[1], room=rooms[1], starts_at=at(3, "13:00"))
    assert order(service) == [2, 1, 0]


def test_between_equals_that_day_the_week_decides() -> None:
    service = make_clinic(practitioners=2)
    make_appointment(service=service, starts_at=at(4, "13:00"))
    assert order(service) == [1, 0]


def test_last_weeks_work_does_not_count() -> None:
    service = make_clinic(practitioners=2)
    make_appointment(service=service, starts_at=at(29, "13:00", month=11))
    assert order(service) == [0, 1]


def test_whoever_is_busy_is_not_tried() -> None:
    service = make_clinic(practitioners=2)
    make_appointment(service=service, starts_at=TEN)
    assert order(service) == [1]


def test_a_room_that_is_taken_is_not_tried() -> None:
    service = make_clinic(practitioners=2)
    taken = make_appointment(service=service, starts_at=TEN).room_id
    assert taken not in {place.room_id for place in tried(service)}


def test_a_room_is_not_tried_when_it_is_needed_before_it_is_turned_round() -> None:
    service = make_clinic(practitioners=2, turnaround_minutes=15)
    taken = make_appointment(service=service, starts_at=at(3, "10:45")).room_id
    assert taken not in {place.room_id for place in tried(service)}


def test_only_the_practitioner_asked_for_is_tried() -> None:
    service = make_clinic(practitioners=2)
    wanted = service.practitioners.all()[1]
    assert order(service, practitioner=wanted) == [1]


def test_only_the_location_asked_for_is_tried() -> None:
    service = make_clinic()
    other = make_location()
    make_weekly_hours(practitioner=service.practitioners.get(), location=other)
    assert {place.location_id for place in tried(service, location=other)} == {other.pk}
    assert len({place.location_id for place in tried(service)}) == 2


def test_a_visit_that_is_being_moved_does_not_stand_in_its_own_way() -> None:
    service = make_clinic()
    visit = make_appointment(service=service, starts_at=TEN)
    assert not is_open(service=service, starts_at=at(3, "10:15"), now=NOW)
    assert is_open(service=service, starts_at=at(3, "10:15"), now=NOW, ignoring=visit)


@pytest.mark.parametrize(
    "starts_at",
    [
        at(3, "8:45"),
        at(3, "16:30"),
        at(3, "10:05"),
        at(5, "10:00"),
        at(30, "8:45", month=11),
        at(3, "10:00", year=2028),
    ],
    ids=["before opening", "past closing", "off the grid", "on a Saturday", "too soon", "too far ahead"],
)
def test_a_moment_that_is_not_offered_has_no_placement(starts_at: Any) -> None:
    assert tried(make_clinic(), starts_at=starts_at) == []


def test_a_moment_between_two_minutes_has_no_placement() -> None:
    assert tried(make_clinic(), starts_at=TEN + timedelta(seconds=1)) == []


@pytest.mark.parametrize("practitioners", [1, 30])
def test_however_many_practitioners_the_queries_are_three(
    practitioners: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    service = make_clinic(practitioners=practitioners)
    with django_assert_num_queries(3):
        assert tried(service)
