"""A physio who works at two places has to come from one to the other, also when reception books."""

from datetime import datetime, time, timedelta

import pytest

from booking.actions.desk.bookings import Clashes, book_at_desk
from booking.actions.desk.moves import move_at_desk
from booking.models import Appointment, Location, Travel, WorkingHours
from booking.queries.at_desk import as_at_desk
from booking.queries.clashes import Kind, spot_for
from booking.queries.open_times import open_times
from catalogue.models import Service
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_clinic,
    make_location,
    make_patient,
    make_user,
    make_weekly_hours,
)

pytestmark = pytest.mark.django_db

FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture
def service() -> Service:
    """Three quarters of an hour, and ten minutes to clear up."""
    return make_clinic(duration_minutes=45, turnaround_minutes=10, start_grid_minutes=5)


@pytest.fixture
def town() -> Location:
    """Where they are until noon."""
    WorkingHours.objects.update(closes=time(12))
    return Location.objects.get()


@pytest.fixture
def village(service: Service, town: Location) -> Location:
    """Where they are from noon on; twenty minutes there, thirty back in the traffic."""
    village = make_location(name="Upper Hexley")
    make_weekly_hours(
        practitioner=service.practitioners.get(), location=village, opens="12:00", closes="17:00"
    )
    Travel.objects.create(origin=town, destination=village, minutes=20)
    Travel.objects.create(origin=village, destination=town, minutes=30)
    return village


def book(service: Service, location: Location, starts_at: datetime, **changes: object) -> Appointment:
    defaults = {
        "service": service,
        "patient": make_patient(),
        "practitioner": service.practitioners.get(),
        "location": location,
        "starts_at": starts_at,
        "by": make_user(role="reception"),
        "now": NOW,
    }
    return book_at_desk(**defaults | changes)


def test_who_is_still_on_the_way_cannot_begin(service: Service, town: Location, village: Location) -> None:
    make_appointment(service=service, location=town, starts_at=at(3, "11:15"))
    with pytest.raises(Clashes) as refusal:
        book(service, village, at(3, "12:25"))
    [clash] = refusal.value.clashes
    assert (clash.kind, clash.name, clash.until) == (Kind.COMES_FROM_ELSEWHERE, town.name, at(3, "12:30"))


def test_who_has_arrived_can(service: Service, town: Location, village: Location) -> None:
    make_appointment(service=service, location=town, starts_at=at(3, "11:15"))
    assert book(service, village, at(3, "12:30")).location == village


def test_who_has_to_leave_cannot_go_on(service: Service, town: Location, village: Location) -> None:
    make_appointment(service=service, location=village, starts_at=at(3, "12:00"))
    with pytest.raises(Clashes) as refusal:
        book(service, town, at(3, "10:50"))
    [clash] = refusal.value.clashes
    assert (clash.kind, clash.name, clash.until) == (
        Kind.LEAVES_FOR_ELSEWHERE,
        "Upper Hexley",
        at(3, "11:40"),
    )


def test_a_way_that_is_known_in_one_direction_counts_for_both(
    service: Service, town: Location, village: Location
) -> None:
    Travel.objects.filter(origin=town).delete()
    make_appointment(service=service, location=village, starts_at=at(3, "12:00"))
    with pytest.raises(Clashes) as refusal:
        book(service, town, at(3, "10:45"))
    assert refusal.value.clashes[0].until == at(3, "11:30")


def test_on_purpose_and_with_a_reason_it_is_booked_all_the_same(
    service: Service, town: Location, village: Location
) -> None:
    make_appointment(service=service, location=town, starts_at=at(3, "11:15"))
    visit = book(service, village, at(3, "12:25"), overbook_reason="Takes a taxi")
    assert visit.overbook_reason == "Takes a taxi"


def test_a_visit_that_is_moved_is_not_in_its_own_way(
    service: Service, town: Location, village: Location
) -> None:
    physio, clerk = service.practitioners.get(), make_user(role="reception")
    visit = make_appointment(service=service, location=town, starts_at=at(3, "11:00"))
    moved = move_at_desk(
        appointment_id=visit.pk,
        starts_at=at(3, "12:00"),
        practitioner=physio,
        location=village,
        seen_sequence=visit.sequence,
        by=clerk,
        now=NOW,
    )
    assert moved.location == village


def test_the_desk_refuses_what_online_booking_does_not_offer(
    service: Service, town: Location, village: Location
) -> None:
    make_appointment(service=service, location=town, starts_at=at(3, "9:30"))
    make_appointment(service=service, location=village, starts_at=at(3, "13:40"))
    physio, day = service.practitioners.get(), at(3, "0:00").date()
    offered = {
        (time.start, time.location.slug)
        for time in open_times(service=as_at_desk(service), from_day=day, days=1, now=NOW)
    }
    free = {
        (starts_at, place.slug)
        for place in (town, village)
        for starts_at in (at(3, "8:00") + number * FIVE_MINUTES for number in range(120))
        if not spot_for(
            service=service, practitioner=physio, location=place, starts_at=starts_at, now=NOW
        ).clashes
    }
    assert free == offered
