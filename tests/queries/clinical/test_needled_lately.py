"""Who had needles in the last three days."""

from datetime import timedelta
from typing import Any

import pytest

from booking.queries.clinical.needled_lately import needled_lately
from tests.factories import make_clinic
from tests.needled import VISIT, needled_visit

pytestmark = pytest.mark.django_db


def test_it_lasts_seventy_two_hours_from_the_end_of_the_visit() -> None:
    visit = needled_visit()
    inside, outside = visit.ends_at + timedelta(hours=71), visit.ends_at + timedelta(hours=72)
    assert needled_lately([visit.patient_id], inside) == {visit.patient_id: VISIT}
    assert needled_lately([visit.patient_id], outside) == {}


@pytest.mark.parametrize("fields", [{"uses_needles": False}, {"signed": False}])
def test_only_needles_on_a_signed_record_count(fields: dict[str, bool]) -> None:
    visit = needled_visit(**fields)
    assert needled_lately([visit.patient_id], visit.ends_at) == {}


def test_the_last_of_two_visits_is_named() -> None:
    service = make_clinic()
    first = needled_visit(service=service)
    needled_visit(service=service, patient=first.patient, starts_at=VISIT + timedelta(hours=24))
    assert needled_lately([first.patient_id], VISIT + timedelta(hours=30)) == {
        first.patient_id: VISIT + timedelta(hours=24)
    }


@pytest.mark.parametrize("count", [1, 30])
def test_it_is_one_query(count: int, django_assert_num_queries: Any) -> None:
    service = make_clinic()
    visits = [
        needled_visit(service=service, starts_at=VISIT - timedelta(hours=index), patient=_patient())
        for index in range(count)
    ]
    with django_assert_num_queries(1):
        found = needled_lately([visit.patient_id for visit in visits], VISIT + timedelta(hours=1))
    assert len(found) == count


def _patient() -> Any:
    from tests.factories import make_patient

    return make_patient()
