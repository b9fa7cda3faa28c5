"""What is planned when needling was recorded."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from booking.actions.clinical.aftercare import plan_after_needling
from booking.models import AfterCheck, Appointment, Message
from tests.factories import at, make_patient
from tests.needled import VISIT, needled_visit

pytestmark = pytest.mark.django_db

SIGNED = VISIT + timedelta(hours=1)


def planned(visit: Appointment) -> dict[str, object]:
    return dict(Message.objects.filter(appointment=visit).values_list("occasion", "due_at"))


def test_advice_goes_now_and_the_question_the_next_day_at_ten() -> None:
    visit = needled_visit()
    plan_after_needling(appointment=visit, now=SIGNED)
    assert planned(visit) == {"aftercare": SIGNED, "after_check": at(3, "10:00")}


def test_the_hour_is_a_setting(settings: Settings) -> None:
    settings.AFTER_CHECK_HOUR = 8
    visit = needled_visit()
    plan_after_needling(appointment=visit, now=SIGNED)
    assert visit.after_check.due_at == at(3, "8:00")


def test_ten_is_by_the_clinics_clock_in_summer_too() -> None:
    visit = needled_visit(starts_at=at(1, "10:00", month=7, year=2027))
    plan_after_needling(appointment=visit, now=visit.ends_at)
    assert visit.after_check.due_at.isoformat() == "2027-07-02T10:00:00+01:00"


def test_planning_twice_changes_nothing() -> None:
    visit = needled_visit()
    for hours in (0, 2):
        plan_after_needling(appointment=visit, now=SIGNED + timedelta(hours=hours))
    assert planned(visit) == {"aftercare": SIGNED, "after_check": at(3, "10:00")}
    assert AfterCheck.objects.count() == 1


@pytest.mark.parametrize(
    "recorded", [{"uses_needles": False}, {"signed": False}], ids=["no needles", "not signed"]
)
def test_nothing_is_planned_without_needles_on_a_signed_record(recorded: dict[str, bool]) -> None:
    visit = needled_visit(**recorded)
    assert plan_after_needling(appointment=visit, now=SIGNED) is None
    assert planned(visit) == {}


def test_a_record_signed_after_three_days_troubles_nobody() -> None:
    visit = needled_visit()
    assert plan_after_needling(appointment=visit, now=visit.ends_at + timedelta(hours=73)) is None


def test_a_record_signed_the_next_afternoon_asks_at_once() -> None:
    visit = needled_visit()
    plan_after_needling(appointment=visit, now=at(3, "15:00"))
    assert visit.after_check.due_at == at(3, "15:00")


def test_somebody_without_an_address_is_to_be_rung() -> None:
    visit = needled_visit(patient=make_patient(email=""))
    assert plan_after_needling(appointment=visit, now=SIGNED) is not None
    assert planned(visit) == {}
