"""Open times end to end, on the two days of the year that are not 24 hours long."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from booking.models import Location, WorkingHours
from booking.queries.open_times import open_times
from booking.queries.placement import is_open
from catalogue.models import Service
from tests.factories import (
    LONDON,
    make_appointment,
    make_clinic,
    make_location,
    make_practitioner,
    make_service,
)

pytestmark = pytest.mark.django_db

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def sunday_clinic(*, opens: str, closes: str) -> Service:
    """A visit of half an hour, every half hour, on Sundays."""
    service = make_clinic(duration_minutes=30, start_grid_minutes=30)
    WorkingHours.objects.all().delete()
    WorkingHours.objects.create(
        practitioner=service.practitioners.get(),
        location=Location.objects.get(),
        weekday=6,
        opens=time.fromisoformat(opens),
        closes=time.fromisoformat(closes),
    )
    return service


def noon_before(day: date) -> datetime:
    return datetime.combine(day - timedelta(days=2), time(12), LONDON)


def starts(service: Service, day: date) -> list[str]:
    found = open_times(service=service, from_day=day, days=1, now=noon_before(day))
    shown = (time.start.astimezone(time.location.zone).isoformat() for time in found)
    return [
        moment[len("2027-03-28T") : len("2027-03-28T00:00")] + moment[-len("+00:00") :] for moment in shown
    ]


@pytest.mark.parametrize(("day", "offset"), [(SPRING, "+01:00"), (AUTUMN, "+00:00")])
def test_a_working_day_is_as_long_as_ever(day: date, offset: str) -> None:
    service = sunday_clinic(opens="09:00", closes="11:00")
    assert starts(service, day) == [f"{clock}{offset}" for clock in ("09:00", "09:30", "10:00", "10:30")]


def test_in_spring_no_time_is_offered_that_no_clock_shows() -> None:
    service = sunday_clinic(opens="00:30", closes="03:00")
    assert starts(service, SPRING) == ["00:30+00:00", "02:00+01:00", "02:30+01:00"]


def test_in_autumn_times_that_the_clock_shows_twice_are_offered_twice() -> None:
    service = sunday_clinic(opens="00:30", closes="02:30")
    assert starts(service, AUTUMN) == [
        *("00:30+01:00", "01:00+01:00", "01:30+01:00"),
        *("01:00+00:00", "01:30+00:00", "02:00+00:00"),
    ]


def test_of_two_times_that_read_alike_only_the_booked_one_is_gone() -> None:
    service = sunday_clinic(opens="00:30", closes="02:30")
    first, second = (datetime(2027, 10, 31, hour, 30, tzinfo=UTC) for hour in (0, 1))
    make_appointment(service=service, starts_at=first)
    assert not is_open(service=service, starts_at=first, now=noon_before(AUTUMN))
    assert is_open(service=service, starts_at=second, now=noon_before(AUTUMN))
    as_read = datetime(2027, 10, 31, 1, 30, tzinfo=LONDON, fold=1)
    assert is_open(service=service, starts_at=as_read, now=noon_before(AUTUMN))


def island_clinic(**fields: int) -> Service:
    """Sundays from one to three in the morning, on Lord Howe Island."""
    island, physio = make_location(time_zone="Australia/Lord_Howe"), make_practitioner()
    WorkingHours.objects.create(
        practitioner=physio, location=island, weekday=6, opens=time(1), closes=time(3)
    )
    return make_service(practitioners=[physio], start_grid_minutes=30, duration_minutes=30, **fields)


def test_a_day_is_full_by_the_calendar_of_its_location() -> None:
    """At one in the morning on the island it is still the day before in London."""
    service = island_clinic(daily_cap=1)
    make_appointment(service=service, starts_at=datetime(2027, 4, 10, 14, 30, tzinfo=UTC))
    assert starts(service, date(2027, 4, 11)) == []


def test_each_location_follows_its_own_clock() -> None:
    """In Lord Howe clocks go back by half an hour on 4 April 2027, a week after London's went forward."""
    assert starts(island_clinic(), date(2027, 4, 4)) == [
        *("01:00+11:00", "01:30+11:00"),
        *("01:30+10:30", "02:00+10:30", "02:30+10:30"),
    ]
