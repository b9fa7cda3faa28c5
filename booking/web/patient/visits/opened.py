"""A visit opened by the signed link in a message: no sign-in, first name only."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.queries.links import appointment_id_in
from booking.queries.visits import visit_with_money
from booking.web.patient.page import WayOn, say_no


def opened(token: str) -> Appointment | None:
    """The visit with its names and its money; nothing for a link that was altered, cut off or never ours."""
    key = appointment_id_in(token)
    return visit_with_money(key) if key else None


def no_such_link(request: HttpRequest) -> HttpResponse:
    return say_no(
        request,
        status=404,
        title=_("This link does not open a visit"),
        what=_("It may have been cut off on its way to you. Your visits are not touched."),
        todo=_("Open it from the message itself, or sign in to see all your visits."),
        way_on=WayOn(href=reverse("booking:appointments"), text=_("My appointments")),
    )
