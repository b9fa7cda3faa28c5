"""A plan of several visits: made by the physio, booked by reception as far as the next reassessment."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Patient, Practitioner, User
from booking.actions.audit import Actor, record
from booking.actions.conflicts import saying_time_taken
from booking.actions.desk.bookings import book_at_desk
from booking.actions.patients import who_carries_on
from booking.models import Appointment, CarePlan, Location
from booking.queries.clinical.plans import with_progress
from booking.queries.clinical.treating import is_treated_by
from catalogue.models import Service


class NotTheirPatient(Exception):
    """Only the treating team plans."""


class PlanRunsAlready(Exception):
    """One plan at a time with one physio: end that one first."""


class NotOfThisPlan(Exception):
    """The service is not given by this physio, or the gate lies outside the plan."""


class PlanHasEnded(Exception):
    """Nothing more is booked from it."""


class AllBooked(Exception):
    """Every visit of the plan has taken place or is booked."""


class ReassessmentFirst(Exception):
    """The gate: after `after` visits the physio looks again before more are booked."""

    def __init__(self, *, after: int) -> None:
        super().__init__(f"reassessment after {after} visits")
        self.after = after


def make_plan(
    *,
    patient: Patient,
    practitioner: Practitioner,
    service: Service,
    visits: int,
    every_days: int,
    reassess_after: int,
    goal: str,
    by: User,
    now: datetime,
) -> CarePlan:
    """Raises NotTheirPatient, NotOfThisPlan or PlanRunsAlready. The goal stays with the treating team."""
    if not 1 <= reassess_after <= visits or every_days < 1:
        raise NotOfThisPlan
    if not service.practitioners.filter(pk=practitioner.pk).exists():
        raise NotOfThisPlan
    with transaction.atomic():
        patient = who_carries_on(patient.pk)
        if not is_treated_by(patient_id=patient.pk, practitioner=practitioner):
            raise NotTheirPatient
        running = CarePlan.objects.filter(patient=patient, practitioner=practitioner)
        if running.filter(state=CarePlan.State.ACTIVE).exists():
            raise PlanRunsAlready
        plan = CarePlan.objects.create(
            patient=patient,
            practitioner=practitioner,
            service=service,
            visits=visits,
            every_days=every_days,
            reassess_after=reassess_after,
            goal=goal,
            made_at=now,
        )
        detail = {"visits": visits, "every_days": every_days, "reassess_after": reassess_after}
        _note("made plan", plan, by=by, now=now, detail=detail)
    return plan


def end_plan(*, plan_id: UUID, by: User, now: datetime) -> CarePlan:
    """Visits that are booked stay booked. Raises PlanHasEnded."""
    with transaction.atomic():
        plan = running_plan(plan_id)
        plan.state, plan.ended_at = CarePlan.State.ENDED, now
        plan.save(update_fields=["state", "ended_at"])
        _note("ended plan", plan, by=by, now=now)
    return plan


def book_visit_of_plan(
    *,
    plan_id: UUID,
    practitioner: Practitioner,
    location: Location,
    starts_at: datetime,
    by: User,
    now: datetime,
    overbook_reason: str = "",
    note: str = "",
) -> Appointment:
    """Book the next visit of a plan at the desk: for its patient, with its service.

    Two clerks who book from one plan queue behind each other, so the gate holds. Raises PlanHasEnded,
    AllBooked or ReassessmentFirst, and whatever booking at the desk raises.
    """
    with saying_time_taken(), transaction.atomic():
        plan = running_plan(plan_id)
        (found,) = with_progress([plan])
        if found.progress.is_all_booked:
            raise AllBooked
        if not found.progress.may_be_booked:
            raise ReassessmentFirst(after=found.progress.gate)
        booked = book_at_desk(
            service=plan.service,
            patient=plan.patient,
            practitioner=practitioner,
            location=location,
            starts_at=starts_at,
            by=by,
            now=now,
            overbook_reason=overbook_reason,
            note=note,
        )
        booked.plan = plan
        booked.save(update_fields=["plan"])
        _note("booked from plan", plan, by=by, now=now, appointment=booked)
    return booked


def bring_plans(*, kept: Patient, other: Patient, by: User, now: datetime) -> None:
    """Two records become one: where both run a plan with one physio, the one made earlier ends."""
    running = CarePlan.objects.filter(patient__in=[kept, other], state=CarePlan.State.ACTIVE)
    seen: set[int] = set()
    for plan in running.order_by("-made_at"):
        if plan.practitioner_id in seen:
            end_plan(plan_id=plan.pk, by=by, now=now)
        seen.add(plan.practitioner_id)
    CarePlan.objects.filter(patient=other).update(patient=kept)


def running_plan(plan_id: UUID) -> CarePlan:
    """Locked, so that whoever books, changes or ends it queues here. Raises PlanHasEnded."""
    plan = CarePlan.objects.select_for_update().get(pk=plan_id)
    if plan.state != CarePlan.State.ACTIVE:
        raise PlanHasEnded
    return plan


def _note(
    verb: str,
    plan: CarePlan,
    *,
    by: User,
    now: datetime,
    appointment: Appointment | None = None,
    detail: dict[str, int] | None = None,
) -> None:
    record(
        verb=verb,
        by=Actor.staff(by),
        at=now,
        appointment=appointment,
        patient_id=plan.patient_id,
        detail={"plan_id": str(plan.pk), **(detail or {})},
    )
