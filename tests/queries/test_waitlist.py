"""The waiting list, and the times that are free for somebody on it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from booking.models import Leave, WaitlistEntry
from booking.queries.needs_a_hand import hands_wanted, needs_a_hand
from booking.queries.waitlist import WaitlistMatch, waiting, waitlist_matches
from catalogue.models import Service
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_clinic,
    make_location,
    make_patient,
    make_practitioner,
    make_wait,
    make_weekly_hours,
)

pytestmark = pytest.mark.django_db

HALF_PAST_NINE = NOW + timedelta(minutes=90)


@pytest.fixture
def service() -> Service:
    return make_clinic(minimum_notice_minutes=24 * 60)


def matches(now: datetime = NOW) -> list[WaitlistMatch]:
    return list(waitlist_matches(now=now))


def first_start() -> datetime:
    return matches()[0].time.start


def away(service: Service, *, until: datetime) -> None:
    Leave.objects.create(practitioner=service.practitioners.get(), starts_at=NOW, ends_at=until)


def test_whoever_waits_is_offered_the_first_time_that_is_free(service: Service) -> None:
    away(service, until=at(2, "11:00"))
    make_wait(service=service)
    assert first_start() == at(2, "11:00")


def test_the_desk_needs_no_notice(service: Service) -> None:
    make_wait(service=service)
    assert matches(now=HALF_PAST_NINE)[0].time.start == HALF_PAST_NINE


def test_a_full_diary_has_nothing_for_them(service: Service) -> None:
    away(service, until=at(31, "17:00"))
    make_wait(service=service)
    assert matches() == []
    assert hands_wanted(now=NOW) == 0


def test_what_is_not_offered_any_more_is_not_waited_for(service: Service) -> None:
    make_wait(service=service)
    Service.objects.update(state="draft")
    assert matches() == []


def test_only_their_days_count(service: Service) -> None:
    make_wait(service=service, weekdays=[3])
    assert first_start() == at(3, "9:00")


def test_only_their_times_count(service: Service) -> None:
    make_wait(service=service, from_time=time(12, 30), until_time=time(14))
    assert first_start() == at(30, "12:30", month=11)


def test_nothing_after_their_last_day_counts(service: Service) -> None:
    away(service, until=at(8, "9:00"))
    make_wait(service=service, last_day=date(2026, 12, 7))
    assert matches() == []


def test_who_waits_for_one_physio_is_not_offered_another() -> None:
    service = make_clinic(practitioners=2)
    _first, second = service.practitioners.order_by("pk")
    Leave.objects.create(practitioner=second, starts_at=NOW, ends_at=at(1, "12:00"))
    make_wait(service=service, practitioner=second)
    assert [who.id for who in matches()[0].time.practitioners] == [second.pk]
    assert first_start() == at(1, "12:00")


def test_who_waits_for_one_place_is_not_offered_another(service: Service) -> None:
    there, physio = make_location(rooms=1), make_practitioner()
    make_weekly_hours(practitioner=physio, location=there, opens="13:00")
    service.practitioners.add(physio)
    make_wait(service=service, location=there)
    assert matches()[0].time.location.id == there.pk
    assert first_start() == at(30, "13:00", month=11)


def test_who_waited_longest_is_first(service: Service) -> None:
    second = make_wait(service=service, added_at=NOW)
    first = make_wait(service=service, added_at=NOW - timedelta(days=1))
    assert [match.entry for match in matches()] == [first, second]


def test_a_later_visit_of_theirs_is_named(service: Service) -> None:
    tom = make_patient(name="Tom Hale")
    make_appointment(service=service, starts_at=at(22, "10:00"), patient=tom)
    visit = make_appointment(service=service, starts_at=at(21, "10:00"), patient=tom)
    make_wait(service=service, patient=tom)
    assert matches()[0].instead_of == visit


def test_who_has_a_visit_by_their_last_day_waits_no_more(service: Service) -> None:
    entry = make_wait(service=service)
    visit = make_appointment(service=service, starts_at=at(13, "10:00"), patient=entry.patient)
    assert list(waiting(now=NOW)) == []
    visit.status = "cancelled"
    visit.save()
    assert list(waiting(now=NOW)) == [entry]


def test_a_visit_before_they_began_to_wait_is_another_matter(service: Service) -> None:
    entry = make_wait(service=service)
    make_appointment(service=service, starts_at=at(27, "10:00", month=11), patient=entry.patient)
    assert list(waiting(now=NOW)) == [entry]


def test_who_asks_while_they_are_here_waits_for_the_next(service: Service) -> None:
    early = at(30, "7:50", month=11)
    visit = make_appointment(
        service=service, starts_at=at(30, "9:00", month=11), status="arrived", arrived_at=early
    )
    entry = make_wait(service=service, patient=visit.patient)
    assert list(waiting(now=NOW)) == [entry]
    visit.status = "completed"
    visit.save()
    assert list(waiting(now=NOW)) == [entry]


def test_who_did_not_come_to_it_does_not_wait_again(service: Service) -> None:
    entry = make_wait(service=service)
    make_appointment(service=service, starts_at=at(2, "10:00"), patient=entry.patient, status="no_show")
    assert list(waiting(now=at(3, "9:00"))) == []


def test_nobody_is_offered_a_time_at_which_they_are_here_for_something_else(service: Service) -> None:
    other = make_clinic()
    tom = make_patient(name="Tom Hale")
    make_appointment(service=other, starts_at=at(1, "10:00"), patient=tom)
    make_wait(service=service, patient=tom, weekdays=[1], from_time=time(10))
    assert first_start() == at(1, "10:45")


@pytest.mark.parametrize(
    "over", [{"last_day": date(2026, 11, 29)}, {"taken_off_at": NOW}], ids=["last day", "taken off"]
)
def test_who_waits_no_more_is_not_listed(service: Service, over: dict[str, object]) -> None:
    make_wait(service=service, **over)
    assert matches() == []


def test_reception_is_told(service: Service) -> None:
    make_wait(service=service)
    assert needs_a_hand(now=NOW).waitlist == matches()
    assert hands_wanted(now=NOW) == 1


def test_nobody_waiting_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert matches() == []


def test_thirty_who_wait_cost_as_many_queries_as_one(service: Service) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            matches()
        return len(asked)

    make_wait(service=service)
    alone = cost()
    other = make_clinic(duration_minutes=30)
    for number in range(30):
        make_wait(service=other if number % 2 else service)
    assert WaitlistEntry.objects.count() == 31
    assert cost() == alone == 5
