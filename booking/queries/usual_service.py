"""What somebody most likely rings for."""

from collections.abc import Sequence

from accounts.models import Patient, Practitioner
from booking.models import Appointment
from booking.rules.lifecycle import MADE, Status
from catalogue.models import Service

CAME_OR_COMES = sorted(MADE - {Status.CANCELLED, Status.NO_SHOW})


def last_visit(patient: Patient) -> Appointment | None:
    """The visit by which the desk knows this person, the latest one whether past or to come."""
    rows = Appointment.objects.filter(patient=patient, status__in=CAME_OR_COMES).with_names()
    return rows.order_by("-starts_at").first()


def services_at_desk() -> list[Service]:
    """What can be booked at the desk, in the clinic's order: also what is not shown online."""
    return list(Service.objects.published())


def usual_service(
    *, last: Appointment | None, practitioner: Practitioner | None, services: Sequence[Service]
) -> Service | None:
    """A first visit for somebody new; for others what they had last, or a follow-up after a first visit.

    Of what the chosen physio gives, if there is one. One query if a physio is given.
    """
    if practitioner is not None:
        given = set(practitioner.services.values_list("pk", flat=True))
        services = [service for service in services if service.pk in given] or services
    wanted = Service.VisitKind.FIRST if last is None else Service.VisitKind.FOLLOW_UP
    had_last = last.service if last and last.service.visit_kind != Service.VisitKind.FIRST else None
    if had_last in services:
        return had_last
    by_kind = {service.visit_kind: service for service in reversed(services)}
    return by_kind.get(wanted) or by_kind.get(Service.VisitKind.ANY) or next(iter(services), None)
