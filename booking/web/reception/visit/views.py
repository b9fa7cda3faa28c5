"""/reception/visits/<id>/: one visit, and the steps of its day."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions.audit import Actor
from booking.actions.desk.day import NotToday, NotYet, check_in, complete, mark_no_show, start, step_back
from booking.models import Appointment
from booking.queries.visits import with_money
from booking.rules.lifecycle import NotAllowed
from booking.web.reception.answers import Said, gone_to, panel
from booking.web.reception.door import clerk, desk
from booking.web.reception.visit.panel import shown_visit
from booking.words import say_moment, say_time

STEPS: Mapping[str, Callable[..., Appointment]] = {
    "check-in": check_in,
    "start": start,
    "complete": complete,
    "no-show": mark_no_show,
    "back": step_back,
}


@desk("GET")
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    return show_visit(request, visit_id, now=timezone.now())


@desk("POST")
def step(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    take, now = STEPS.get(request.POST.get("step", "")), timezone.now()
    if take is None:
        raise Http404
    found, seen = opened(visit_id), {}
    if take is step_back:
        seen = {"seen": request.POST.get("seen", "")}
    try:
        take(appointment_id=found.pk, by=Actor.staff(clerk(request)), now=now, **seen)
    except NotAllowed:
        trouble = _("Somebody else was quicker. This is how the visit stands now.")
        return show_visit(request, visit_id, now=now, trouble=trouble)
    except NotYet:
        trouble = _("The visit begins at %(time)s. Nobody has missed it yet.")
        return show_visit(request, visit_id, now=now, trouble=trouble % {"time": say_time(found.starts_at)})
    except NotToday:
        trouble = _("This visit is on %(moment)s. Nobody was checked in.")
        words = {"moment": say_moment(found.starts_at)}
        return show_visit(request, visit_id, now=now, trouble=trouble % words)
    after = opened(visit_id)
    words = {"name": after.patient.name if after.patient else "", "status": after.get_status_display()}
    return after_change(request, after, Said(text=_("%(name)s: %(status)s") % words), now=now)


def opened(visit_id: UUID) -> Appointment:
    """The visit with its names and its money, whatever its status. 404 if there is none."""
    row = with_money(Appointment.objects.with_names().filter(pk=visit_id)).first()
    if row is None:
        raise Http404
    return row


def after_change(
    request: HttpRequest, appointment: Appointment, said: Said, *, now: datetime
) -> HttpResponse:
    """How it stands after something was done to it."""
    shown = shown_visit(appointment=appointment, now=now)
    if not getattr(request, "htmx", False):
        return gone_to(request, shown.url, said)
    return panel(request, "visit.html", {"visit": shown}, said=said)


def show_visit(
    request: HttpRequest,
    visit_id: UUID,
    *,
    now: datetime,
    trouble: str = "",
    status: int = 0,
    typed: Form | None = None,
) -> HttpResponse:
    """The visit, with what stood in the way of something above it, and with the payment as it was typed."""
    shown = shown_visit(appointment=opened(visit_id), now=now)
    return panel(
        request,
        "visit.html",
        {"visit": shown, "trouble": trouble, "typed": typed},
        status=status or (409 if trouble else 200),
    )
