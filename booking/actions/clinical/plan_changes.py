"""A plan is changed as it runs: how many visits, how far apart, where its gate stands, and what for."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.actions.clinical.plans import NotOfThisPlan, running_plan
from booking.models import CarePlan, EarlierPlan
from booking.queries.clinical.plans import with_progress

LOGGED = ("visits", "every_days", "reassess_after")


class FewerThanMade(Exception):
    """So many visits have taken place or are booked: the plan cannot be shorter. Carries how many."""

    def __init__(self, made: int) -> None:
        super().__init__(f"{made} visits are done or booked")
        self.made = made


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """What of a plan can be changed. The goal is for the treating team."""

    visits: int
    every_days: int
    reassess_after: int
    goal: str = ""

    @classmethod
    def of(cls, plan: CarePlan) -> "PlanTerms":
        return cls(
            visits=plan.visits,
            every_days=plan.every_days,
            reassess_after=plan.reassess_after,
            goal=plan.goal,
        )


def change_plan(*, plan_id: UUID, terms: PlanTerms, by: User, now: datetime) -> CarePlan:
    """Raises PlanHasEnded, NotOfThisPlan or FewerThanMade.

    How it stood before is kept with the plan, the goal included; the log has the numbers alone. What is
    booked stays booked, also where the gate now stands before it. The same terms again change nothing.
    """
    if not 1 <= terms.reassess_after <= terms.visits or terms.every_days < 1:
        raise NotOfThisPlan
    with transaction.atomic():
        plan = running_plan(plan_id)
        before = PlanTerms.of(plan)
        if before == terms:
            return plan
        (found,) = with_progress([plan])
        if terms.visits < (made := found.progress.done + found.progress.booked):
            raise FewerThanMade(made)
        EarlierPlan.objects.create(plan=plan, until=now, changed_by=by, **asdict(before))
        for name, value in asdict(terms).items():
            setattr(plan, name, value)
        plan.save(update_fields=list(asdict(terms)))
        detail = {
            "plan_id": str(plan.pk),
            **_numbers(before, terms),
            "goal_changed": before.goal != terms.goal,
        }
        record(verb="changed plan", by=Actor.staff(by), at=now, patient_id=plan.patient_id, detail=detail)
    return plan


def _numbers(before: PlanTerms, after: PlanTerms) -> dict[str, list[int]]:
    """Those that differ, each as it was and as it is."""
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in LOGGED}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
