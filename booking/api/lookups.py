"""From what a program names to the rows it means. What is not there, or not theirs to see, is not there."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from accounts.models import Practitioner
from booking.actions.holds import opens_hold
from booking.api import kinds
from booking.api.problems import Problem
from booking.models import Appointment, Location
from booking.queries.visits import with_money
from catalogue.models import Service

Row = TypeVar("Row", bound=Model)


def online_service(slug: str) -> Service | None:
    return Service.objects.bookable_online().select_related("policy").filter(slug=slug).first()


def chosen(asked: dict[str, Any], *, parameter: bool) -> dict[str, Any]:
    """The practitioner and the location that were named, if any. Raises Problem for an unknown name."""
    rows: dict[str, QuerySet[Any]] = {
        "practitioner": Practitioner.objects.filter(active=True),
        "location": Location.objects.filter(active=True),
    }
    return {
        name: rows_named(choices, asked[name], name, parameter=parameter) if asked.get(name) else None
        for name, choices in rows.items()
    }


def rows_named(choices: QuerySet[Row], slug: str, field: str, *, parameter: bool) -> Row:
    found = choices.filter(slug=slug).first()
    if found is None:
        raise unknown(field, parameter=parameter)
    return found


def unknown(field: str, *, parameter: bool) -> Problem:
    where = {"parameter": field} if parameter else {"pointer": f"/{field}"}
    return Problem(kinds.INVALID, errors=[{**where, "detail": _("Nothing is known by this name.")}])


def own_hold(appointment_id: UUID, secret: str) -> Appointment:
    """The appointment this secret came with, whatever became of it. Raises NotFound for any other."""
    found = Appointment.objects.filter(pk=appointment_id).first()
    if found is None or not opens_hold(appointment=found, secret=secret):
        raise NotFound
    return found


def read_visit(appointment_id: UUID) -> Appointment:
    """One appointment with all that an answer says of it."""
    return with_money(Appointment.objects.with_names()).get(pk=appointment_id)


def own_appointment(appointment_id: UUID, request: Request) -> Appointment:
    """The visit this token opens, or that somebody signed in may see. Raises NotFound for any other."""
    rows = Appointment.objects.all()
    if request.auth != appointment_id:
        rows = rows.for_user(request.user)
    found = with_money(rows.with_names()).filter(pk=appointment_id).first()
    if found is None:
        raise NotFound
    return found
