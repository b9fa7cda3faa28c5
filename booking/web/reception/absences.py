"""/reception/absences/: leave, blocked time and closures, and whom a new one would displace."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.actions.desk.absences import add_absence, add_closure, remove_absence, remove_closure
from booking.models import Appointment, Closure, Leave
from booking.models.appointment import AppointmentQuerySet
from booking.queries.absences import coming_absences
from booking.queries.displaced import displaced_by_absence, displaced_by_closure
from booking.web.reception.absence_forms import AbsenceForm, ClosureForm
from booking.web.reception.absence_lines import shown_absences, shown_displaced
from booking.web.reception.door import clerk, desk
from booking.web.reception.leave_requests import shown_requests
from booking.web.reception.pages import page


@desk("GET")
def absences(request: HttpRequest) -> HttpResponse:
    return _show(request, now=timezone.now())


@desk("POST")
def add(request: HttpRequest) -> HttpResponse:
    """The first press looks, the second saves what was looked at. Where nobody is displaced one is enough."""
    now = timezone.now()
    form = AbsenceForm(request.POST, now=now)
    if not form.is_valid():
        return _show(request, now=now, absence_form=form, status=422)
    wanted = form.wanted()
    displaced = _to_come(
        displaced_by_absence(
            practitioner=wanted.practitioner, starts_at=wanted.starts_at, ends_at=wanted.ends_at
        ),
        now=now,
    )
    if not _was_shown(request, displaced):
        return _ask(request, form, displaced, now=now, action=reverse("reception:add-absence"))
    add_absence(
        practitioner=wanted.practitioner,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        kind=wanted.kind,
        reason=wanted.reason,
        by=clerk(request),
        now=now,
    )
    return _saved(request, displaced)


@desk("POST")
def close(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = ClosureForm(request.POST, now=now)
    if not form.is_valid():
        return _show(request, now=now, closure_form=form, status=422)
    data = form.cleaned_data
    days = {"first_day": data["first_day"], "last_day": data["last_day"]}
    displaced = _to_come(displaced_by_closure(location=data["location"], **days), now=now)
    if not _was_shown(request, displaced):
        return _ask(request, form, displaced, now=now, action=reverse("reception:close"))
    add_closure(location=data["location"], name=data["name"], by=clerk(request), now=now, **days)
    return _saved(request, displaced)


@desk("POST")
def remove(request: HttpRequest, absence_id: int) -> HttpResponse:
    leave = get_object_or_404(Leave, pk=absence_id)
    remove_absence(leave=leave, by=clerk(request), now=timezone.now())
    messages.success(request, _("It is taken away. The time can be booked again."))
    return redirect("reception:absences")


@desk("POST")
def reopen(request: HttpRequest, closure_id: int) -> HttpResponse:
    closure = get_object_or_404(Closure, pk=closure_id)
    remove_closure(closure=closure, by=clerk(request), now=timezone.now())
    messages.success(request, _("It is taken away. The days can be booked again."))
    return redirect("reception:absences")


def _to_come(rows: AppointmentQuerySet, *, now: datetime) -> list[Appointment]:
    return list(rows.filter(starts_at__gt=now))


def _was_shown(request: HttpRequest, displaced: list[Appointment]) -> bool:
    """Nobody is displaced, or exactly these have been looked at before the second press."""
    return sorted(request.POST.getlist("seen")) == sorted(str(row.pk) for row in displaced)


def _ask(
    request: HttpRequest,
    form: AbsenceForm | ClosureForm,
    displaced: list[Appointment],
    *,
    now: datetime,
    action: str,
) -> HttpResponse:
    facts = {
        "form": form,
        "action": action,
        "what": form.in_words(),
        "displaced": shown_displaced(displaced, now=now),
        "was_other": "seen" in request.POST,
    }
    return page(request, "absences/displaces.html", facts)


def _saved(request: HttpRequest, displaced: list[Appointment]) -> HttpResponse:
    if not displaced:
        messages.success(request, _("Saved. No visit is displaced."))
        return redirect("reception:absences")
    said = ngettext(
        "Saved. %(count)d visit is to be moved.", "Saved. %(count)d visits are to be moved.", len(displaced)
    )
    messages.success(request, said % {"count": len(displaced)})
    return redirect(f"{reverse('reception:lists')}#displaced")


def _show(
    request: HttpRequest,
    *,
    now: datetime,
    absence_form: AbsenceForm | None = None,
    closure_form: ClosureForm | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {
        "requests": shown_requests(now=now),
        "absences": shown_absences(coming_absences(now=now), now=now),
        "absence_form": absence_form or AbsenceForm(now=now),
        "closure_form": closure_form or ClosureForm(now=now),
    }
    return page(request, "absences/absences.html", facts, status=status)
