"""/physio/alerts/<id>/take/: a physio rings one of their own patients, and says what came of it."""

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Practitioner
from booking.actions.clinical.alerts import TakenAlready, take_alert
from booking.models import SafetyAlert
from booking.queries.clinical.alerts import may_take, read_alert
from booking.web.alert_bar import say_who_rang, shown_alert
from booking.web.physio.door import physio, signed_in


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=300,
        help_text=gettext_lazy("“Rang, breathing well”, “ambulance on its way”, “no answer, rang reception”"),
        error_messages={
            "required": gettext_lazy("Say what came of it."),
            "max_length": gettext_lazy("Keep it below %(limit_value)d characters."),
        },
    )


@physio("GET", "POST")
def take(request: HttpRequest, me: Practitioner, alert_id: UUID) -> HttpResponse:
    """Pressed without an outcome it means: I am ringing them. With one, it is over."""
    get_object_or_404(SafetyAlert, pk=alert_id)
    if not may_take(user=signed_in(request), alert_id=alert_id):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, alert_id, OutcomeForm())
    form, outcome = OutcomeForm(), ""
    if "outcome" in request.POST:
        form = OutcomeForm(request.POST)
        if not form.is_valid():
            return _show(request, alert_id, form, status=422)
        outcome = form.cleaned_data["outcome"]
    try:
        take_alert(alert_id=alert_id, by=signed_in(request), now=timezone.now(), outcome=outcome)
    except TakenAlready as taken:
        words = {"who": say_who_rang(taken.alert)}
        trouble = _("%(who)s was quicker. Ring only if %(who)s asks you to.") % words
        return _show(request, alert_id, OutcomeForm(), trouble=trouble, status=409)
    if outcome:
        return redirect("physio:take-alert", alert_id)
    return _show(request, alert_id, form)


def _show(
    request: HttpRequest, alert_id: UUID, form: OutcomeForm, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    alert = read_alert(alert_id)
    assert alert is not None, "it was there a moment ago"
    facts = {
        "alert": shown_alert(alert, now=timezone.now()),
        "patient_id": alert.patient_id,
        "is_over": bool(alert.outcome),
        "outcome": alert.outcome,
        "form": form,
        "trouble": trouble,
    }
    return render(request, "physio/alert.html", facts, status=status)
