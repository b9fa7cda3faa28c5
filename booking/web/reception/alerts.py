"""/reception/alerts/<id>/: one person rings, with the safety script before them, and says what came of it."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions.clinical.alerts import TakenAlready, take_alert
from booking.models import SafetyAlert
from booking.queries.clinical.alerts import read_alert
from booking.web.alert_bar import say_who_rang, shown_alert
from booking.web.reception.answers import Said, gone_to, panel
from booking.web.reception.door import clerk, desk


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        max_length=300,
        error_messages={
            "required": gettext_lazy("Say what came of it: rang and well, sent to hospital, no answer."),
            "max_length": gettext_lazy("Keep it below %(limit_value)d characters."),
        },
    )


@desk("GET")
def alarms(request: HttpRequest) -> HttpResponse:
    """Asked for again and again by the pages beside the diary: an emergency is seen on all of them."""
    return render(request, "reception/parts/alerts.html")


@desk("GET", "POST")
def alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Pressed without an outcome it means: I am ringing them. With one, it is over."""
    found, now = read_alert(alert_id), timezone.now()
    if found is None:
        raise Http404
    if request.method != "POST":
        return _show(request, found)
    outcome = ""
    if "outcome" in request.POST:
        form = OutcomeForm(request.POST)
        if not form.is_valid():
            return _show(request, found, trouble=" ".join(map(str, form.errors["outcome"])), status=422)
        outcome = form.cleaned_data["outcome"]
    try:
        taken = take_alert(alert_id=alert_id, by=clerk(request), now=now, outcome=outcome)
    except TakenAlready as taken_already:
        return _show(request, taken_already.alert, trouble=say_taken(taken_already.alert), status=409)
    if outcome and not getattr(request, "htmx", False):
        return gone_to(request, reverse("reception:diary"), _said(taken))
    return _show(request, taken, said=_said(taken) if outcome else None)


def say_taken(alert: SafetyAlert) -> str:
    words = {"who": say_who_rang(alert)}
    if alert.outcome:
        return _("%(who)s has rung already. Nothing more is to be done.") % words
    return _("%(who)s was quicker and is ringing them. Ring only if %(who)s asks you to.") % words


def _said(alert: SafetyAlert) -> Said:
    return Said(text=_("%(name)s: noted, and off the list.") % {"name": alert.patient.name})


def _show(
    request: HttpRequest,
    alert: SafetyAlert,
    *,
    trouble: str = "",
    status: int = 200,
    said: Said | None = None,
) -> HttpResponse:
    facts = {
        "alert": shown_alert(alert, now=timezone.now()),
        "is_mine": alert.taken_by_id == clerk(request).pk,
        "is_over": bool(alert.outcome),
        "outcome": alert.outcome,
        "record_url": reverse("reception:record", args=[alert.patient_id]),
        "trouble": trouble,
    }
    return panel(request, "alert.html", facts, status=status, said=said)
