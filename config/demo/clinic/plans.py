"""Two plans of visits: one that reception can book on, and one that waits for its physio to look again."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Patient, Practitioner, User
from booking.actions.clinical.plans import book_visit_of_plan, make_plan
from booking.actions.desk.bookings import Clashes
from booking.models import Appointment, CarePlan
from booking.models.appointment import AppointmentQuerySet
from booking.rules.lifecycle import Status
from catalogue.models import Service
from config.demo.clinic.stretches import Stretch, stretches

FOR = "follow-up"
EVERY_DAYS = 7
WEEKS_AHEAD = (1, 2, 3, 4)
TO_BOOK = 2
"""So many are left before the gate; one of them is booked here, the other is left for reception."""


def write_plans(*, desk: User, now: datetime, zone: ZoneInfo) -> None:
    courses = _courses()
    (patient, physio), times = max(courses.items(), key=lambda one: (one[1], str(one[0][0].pk)))
    _waiting(patient, physio, times, now=now)
    _running([pair for pair in courses if pair[0] != patient], desk=desk, now=now, zone=zone)


def _courses() -> Counter[tuple[Patient, Practitioner]]:
    """How often somebody came to a physio who signs in, for a visit that a plan may be made of."""
    visits = Appointment.objects.filter(
        status=Status.COMPLETED, service__slug=FOR, practitioner__user__isnull=False
    )
    rows = visits.select_related("patient", "practitioner__user").order_by("-starts_at")
    return Counter((row.patient, row.practitioner) for row in rows if row.patient is not None)


def _waiting(patient: Patient, physio: Practitioner, times: int, *, now: datetime) -> None:
    """Everything before the gate is done, and nobody has looked again."""
    plan = _make(
        patient, physio, visits=times + 3, gate=times, goal="Sleep through, lift the grandchild", now=now
    )
    _visits(patient, physio).update(plan=plan)


def _running(pairs: list[tuple[Patient, Practitioner]], *, desk: User, now: datetime, zone: ZoneInfo) -> None:
    """For the first of these whose next visit can be had a week later, at about the same time."""
    for patient, physio in pairs:
        last = _visits(patient, physio).latest("starts_at")
        gate = _visits(patient, physio).count() + TO_BOOK
        plan = _make(
            patient, physio, visits=2 * gate, gate=gate, goal="Turn the head to park", now=last.ends_at
        )
        _visits(patient, physio).update(plan=plan)
        if _book(plan, last, desk=desk, now=now, zone=zone):
            return


def _make(
    patient: Patient, physio: Practitioner, *, visits: int, gate: int, goal: str, now: datetime
) -> CarePlan:
    assert physio.user is not None, "only physios who sign in make plans"
    return make_plan(
        patient=patient,
        practitioner=physio,
        service=Service.objects.get(slug=FOR),
        visits=visits,
        every_days=EVERY_DAYS,
        reassess_after=gate,
        goal=goal,
        by=physio.user,
        now=now,
    )


def _book(plan: CarePlan, last: Appointment, *, desk: User, now: datetime, zone: ZoneInfo) -> bool:
    for stretch, start in _later(last, zone=zone):
        try:
            book_visit_of_plan(
                plan_id=plan.pk,
                practitioner=plan.practitioner,
                location=stretch.location,
                starts_at=start,
                by=desk,
                now=min(now, last.ends_at + timedelta(minutes=10)),
            )
        except Clashes:
            continue
        return True
    return False


def _later(last: Appointment, *, zone: ZoneInfo) -> Iterator[tuple[Stretch, datetime]]:
    """The starts on the same weekday, the nearest to the same time of day first."""
    for weeks in WEEKS_AHEAD:
        wanted = last.starts_at + timedelta(weeks=weeks)
        day = wanted.astimezone(zone).date()
        starts = [
            (stretch, start)
            for stretch in stretches(physio=last.practitioner, first=day, days=1)
            for start in stretch.starts()
        ]
        yield from sorted(starts, key=lambda one: abs(one[1] - wanted))


def _visits(patient: Patient, physio: Practitioner) -> AppointmentQuerySet:
    return Appointment.objects.filter(
        patient=patient, practitioner=physio, status=Status.COMPLETED, service__slug=FOR
    )
