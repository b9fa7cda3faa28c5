"""One visit booked at the desk, or why not and what is free instead."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from booking.actions.clinical.plans import book_visit_of_plan
from booking.actions.conflicts import TimeTaken
from booking.actions.desk.bookings import Clashes, book_at_desk
from booking.gateways import doorbell
from booking.models import Appointment
from booking.queries.desk_times import nearest_at_desk
from booking.web.reception.booking.care_plan import REFUSED, refused_by_plan
from booking.web.reception.booking.forms import BookForm
from booking.web.reception.clash_words import Refusal, refusal, taken_meanwhile
from booking.web.reception.spot import Spot
from booking.words import say_short_day, say_time


def try_to_book(form: BookForm, spot: Spot, *, by: User, now: datetime) -> Appointment | Refusal:
    """Of a form that is valid. Each call is a transaction of its own."""
    data = form.cleaned_data
    service, care_plan = data["service"], data["care_plan"]
    what = {"plan_id": care_plan.pk} if care_plan else {"service": service, "patient": data["patient"]}
    try:
        booked = (book_visit_of_plan if care_plan else book_at_desk)(
            **what,
            practitioner=spot.practitioner,
            location=spot.location,
            starts_at=spot.starts_at,
            by=by,
            now=now,
            overbook_reason=data["overbook_reason"],
            note=data["note"],
        )
    except REFUSED as refused:
        return refused_by_plan(care_plan, refused)
    except (Clashes, TimeTaken) as conflict:
        nearest = nearest_at_desk(
            service=service, practitioner=spot.practitioner, wanted=spot.starts_at, now=now
        )
        if isinstance(conflict, TimeTaken):
            return taken_meanwhile(practitioner=spot.practitioner, wanted=spot.starts_at, nearest=nearest)
        return refusal(
            clashes=conflict.clashes,
            service=service,
            practitioner=spot.practitioner,
            wanted=spot.starts_at,
            nearest=nearest,
        )
    doorbell.ring()
    return booked


def say_booked(appointment: Appointment) -> str:
    """“Tom Hale is booked: Thu 3 Dec 10:00 with Maren.”"""
    words = {
        "name": appointment.patient.name if appointment.patient else "",
        "when": f"{say_short_day(appointment.starts_at)} {say_time(appointment.starts_at)}",
        "physio": appointment.practitioner.first_name,
    }
    return _("%(name)s is booked: %(when)s with %(physio)s.") % words
