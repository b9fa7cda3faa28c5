"""Whom an absence or a closure would leave standing at the door."""

import pytest

from accounts.models import Practitioner
from booking.models import Appointment, Closure, Leave
from booking.queries.displaced import displaced_by_absence, displaced_by_closure, displaced_now
from tests.factories import NOW, at, make_appointment, make_clinic

pytestmark = pytest.mark.django_db

TEN = at(3, "10:00")


@pytest.fixture
def visit() -> Appointment:
    return make_appointment(service=make_clinic(), starts_at=TEN)


def test_a_visit_in_the_absence_is_displaced(visit: Appointment) -> None:
    rows = displaced_by_absence(
        practitioner=visit.practitioner, starts_at=at(3, "10:30"), ends_at=at(4, "0:00")
    )
    assert list(rows) == [visit]


def test_a_visit_that_ends_as_the_absence_begins_is_not(visit: Appointment) -> None:
    rows = displaced_by_absence(
        practitioner=visit.practitioner, starts_at=at(3, "10:45"), ends_at=at(4, "0:00")
    )
    assert not rows.exists()


def test_a_cancelled_visit_displaces_nobody(visit: Appointment) -> None:
    Appointment.objects.update(status="cancelled")
    rows = displaced_by_closure(location=None, first_day=TEN.date(), last_day=TEN.date())
    assert not rows.exists()


def test_a_closure_reaches_from_midnight_to_midnight(visit: Appointment) -> None:
    late = make_appointment(service=make_clinic(), starts_at=at(3, "23:00"))
    rows = displaced_by_closure(location=None, first_day=TEN.date(), last_day=TEN.date())
    assert list(rows) == [visit, late]


def test_a_closure_of_one_location_leaves_the_other_open(visit: Appointment) -> None:
    elsewhere = make_appointment(service=make_clinic(), starts_at=TEN)
    rows = displaced_by_closure(location=visit.location, first_day=TEN.date(), last_day=TEN.date())
    assert elsewhere not in rows


@pytest.mark.parametrize("why", ["leave", "closure", "has left"])
def test_what_is_displaced_now_is_listed(visit: Appointment, why: str) -> None:
    assert not displaced_now(now=NOW).exists()
    if why == "leave":
        Leave.objects.create(practitioner=visit.practitioner, starts_at=TEN, ends_at=at(3, "11:00"))
    elif why == "has left":
        Practitioner.objects.update(active=False)
    else:
        Closure.objects.create(first_day=TEN.date(), last_day=TEN.date(), name="Burst pipe")
    assert list(displaced_now(now=NOW)) == [visit]
