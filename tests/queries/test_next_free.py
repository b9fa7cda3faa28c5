"""The next free time of each service and of each physio."""

import pytest
from pytest_django import DjangoAssertNumQueries

from booking.models import Leave
from booking.queries.next_free import next_free
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_clinic, make_service

pytestmark = pytest.mark.django_db


def with_another(service: Service, **fields: object) -> Service:
    """Another service of the same people."""
    return make_service(practitioners=list(service.practitioners.all()), **fields)


def test_each_service_has_its_own_next_time() -> None:
    short = make_clinic()
    long = with_another(short, duration_minutes=90)
    make_appointment(service=short, starts_at=at(30, "10:00", month=11))
    found = next_free(services=[short, long], now=NOW).services
    assert found[short.pk].start == at(30, "9:00", month=11)
    assert found[long.pk].start == at(30, "10:45", month=11)


def test_a_service_nobody_gives_is_not_named() -> None:
    service, orphan = make_clinic(), make_service()
    assert list(next_free(services=[service, orphan], now=NOW).services) == [service.pk]


def test_it_looks_as_far_ahead_as_the_service_may_be_booked() -> None:
    service = make_clinic(horizon_days=60)
    Leave.objects.create(
        practitioner=service.practitioners.get(), starts_at=NOW, ends_at=at(25, "0:00", month=1, year=2027)
    )
    found = next_free(services=[service], now=NOW).services
    assert found[service.pk].start == at(25, "9:00", month=1, year=2027)


def test_it_looks_no_further_than_that() -> None:
    near = make_clinic(horizon_days=30)
    far = with_another(near, horizon_days=90)
    Leave.objects.create(
        practitioner=near.practitioners.get(), starts_at=NOW, ends_at=at(25, "0:00", month=1, year=2027)
    )
    assert list(next_free(services=[near, far], now=NOW).services) == [far.pk]


def test_each_physio_has_their_own_next_time() -> None:
    service = make_clinic(practitioners=2)
    first, second = service.practitioners.all()
    make_appointment(service=service, practitioner=first, starts_at=at(30, "9:00", month=11))
    found = next_free(services=[service], now=NOW).practitioners
    assert found[first.pk].start == at(30, "9:45", month=11)
    assert found[second.pk].start == at(30, "9:00", month=11)


def test_a_physios_next_time_is_the_earliest_of_their_services() -> None:
    long = make_clinic(duration_minutes=90)
    short = with_another(long, duration_minutes=30)
    make_appointment(service=short, starts_at=at(30, "9:45", month=11))
    found = next_free(services=[long, short], now=NOW).practitioners
    [physio] = long.practitioners.all()
    assert (found[physio.pk].start, found[physio.pk].end) == (
        at(30, "9:00", month=11),
        at(30, "9:30", month=11),
    )


def test_asking_about_nothing_finds_nothing() -> None:
    assert next_free(services=[], now=NOW).services == {}


@pytest.mark.parametrize("services", [1, 30])
def test_however_many_services_the_queries_are_three(
    services: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = make_clinic(practitioners=3)
    asked = [first, *(with_another(first) for _ in range(services - 1))]
    with django_assert_num_queries(3):
        assert len(next_free(services=asked, now=NOW).services) == services
