"""Requests for leave on reception's page of absences: whom each would displace; granted or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.actions.leave_requests import AnsweredAlready, AnswerMissing, grant, refuse
from booking.models import LeaveRequest
from booking.queries.displaced import displaced_by_absence
from booking.queries.leave_requests import MOST_LISTED, open_requests
from booking.web.reception.absence_lines import say_span
from booking.web.reception.door import clerk, desk
from booking.web.reception.record.when import say_when

LONGEST_ANSWER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRequest:
    id: str
    who: str
    when: str
    reason: str
    asked: str
    displaces: str


def shown_requests(*, now: datetime) -> Sequence[ShownRequest]:
    """One query."""
    return [
        ShownRequest(
            id=str(row.pk),
            who=row.practitioner.name,
            when=say_span(row.starts_at, row.ends_at),
            reason=row.reason,
            asked=say_when(row.asked_at, now=now),
            displaces=_say_displaced(row.displaces),  # type: ignore[attr-defined]
        )
        for row in open_requests(now=now)[:MOST_LISTED]
    ]


def _say_displaced(number: int) -> str:
    if not number:
        return _("Displaces nobody.")
    said = ngettext("This displaces %(count)d visit.", "This displaces %(count)d visits.", number)
    return said % {"count": number}


@desk("POST")
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Granted, it leads to the visits that are to be moved, if there are any."""
    row = get_object_or_404(LeaveRequest, pk=request_id)
    now, by = timezone.now(), clerk(request)
    try:
        if request.POST.get("do") == "grant":
            grant(request_id=row.pk, by=by, now=now)
        else:
            answer = request.POST.get("answer", "").replace("\x00", "")[:LONGEST_ANSWER]
            refuse(request_id=row.pk, answer=answer, by=by, now=now)
    except AnswerMissing:
        messages.error(request, _("Say why it can’t be, so that the physio knows. Nothing was changed."))
    except AnsweredAlready:
        messages.warning(request, _("It was answered or taken back already. This is how it stands now."))
    else:
        if request.POST.get("do") != "grant":
            messages.success(request, _("Refused. The physio sees why."))
            return redirect("reception:absences")
        messages.success(request, _("Granted. Nobody is booked in that time any more."))
        displaced = displaced_by_absence(
            practitioner=row.practitioner, starts_at=row.starts_at, ends_at=row.ends_at
        )
        if displaced.filter(starts_at__gt=now).exists():
            return redirect(f"{reverse('reception:lists')}#displaced")
    return redirect("reception:absences")
