"""Open times as the database has them. Everybody works from 09:00 to 17:00, and visits last 45 minutes."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from booking.models import Appointment, Closure, HoursOnDate, Leave, Location, Travel, WorkingHours
from booking.queries.open_times import open_times
from catalogue.models import Service
from tests.factories import (
    LONDON,
    NOW,
    at,
    make_appointment,
    make_clinic,
    make_credential,
    make_location,
    make_practitioner,
    make_room,
    make_service,
    make_user,
    make_weekly_hours,
)

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 12, 3)
FRIDAY = THURSDAY + timedelta(days=1)
WHOLE_DAY = ["9:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]


def hourly_clinic(**fields: Any) -> Service:
    return make_clinic(**{"start_grid_minutes": 60} | fields)


def times(service: Service, *, day: date = THURSDAY, **question: Any) -> list[str]:
    """The starts of one day, as the clock in London shows them."""
    asked: dict[str, Any] = {"service": service, "from_day": day, "days": 1, "now": NOW} | question
    found = open_times(**asked)
    return [f"{start.hour}:{start:%M}" for start in (time.start.astimezone(LONDON) for time in found)]


def days_with_times(service: Service, *, from_day: date = THURSDAY, days: int = 7) -> list[int]:
    counts = open_times(service=service, from_day=from_day, days=days, now=NOW).counts()
    return [day.day for day, count in counts.items() if count]


def test_an_empty_day_is_open_from_the_first_to_the_last_start_that_fits() -> None:
    assert times(hourly_clinic()) == WHOLE_DAY


def test_a_visit_takes_its_time_away() -> None:
    service = hourly_clinic()
    make_appointment(service=service, starts_at=at(3, "10:00"))
    assert times(service) == [*WHOLE_DAY[:1], *WHOLE_DAY[2:]]


@pytest.mark.parametrize("status", ["held", "confirmed", "arrived", "completed", "no_show"])
def test_what_occupies_time_takes_it_away(status: str) -> None:
    service = hourly_clinic()
    make_appointment(service=service, starts_at=at(3, "9:00"), status=status)
    assert times(service) == WHOLE_DAY[1:]


@pytest.mark.parametrize("status", ["cancelled", "lapsed"])
def test_what_was_given_up_leaves_the_time_free(status: str) -> None:
    service = hourly_clinic()
    make_appointment(service=service, starts_at=at(3, "9:00"), status=status)
    assert times(service) == WHOLE_DAY


def test_an_overbooked_visit_takes_its_time_away_too() -> None:
    service = hourly_clinic()
    make_appointment(
        service=service,
        starts_at=at(3, "9:00"),
        overbooked_by=make_user(role="reception"),
        overbook_reason="Acute back, ten minutes will do",
    )
    assert times(service) == WHOLE_DAY[1:]


def test_a_hold_that_ran_out_blocks_nobody_even_before_it_is_tidied_away() -> None:
    service = hourly_clinic()
    make_appointment(service=service, starts_at=at(3, "9:00"), status="held", hold_expires_at=NOW)
    assert times(service) == WHOLE_DAY


def test_a_hold_counts_up_to_its_last_moment() -> None:
    service = hourly_clinic()
    make_appointment(
        service=service, starts_at=at(3, "9:00"), status="held", hold_expires_at=NOW + timedelta(seconds=1)
    )
    assert times(service) == WHOLE_DAY[1:]


def test_ones_own_hold_looks_free_to_oneself() -> None:
    service = hourly_clinic()
    held = make_appointment(service=service, starts_at=at(3, "9:00"), status="held")
    assert times(service, mine=held) == WHOLE_DAY


def test_somebody_elses_hold_does_not() -> None:
    service = hourly_clinic()
    mine, _ = (
        make_appointment(service=service, starts_at=at(3, clock), status="held")
        for clock in ("9:00", "10:00")
    )
    assert times(service, mine=mine) == [WHOLE_DAY[0], *WHOLE_DAY[2:]]


def test_the_room_is_turned_round_before_the_next_visit() -> None:
    service = hourly_clinic(turnaround_minutes=20)
    make_appointment(service=service, starts_at=at(3, "10:00"))
    assert times(service) == [*WHOLE_DAY[3:]]


def test_leave_takes_its_time_away() -> None:
    service = hourly_clinic()
    Leave.objects.create(
        practitioner=service.practitioners.get(), starts_at=at(3, "9:30"), ends_at=at(3, "16:00")
    )
    assert times(service) == ["16:00"]


def test_leave_of_a_week_that_began_before_takes_every_day_away() -> None:
    service = hourly_clinic()
    Leave.objects.create(
        practitioner=service.practitioners.get(), starts_at=at(1, "0:00"), ends_at=at(8, "0:00")
    )
    assert days_with_times(service) == [8, 9]


def test_the_leave_of_one_is_not_the_leave_of_another() -> None:
    service = hourly_clinic(practitioners=2)
    first = service.practitioners.all()[0]
    Leave.objects.create(practitioner=first, starts_at=at(3, "0:00"), ends_at=at(4, "0:00"))
    assert times(service) == WHOLE_DAY
    assert times(service, practitioner=first) == []


def test_a_closure_of_one_location_closes_it() -> None:
    service = hourly_clinic()
    Closure.objects.create(
        location=Location.objects.get(), first_day=THURSDAY, last_day=FRIDAY, name="New floor"
    )
    assert days_with_times(service) == [7, 8, 9]


def test_a_closure_without_a_location_closes_the_whole_clinic() -> None:
    service = hourly_clinic()
    Closure.objects.create(first_day=THURSDAY, last_day=FRIDAY, name="Strike")
    assert days_with_times(service) == [7, 8, 9]


def test_the_closure_of_another_location_changes_nothing() -> None:
    service = hourly_clinic()
    Closure.objects.create(location=make_location(), first_day=THURSDAY, last_day=FRIDAY, name="New floor")
    assert times(service) == WHOLE_DAY


def test_hours_on_a_date_replace_the_weekly_ones() -> None:
    service = hourly_clinic()
    HoursOnDate.objects.create(
        practitioner=service.practitioners.get(),
        location=Location.objects.get(),
        date=THURSDAY,
        opens=time(18),
        closes=time(20),
    )
    assert times(service) == ["18:00", "19:00"]


def test_a_date_without_hours_is_a_day_off() -> None:
    service = hourly_clinic()
    HoursOnDate.objects.create(practitioner=service.practitioners.get(), date=THURSDAY)
    assert days_with_times(service) == [4, 7, 8, 9]


def test_weekly_hours_hold_between_their_dates() -> None:
    service = hourly_clinic()
    WorkingHours.objects.update(valid_from=FRIDAY, valid_until=date(2026, 12, 8))
    assert days_with_times(service) == [4, 7, 8]


def test_times_vanish_when_a_credential_expires() -> None:
    service = hourly_clinic(required_credential="dry-needling")
    make_credential(practitioner=service.practitioners.get(), valid_until=date(2026, 12, 7))
    assert days_with_times(service) == [3, 4, 7]


def test_a_renewed_credential_brings_them_back() -> None:
    service = hourly_clinic(required_credential="dry-needling")
    make_credential(practitioner=service.practitioners.get(), valid_until=FRIDAY)
    make_credential(practitioner=service.practitioners.get(), valid_from=date(2026, 12, 8))
    assert days_with_times(service) == [3, 4, 8, 9]


def test_another_technique_is_no_substitute() -> None:
    service = hourly_clinic(required_credential="dry-needling")
    make_credential(practitioner=service.practitioners.get(), technique="acupuncture")
    assert times(service) == []


def test_a_credential_for_the_whole_body_covers_every_part_of_it() -> None:
    service = hourly_clinic(required_credential="dry-needling", required_region="head-jaw")
    make_credential(practitioner=service.practitioners.get(), region="")
    assert times(service) == WHOLE_DAY


def test_a_credential_for_that_part_of_the_body_will_do() -> None:
    service = hourly_clinic(required_credential="dry-needling", required_region="head-jaw")
    make_credential(practitioner=service.practitioners.get(), region="head-jaw")
    assert times(service) == WHOLE_DAY


def test_a_credential_for_another_part_of_the_body_is_no_substitute() -> None:
    service = hourly_clinic(required_credential="dry-needling", required_region="head-jaw")
    make_credential(practitioner=service.practitioners.get(), region="low-back")
    assert times(service) == []


def test_a_service_that_names_no_part_of_the_body_takes_a_credential_for_any() -> None:
    service = hourly_clinic(required_credential="dry-needling")
    make_credential(practitioner=service.practitioners.get(), region="low-back")
    assert times(service) == WHOLE_DAY


def test_the_days_of_one_part_of_the_body_are_not_those_of_another() -> None:
    service = hourly_clinic(required_credential="dry-needling", required_region="neck")
    make_credential(practitioner=service.practitioners.get(), region="low-back")
    make_credential(practitioner=service.practitioners.get(), region="neck", valid_until=FRIDAY)
    assert days_with_times(service) == [3, 4]


def test_only_those_who_may_on_that_day_are_offered() -> None:
    service = hourly_clinic(practitioners=2, required_credential="dry-needling", required_region="neck")
    may, may_not = service.practitioners.order_by("pk")
    make_credential(practitioner=may, region="neck")
    make_credential(practitioner=may_not, region="neck", valid_until=date(2026, 12, 2))
    found = next(iter(open_times(service=service, from_day=THURSDAY, days=1, now=NOW)))
    assert [who.slug for who in found.practitioners] == [may.slug]


def test_a_service_that_needs_no_credential_asks_for_none() -> None:
    service = hourly_clinic()
    make_credential(practitioner=service.practitioners.get(), valid_until=date(2021, 1, 1))
    assert times(service) == WHOLE_DAY


def test_nothing_is_offered_at_shorter_notice() -> None:
    assert times(hourly_clinic(minimum_notice_minutes=120), now=at(3, "10:30")) == WHOLE_DAY[4:]


def test_nothing_is_offered_beyond_the_horizon() -> None:
    assert days_with_times(hourly_clinic(horizon_days=4)) == [3, 4]


def test_nothing_is_offered_in_the_past() -> None:
    assert times(hourly_clinic(minimum_notice_minutes=0), now=at(4, "8:00")) == []


def test_a_day_is_full_when_the_cap_is_reached() -> None:
    service = hourly_clinic(daily_cap=2)
    for clock in ("9:00", "11:00"):
        make_appointment(service=service, starts_at=at(3, clock))
    assert days_with_times(service) == [4, 7, 8, 9]


def test_a_day_below_the_cap_is_not_full() -> None:
    service = hourly_clinic(daily_cap=2)
    make_appointment(service=service, starts_at=at(3, "9:00"))
    assert times(service) == WHOLE_DAY[1:]


def test_visits_of_another_service_do_not_count_towards_the_cap() -> None:
    service = hourly_clinic(daily_cap=1)
    other = make_service(practitioners=list(service.practitioners.all()))
    make_appointment(service=other, starts_at=at(3, "9:00"))
    assert times(service) == WHOLE_DAY[1:]


def test_ones_own_hold_does_not_count_towards_the_cap() -> None:
    service = hourly_clinic(daily_cap=1)
    held = make_appointment(service=service, starts_at=at(3, "9:00"), status="held")
    assert times(service, mine=held) == WHOLE_DAY


def test_the_cap_is_each_practitioners_own() -> None:
    service = hourly_clinic(practitioners=2, daily_cap=1)
    first = service.practitioners.all()[0]
    make_appointment(service=service, practitioner=first, starts_at=at(3, "9:00"))
    assert times(service, practitioner=first) == []
    assert times(service) == WHOLE_DAY


def test_the_last_room_is_not_promised_twice() -> None:
    service = hourly_clinic(practitioners=2, rooms=1)
    make_appointment(service=service, starts_at=at(3, "9:00"))
    assert times(service) == WHOLE_DAY[1:]


def test_a_room_is_taken_by_visits_of_people_who_do_not_give_this_service() -> None:
    service = hourly_clinic(rooms=1)
    location = Location.objects.get()
    somebody = make_practitioner()
    make_weekly_hours(practitioner=somebody, location=location)
    make_appointment(service=make_service(practitioners=[somebody]), starts_at=at(3, "9:00"))
    assert times(service) == WHOLE_DAY[1:]


def test_a_visit_needs_a_room_of_its_kind() -> None:
    service = hourly_clinic(room_kind="gym")
    assert times(service) == []
    make_room(location=Location.objects.get(), kind="gym")
    assert times(service) == WHOLE_DAY


def test_a_room_out_of_use_is_no_room() -> None:
    service = hourly_clinic()
    Location.objects.get().rooms.update(active=False)
    assert times(service) == []


def test_whoever_has_left_is_not_offered() -> None:
    service = hourly_clinic()
    service.practitioners.update(active=False)
    assert times(service) == []


def test_a_location_that_has_shut_is_not_offered() -> None:
    service = hourly_clinic()
    Location.objects.update(active=False)
    assert times(service) == []


def test_a_practitioner_who_does_not_give_the_service_has_no_times() -> None:
    assert times(hourly_clinic(), practitioner=make_practitioner()) == []


@pytest.fixture
def two_places() -> tuple[Service, Location, Location]:
    """One physio: Thursdays in town until noon, in the village from noon on, half an hour away."""
    service = hourly_clinic()
    town, village = Location.objects.get(), make_location()
    physio = service.practitioners.get()
    WorkingHours.objects.update(closes=time(12))
    make_weekly_hours(practitioner=physio, location=village, opens="12:00", closes="17:00")
    for origin, destination in ((town, village), (village, town)):
        Travel.objects.create(origin=origin, destination=destination, minutes=30)
    return service, town, village


def test_at_two_locations_each_has_its_own_times(two_places: tuple[Service, Location, Location]) -> None:
    service, town, village = two_places
    assert times(service, location=town) == WHOLE_DAY[:3]
    assert times(service, location=village) == WHOLE_DAY[3:]


def test_travel_after_a_visit_elsewhere_takes_time(two_places: tuple[Service, Location, Location]) -> None:
    service, town, village = two_places
    make_appointment(service=service, location=town, starts_at=at(3, "11:00"))
    assert times(service, location=village) == WHOLE_DAY[4:]


def test_travel_before_a_visit_elsewhere_takes_time(two_places: tuple[Service, Location, Location]) -> None:
    service, town, village = two_places
    make_appointment(service=service, location=village, starts_at=at(3, "12:00"))
    assert times(service, location=town) == WHOLE_DAY[:2]


def test_a_visit_at_a_place_that_has_since_shut_still_takes_time(
    two_places: tuple[Service, Location, Location],
) -> None:
    service, _, village = two_places
    make_appointment(service=service, location=village, starts_at=at(3, "12:00"))
    Location.objects.filter(pk=village.pk).update(active=False)
    assert times(service) == WHOLE_DAY[:2]


def test_a_time_names_everybody_who_could_take_it() -> None:
    service = hourly_clinic(practitioners=3)
    first, second, third = service.practitioners.all()
    make_appointment(service=service, practitioner=second, starts_at=at(3, "9:00"))
    nine, ten, *_ = open_times(service=service, from_day=THURSDAY, days=1, now=NOW)
    assert [who.name for who in nine.practitioners] == [first.name, third.name]
    assert [who.name for who in ten.practitioners] == [first.name, second.name, third.name]


def test_a_time_says_when_it_ends_and_where() -> None:
    first = next(iter(open_times(service=hourly_clinic(), from_day=THURSDAY, days=1, now=NOW)))
    assert (first.start, first.end) == (at(3, "9:00"), at(3, "9:45"))
    assert first.location.slug == Location.objects.get().slug


def test_a_day_is_read_out_of_a_longer_search() -> None:
    found = open_times(service=hourly_clinic(), from_day=THURSDAY, days=7, now=NOW)
    assert {time.day for time in found.on(FRIDAY)} == {FRIDAY}
    assert len(found.on(FRIDAY)) == len(WHOLE_DAY)


def test_a_month_is_counted_day_by_day() -> None:
    service = hourly_clinic()
    make_appointment(service=service, starts_at=at(3, "10:00"))
    counts = open_times(service=service, from_day=THURSDAY, days=4, now=NOW).counts()
    assert list(counts.values()) == [7, 8, 0, 0]


def test_the_first_time_is_the_next_one_free() -> None:
    service = hourly_clinic()
    make_appointment(service=service, starts_at=at(3, "9:00"))
    first = open_times(service=service, from_day=THURSDAY, days=7, now=NOW).first()
    assert first is not None
    assert first.start == at(3, "10:00")


def test_where_nothing_is_open_there_is_no_first_time() -> None:
    assert open_times(service=make_service(), from_day=THURSDAY, days=7, now=NOW).first() is None


def test_the_nearest_times_to_one_just_taken_are_found() -> None:
    service = hourly_clinic()
    for clock in ("11:00", "12:00"):
        make_appointment(service=service, starts_at=at(3, clock))
    found = open_times(service=service, from_day=THURSDAY, days=1, now=NOW).nearest_to(at(3, "12:00"))
    assert [time.start for time in found] == [at(3, "10:00"), at(3, "13:00")]


def test_a_clinic_without_any_location_has_no_times() -> None:
    assert times(make_service(practitioners=[make_practitioner()])) == []


def grown(practitioners: int) -> Service:
    """Everybody with visits, leave, a credential, changed hours and rooms."""
    service = hourly_clinic(practitioners=practitioners, required_credential="dry-needling", daily_cap=5)
    rooms = list(Location.objects.get().rooms.all())
    for person, room in zip(service.practitioners.all(), rooms, strict=True):
        make_credential(practitioner=person)
        make_appointment(service=service, practitioner=person, room=room, starts_at=at(3, "9:00"))
        Leave.objects.create(practitioner=person, starts_at=at(4, "9:00"), ends_at=at(4, "10:00"))
        HoursOnDate.objects.create(practitioner=person, date=date(2026, 12, 7))
    return service


@pytest.mark.parametrize("practitioners", [1, 30])
def test_however_many_practitioners_the_queries_are_three(
    practitioners: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    service = grown(practitioners)
    with django_assert_num_queries(3):
        found = open_times(service=service, from_day=THURSDAY, days=30, now=NOW)
        working_days, gone_on_the_third, gone_on_the_fourth = 21, 1, 1
        assert len(list(found)) == working_days * 8 - gone_on_the_third - gone_on_the_fourth
        assert found.counts()[THURSDAY] == 7


@pytest.mark.parametrize("days", [1, 90])
def test_however_many_days_the_queries_are_three(
    days: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    service = hourly_clinic()
    with django_assert_num_queries(3):
        open_times(service=service, from_day=THURSDAY, days=days, now=NOW)


def test_open_times_never_make_an_appointment_object(monkeypatch: pytest.MonkeyPatch) -> None:
    service = grown(3)
    made: list[object] = []
    monkeypatch.setattr(Appointment, "__init__", lambda *_, **__: made.append(1))
    assert list(open_times(service=service, from_day=THURSDAY, days=30, now=NOW))
    assert made == []
