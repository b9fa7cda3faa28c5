"""A plan is changed as it runs, and what was planned before is kept with it."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from booking.actions.clinical.plan_changes import FewerThanMade, PlanTerms, change_plan
from booking.actions.clinical.plans import NotOfThisPlan, PlanHasEnded, end_plan
from booking.models import Appointment, AuditEntry, CarePlan, EarlierPlan
from booking.queries.clinical.plans import earlier_terms, running_plans
from tests.factories import NOW, at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db
GOAL = "Run ten kilometres again"


@pytest.fixture
def plan(db: None) -> CarePlan:
    """Six visits with a gate after three; two have taken place, one is booked."""
    seen = make_appointment(service=make_clinic(), starts_at=at(27, "10:00", month=11), status="completed")
    plan = CarePlan.objects.create(
        patient=seen.patient, practitioner=seen.practitioner, service=seen.service, visits=6,
        every_days=7, reassess_after=3, goal=GOAL, made_at=NOW,
    )  # fmt: skip
    for day, status in ((1, "completed"), (2, "completed"), (10, "confirmed")):
        make_appointment(
            service=seen.service, patient=seen.patient, starts_at=at(day, "9:00"), status=status, plan=plan
        )
    return plan


@pytest.fixture
def maren(db: None) -> User:
    return make_user(role="physio", name="Maren Holt")


def change(plan: CarePlan, by: User, **changes: Any) -> CarePlan:
    asked: dict[str, Any] = {"visits": 6, "every_days": 7, "reassess_after": 3, "goal": GOAL}
    return change_plan(plan_id=plan.pk, terms=PlanTerms(**asked | changes), by=by, now=NOW)


def test_it_stands_as_it_was_changed(plan: CarePlan, maren: User) -> None:
    change(plan, maren, visits=8, every_days=14, reassess_after=4, goal="Walk the dog")
    plan.refresh_from_db()
    assert (plan.visits, plan.every_days, plan.reassess_after, plan.goal) == (8, 14, 4, "Walk the dog")


def test_what_was_planned_before_is_kept_with_who_changed_it(plan: CarePlan, maren: User) -> None:
    change(plan, maren, visits=8)
    change(plan, maren, visits=8, goal="Walk the dog")
    latest, first = earlier_terms(plan)
    assert (first.visits, first.goal, first.changed_by, first.until) == (6, GOAL, maren, NOW)
    assert (latest.visits, latest.goal) == (8, GOAL)


def test_what_was_planned_before_stays(plan: CarePlan, maren: User) -> None:
    change(plan, maren, visits=8)
    for touch in (lambda rows: rows.update(goal=""), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            touch(EarlierPlan.objects.all())


def test_the_log_says_which_numbers_changed_and_no_word_of_the_goal(plan: CarePlan, maren: User) -> None:
    change(plan, maren, reassess_after=2, goal="Walk the dog")
    entry = AuditEntry.objects.get(verb="changed plan")
    assert (entry.actor, entry.patient_id) == (maren, plan.patient_id)
    assert entry.detail == {"plan_id": str(plan.pk), "reassess_after": [3, 2], "goal_changed": True}


def test_the_same_again_changes_nothing(plan: CarePlan, maren: User) -> None:
    change(plan, maren)
    assert not EarlierPlan.objects.exists()
    assert not AuditEntry.objects.filter(verb="changed plan").exists()


def test_it_cannot_become_shorter_than_what_was_made_of_it(plan: CarePlan, maren: User) -> None:
    with pytest.raises(FewerThanMade) as refused:
        change(plan, maren, visits=2, reassess_after=2)
    assert refused.value.made == 3
    plan.refresh_from_db()
    assert plan.visits == 6


def test_what_was_cancelled_does_not_count(plan: CarePlan, maren: User) -> None:
    Appointment.objects.filter(plan=plan, status="confirmed").update(status="cancelled")
    assert change(plan, maren, visits=2, reassess_after=2).visits == 2


def test_an_earlier_gate_leaves_what_is_booked_and_asks_for_the_reassessment(
    plan: CarePlan, maren: User
) -> None:
    change(plan, maren, reassess_after=2)
    (found,) = running_plans(plan.patient_id)
    assert found.progress.reassessment_is_due
    assert (found.progress.booked, found.progress.may_be_booked) == (1, 0)


def test_a_later_gate_opens_more_to_book(plan: CarePlan, maren: User) -> None:
    change(plan, maren, reassess_after=5)
    (found,) = running_plans(plan.patient_id)
    assert found.progress.may_be_booked == 2


@pytest.mark.parametrize("changes", [{"reassess_after": 7}, {"reassess_after": 0}, {"every_days": 0}])
def test_the_gate_lies_within_the_plan(plan: CarePlan, maren: User, changes: dict[str, int]) -> None:
    with pytest.raises(NotOfThisPlan):
        change(plan, maren, **changes)


def test_what_has_ended_is_not_changed(plan: CarePlan, maren: User) -> None:
    end_plan(plan_id=plan.pk, by=maren, now=NOW)
    with pytest.raises(PlanHasEnded):
        change(plan, maren, visits=8)
