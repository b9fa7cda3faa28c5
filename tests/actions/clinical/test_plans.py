"""A plan is made, booked as far as its gate, opened by a reassessment, and ended."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from booking.actions.clinical.plans import (
    AllBooked,
    NotOfThisPlan,
    NotTheirPatient,
    PlanHasEnded,
    PlanRunsAlready,
    ReassessmentFirst,
    book_visit_of_plan,
    end_plan,
    make_plan,
)
from booking.actions.desk.bookings import Clashes
from booking.actions.desk.records import merge
from booking.models import Appointment, AuditEntry, CarePlan, VisitRecord
from booking.queries.clinical.plans import running_plans
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_practitioner, make_user

pytestmark = pytest.mark.django_db
GOAL = "Run ten kilometres again"


@pytest.fixture
def seen(db: None) -> Appointment:
    """Elena was here for the first time last Friday."""
    return make_appointment(service=make_clinic(), starts_at=at(27, "10:00", month=11), status="completed")


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(role="reception")


def make(seen: Appointment, **changes: Any) -> CarePlan:
    asked = {
        "patient": seen.patient, "practitioner": seen.practitioner, "service": seen.service,
        "visits": 6, "every_days": 7, "reassess_after": 3, "goal": GOAL,
    }  # fmt: skip
    return make_plan(by=make_user(role="physio"), **{"now": NOW} | asked | changes)


def book(plan: CarePlan, clerk: User, day: int) -> Appointment:
    place = plan.practitioner.appointments.get(plan=None, patient=plan.patient).location
    return book_visit_of_plan(
        plan_id=plan.pk,
        practitioner=plan.practitioner,
        location=place,
        starts_at=at(day, "10:00"),
        by=clerk,
        now=NOW,
    )


def reassess(visit: Appointment) -> None:
    Appointment.objects.filter(pk=visit.pk).update(status="completed")
    VisitRecord.objects.create(
        appointment=visit,
        practitioner=visit.practitioner,
        is_reassessment=True,
        written_at=NOW,
        signed_at=NOW,
    )


def test_a_plan_stands_as_it_was_made(seen: Appointment) -> None:
    plan = make(seen)
    assert (plan.visits, plan.reassess_after, plan.goal, plan.state) == (6, 3, GOAL, "active")


def test_only_the_treating_team_plans(seen: Appointment) -> None:
    with pytest.raises(NotTheirPatient):
        make(seen, patient=make_patient())
    assert not CarePlan.objects.exists()


def test_only_a_service_of_this_physio_can_be_planned(seen: Appointment) -> None:
    stranger = make_practitioner()
    make_appointment(
        service=seen.service, practitioner=stranger, location=seen.location, room=None,
        starts_at=at(26, "10:00", month=11), status="completed", patient=seen.patient,
    )  # fmt: skip
    with pytest.raises(NotOfThisPlan):
        make(seen, practitioner=stranger)


@pytest.mark.parametrize("changes", [{"reassess_after": 7}, {"reassess_after": 0}, {"every_days": 0}])
def test_the_gate_lies_within_the_plan(seen: Appointment, changes: dict[str, int]) -> None:
    with pytest.raises(NotOfThisPlan):
        make(seen, **changes)


def test_one_plan_runs_at_a_time(seen: Appointment) -> None:
    make(seen)
    with pytest.raises(PlanRunsAlready):
        make(seen)


def test_after_its_end_another_can_be_made(seen: Appointment, clerk: User) -> None:
    end_plan(plan_id=make(seen).pk, by=clerk, now=NOW)
    assert make(seen).state == "active"


def test_a_visit_booked_from_it_belongs_to_it(seen: Appointment, clerk: User) -> None:
    plan = make(seen)
    visit = book(plan, clerk, 4)
    assert (visit.plan, visit.patient, visit.service) == (plan, seen.patient, seen.service)
    assert visit.status == "confirmed"


def test_what_clashes_is_not_booked(seen: Appointment, clerk: User) -> None:
    plan = make(seen)
    make_appointment(service=seen.service, starts_at=at(4, "10:00"))
    with pytest.raises(Clashes):
        book(plan, clerk, 4)
    assert not plan.appointments.exists()


def test_nothing_is_booked_beyond_the_gate(seen: Appointment, clerk: User) -> None:
    plan = make(seen)
    for day in (1, 2, 3):
        book(plan, clerk, day)
    with pytest.raises(ReassessmentFirst) as refused:
        book(plan, clerk, 4)
    assert refused.value.after == 3
    assert plan.appointments.count() == 3


def test_a_signed_reassessment_opens_the_rest(seen: Appointment, clerk: User) -> None:
    plan = make(seen)
    *_, third = (book(plan, clerk, day) for day in (1, 2, 3))
    plan.appointments.update(status="completed")
    reassess(third)
    for day in (4, 7, 8):
        book(plan, clerk, day)
    with pytest.raises(AllBooked):
        book(plan, clerk, 9)


def test_a_draft_of_a_reassessment_opens_nothing(seen: Appointment, clerk: User) -> None:
    plan = make(seen)
    *_, third = (book(plan, clerk, day) for day in (1, 2, 3))
    VisitRecord.objects.create(
        appointment=third, practitioner=third.practitioner, is_reassessment=True, written_at=NOW
    )
    with pytest.raises(ReassessmentFirst):
        book(plan, clerk, 4)


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_a_visit_that_did_not_take_place_can_be_booked_again(
    seen: Appointment, clerk: User, status: str
) -> None:
    plan = make(seen)
    for day in (1, 2, 3):
        book(plan, clerk, day)
    Appointment.objects.filter(plan=plan, starts_at=at(3, "10:00")).update(status=status)
    assert book(plan, clerk, 4).plan == plan


def test_nothing_is_booked_from_a_plan_that_ended(seen: Appointment, clerk: User) -> None:
    plan = make(seen)
    end_plan(plan_id=plan.pk, by=clerk, now=NOW)
    with pytest.raises(PlanHasEnded):
        book(plan, clerk, 4)
    with pytest.raises(PlanHasEnded):
        end_plan(plan_id=plan.pk, by=clerk, now=NOW)


def test_what_was_booked_stays_booked_when_it_ends(seen: Appointment, clerk: User) -> None:
    plan = make(seen)
    visit = book(plan, clerk, 4)
    end_plan(plan_id=plan.pk, by=clerk, now=NOW)
    visit.refresh_from_db()
    assert visit.status == "confirmed"


def test_who_did_it_is_known_and_the_goal_is_not_written_into_the_log(seen: Appointment, clerk: User) -> None:
    plan = make(seen)
    book(plan, clerk, 4)
    end_plan(plan_id=plan.pk, by=clerk, now=NOW)
    entries = AuditEntry.objects.filter(patient_id=plan.patient_id)
    assert {"made plan", "booked from plan", "ended plan"} <= {entry.verb for entry in entries}
    assert GOAL not in str([entry.detail for entry in entries])


def test_a_plan_goes_along_when_two_records_become_one(seen: Appointment, clerk: User) -> None:
    plan, kept = make(seen), make_patient()
    merge(kept_id=kept.pk, other_id=seen.patient_id, by=clerk, now=NOW)
    plan.refresh_from_db()
    assert (plan.patient, plan.state) == (kept, "active")


def test_of_two_plans_with_one_physio_the_later_runs_on(seen: Appointment, clerk: User) -> None:
    twin = make_appointment(
        service=seen.service, starts_at=at(26, "10:00", month=11), status="completed", patient=make_patient()
    )
    earlier = make(seen)
    later = make(twin, now=NOW + timedelta(minutes=1))
    merge(kept_id=seen.patient_id, other_id=twin.patient_id, by=clerk, now=NOW)
    assert [found.plan for found in running_plans(seen.patient_id)] == [later]
    assert earlier.pk != later.pk


@pytest.mark.parametrize("count", [1, 30])
def test_where_a_plan_stands_costs_two_queries(
    seen: Appointment, count: int, django_assert_num_queries: Any
) -> None:
    plan = make(seen, visits=40, reassess_after=40)
    for number in range(count):
        make_appointment(
            service=seen.service, patient=seen.patient, plan=plan,
            starts_at=at(1, "9:00") + timedelta(days=number),
        )  # fmt: skip
    with django_assert_num_queries(2):
        (found,) = running_plans(seen.patient_id)
        assert (found.progress.booked, found.plan.service.name) == (count, seen.service.name)
