"""/physio/leave/: ask for leave, see the answers, take a request back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.actions.leave_requests import AnsweredAlready, AskedAlready, ask, take_back
from booking.models import LeaveRequest
from booking.queries.leave_requests import my_leave
from booking.web.physio.door import physio, signed_in
from booking.web.physio.own.leave_form import LeaveForm
from booking.web.physio.pages import page
from booking.web.reception.absence_lines import say_span
from booking.web.reception.pages import asked_id
from booking.web.reception.visit.marks import Mark

MARKS = {
    LeaveRequest.State.ASKED: ("change", "clock"),
    LeaveRequest.State.GRANTED: ("confirmed", "check"),
    LeaveRequest.State.REFUSED: ("cancelled", "cross"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRequest:
    id: str
    when: str
    about: str
    mark: Mark
    may_be_taken_back: bool


@physio("GET", "POST")
def leave(request: HttpRequest, me: Practitioner) -> HttpResponse:
    now = timezone.now()
    if request.method == "GET":
        return _show(request, me, LeaveForm(now=now), now=now)
    if "take_back" in request.POST:
        return _take_back(request, me, now=now)
    form = LeaveForm(request.POST, now=now)
    if form.is_valid():
        starts_at, ends_at = form.span()
        try:
            ask(
                practitioner=me,
                starts_at=starts_at,
                ends_at=ends_at,
                reason=form.cleaned_data["reason"],
                by=signed_in(request),
                now=now,
            )
        except AskedAlready:
            form.add_error(
                "first_day", _("You have asked for part of this already, and wait for the answer.")
            )
        else:
            messages.success(request, _("Asked. The answer stands here and on the page of your day."))
            return redirect("physio:leave")
    return _show(request, me, form, now=now, status=422)


def _take_back(request: HttpRequest, me: Practitioner, *, now: datetime) -> HttpResponse:
    row = get_object_or_404(LeaveRequest, pk=asked_id(request.POST["take_back"]), practitioner=me)
    try:
        take_back(request_id=row.pk, practitioner=me, by=signed_in(request), now=now)
    except AnsweredAlready:
        messages.warning(request, _("It was answered a moment ago. This is how it stands now."))
    else:
        messages.success(request, _("Taken back. Nobody has to answer it any more."))
    return redirect("physio:leave")


def _show(
    request: HttpRequest, me: Practitioner, form: LeaveForm, *, now: datetime, status: int = 200
) -> HttpResponse:
    found = my_leave(me=me, now=now)
    facts = {
        "form": form,
        "requests": [_shown(row) for row in found.requests],
        "leave": [
            {"when": say_span(row.starts_at, row.ends_at), "about": row.reason or row.get_kind_display()}
            for row in found.leave
        ],
    }
    return page(request, "leave.html", facts, status=status)


def _shown(row: LeaveRequest) -> ShownRequest:
    state = LeaveRequest.State(row.state)
    status, icon = MARKS[state]
    return ShownRequest(
        id=str(row.pk),
        when=say_span(row.starts_at, row.ends_at),
        about=row.answer or row.reason,
        mark=Mark(status=status, icon=icon, word=str(state.label)),
        may_be_taken_back=state == LeaveRequest.State.ASKED,
    )
