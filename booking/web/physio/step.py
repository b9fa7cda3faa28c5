"""/physio/visits/<id>/step/: in the room, done, did not come, and one step back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.actions.audit import Actor
from booking.actions.desk.day import NotToday, NotYet, check_in, complete, mark_no_show, step_back, take_in
from booking.models import Appointment
from booking.rules.lifecycle import NotAllowed
from booking.web.physio.door import about_my_visit, signed_in
from booking.words import say_moment, say_time

STEPS: Mapping[str, Callable[..., Appointment]] = {
    "check-in": check_in,
    "start": take_in,
    "complete": complete,
    "no-show": mark_no_show,
}
BACK = "back"


@about_my_visit("POST")
def step(request: HttpRequest, me: Practitioner, visit: Appointment) -> HttpResponse:
    """What stood in the way is said on the page that follows, which shows how the visit stands now."""
    wanted, by, now = request.POST.get("step", ""), Actor.staff(signed_in(request)), timezone.now()
    if wanted != BACK and wanted not in STEPS:
        raise BadRequest("No such step.")
    try:
        if wanted == BACK:
            seen = request.POST.get("seen") or "nothing"
            step_back(appointment_id=visit.pk, by=by, now=now, seen=seen)
        else:
            STEPS[wanted](appointment_id=visit.pk, by=by, now=now)
    except NotAllowed:
        messages.warning(request, _("Somebody else was quicker. This is how the visit stands now."))
    except NotToday:
        trouble = _("This visit is on %(moment)s. Nobody was checked in.")
        messages.warning(request, trouble % {"moment": say_moment(visit.starts_at)})
    except NotYet:
        trouble = _("The visit begins at %(time)s. Nobody has missed it yet.")
        messages.warning(request, trouble % {"time": say_time(visit.starts_at)})
    to: tuple[Any, ...] = (
        ("physio:visit", visit.pk) if request.POST.get("from") == "card" else ("physio:today",)
    )
    return redirect(*to)
