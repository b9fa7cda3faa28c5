"""What the card and the lists of visits cost, whether there is one row or thirty."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from booking.models import Appointment, VisitRecord
from booking.queries.clinical.consents import papers_of
from booking.queries.clinical.records import signed_records_of
from booking.queries.clinical.standings import standings_at
from tests.factories import NOW, at, make_appointment
from tests.needling import make_needled_visit, sign

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


def many(rows: int) -> list[Appointment]:
    first = make_needled_visit(starts_at=at(3, "10:00"))
    sign(first, now=at(3, "10:05"))
    visits = [first]
    for number in range(1, rows):
        starts_at = at(3, "10:00") - timedelta(days=number)
        visits.append(make_appointment(service=first.service, starts_at=starts_at, patient=first.patient))
    for visit in visits:
        VisitRecord.objects.create(
            appointment=visit, practitioner=visit.practitioner, written_at=NOW, signed_at=NOW
        )
    return visits


@pytest.mark.parametrize("rows", [1, 30])
def test_each_costs_the_same(rows: int, django_assert_num_queries: Queries) -> None:
    visits = many(rows)
    with django_assert_num_queries(2):
        papers_of(visits)
    with django_assert_num_queries(2):
        standings_at(visits[0])
    with django_assert_num_queries(3):
        assert signed_records_of(visits[0].patient_id)  # type: ignore[arg-type]
