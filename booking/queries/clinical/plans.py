"""Plans of several visits, and how far each has come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from booking.models import Appointment, CarePlan, EarlierPlan, VisitRecord
from booking.rules.care_plan import PlanVisit, Progress, progress_of
from booking.rules.lifecycle import OCCUPIES_TIME, Status

COUNTS = OCCUPIES_TIME - {Status.HELD, Status.NO_SHOW}
"""A visit in one of these is one of the plan's. What was cancelled or missed can be booked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningPlan:
    plan: CarePlan
    progress: Progress
    last_visit: Appointment | None  # by its time, taken place or to come; before the first, with this physio


def running_plans(patient_id: UUID) -> Sequence[RunningPlan]:
    """The plans of a patient that have not ended. Two queries; one where there is no plan."""
    rows = CarePlan.objects.filter(patient_id=patient_id, state=CarePlan.State.ACTIVE)
    return with_progress(list(rows.select_related("practitioner", "service", "patient")))


def earlier_terms(plan: CarePlan) -> Sequence[EarlierPlan]:
    """How this plan stood before each change, the latest first. One query."""
    return list(plan.earlier.select_related("changed_by"))


def with_progress(plans: Sequence[CarePlan]) -> Sequence[RunningPlan]:
    """Where each of these stands. One query, however many visits they have."""
    made: dict[UUID | None, list[Appointment]] = defaultdict(list)
    before: dict[tuple[UUID | None, int], Appointment] = {}
    if plans:
        patients = {plan.patient_id for plan in plans}
        physios = {plan.practitioner_id for plan in plans}
        others = Q(plan=None, patient__in=patients, practitioner__in=physios)
        rows = Appointment.objects.filter(others | Q(plan__in=plans), status__in=COUNTS)
        for visit in rows.select_related("record").order_by("starts_at"):
            if visit.plan_id:
                made[visit.plan_id].append(visit)
            else:
                before[visit.patient_id, visit.practitioner_id] = visit
    return [
        RunningPlan(
            plan=plan,
            progress=progress_of(
                visits=plan.visits,
                reassess_after=plan.reassess_after,
                made=[_as_visit(visit) for visit in made[plan.pk]],
            ),
            last_visit=made[plan.pk][-1]
            if made[plan.pk]
            else before.get((plan.patient_id, plan.practitioner_id)),
        )
        for plan in plans
    ]


def _as_visit(visit: Appointment) -> PlanVisit:
    """Done when it is closed at the desk, or when what was done is signed: whichever comes first."""
    record: VisitRecord | None = getattr(visit, "record", None)
    is_signed = record is not None and record.signed_at is not None
    return PlanVisit(
        is_done=visit.status == Status.COMPLETED or is_signed,
        is_reassessment=record is not None and is_signed and record.is_reassessment,
    )
