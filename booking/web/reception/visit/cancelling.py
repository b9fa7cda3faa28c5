"""/reception/visits/<id>/cancel/: with a reason that can be counted, and what goes back said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions.audit import Actor
from booking.actions.cancellations import NotComing, cancel, refund_on_cancelling
from booking.gateways import doorbell
from booking.models import Appointment
from booking.queries.visits import money_of
from booking.rules.lifecycle import STILL_TO_COME
from booking.web.card_page import close_card_page
from booking.web.reception.answers import Said, panel
from booking.web.reception.door import clerk, desk
from booking.web.reception.visit.panel import shown_visit
from booking.web.reception.visit.views import after_change, opened, show_visit
from booking.words import say_moment, say_money


class CancelForm(forms.Form):
    code = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=Appointment.CancelCode,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why. Nothing was cancelled.")},
    )
    reason = forms.CharField(label=gettext_lazy("In words"), max_length=200, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoesBack:
    """One sentence for each of the two sides on which the reason may lie."""

    patient: str
    clinic: str


@desk("GET", "POST")
def cancelling(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    now, found = timezone.now(), opened(visit_id)
    if found.status not in STILL_TO_COME:
        trouble = _("This visit has begun, is over or was cancelled. Nothing was changed.")
        return show_visit(request, visit_id, now=now, trouble=trouble)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        facts = {
            "visit": shown_visit(appointment=found, now=now),
            "form": form,
            "goes_back": goes_back(found, now=now),
        }
        return panel(request, "cancel.html", facts, status=422 if form.errors else 200)
    close_card_page(found, now=now)
    try:
        done = cancel(
            appointment_id=found.pk,
            by=Actor.staff(clerk(request)),
            now=now,
            code=form.cleaned_data["code"],
            reason=form.cleaned_data["reason"],
        )
    except NotComing:
        trouble = _("Somebody else was quicker. This is how the visit stands now.")
        return show_visit(request, visit_id, now=now, trouble=trouble)
    doorbell.ring()
    words = {
        "name": found.patient.name if found.patient else "",
        "when": say_moment(found.starts_at),
        "sum": say_money(done.refund_minor),
    }
    text = _("%(name)s, %(when)s, is cancelled. %(sum)s goes back to the card.")
    said = Said(text=(text if done.refund_minor else _("%(name)s, %(when)s, is cancelled.")) % words)
    return after_change(request, opened(visit_id), said, now=now)


def goes_back(appointment: Appointment, *, now: datetime) -> GoesBack:
    """What goes back when the patient has a reason, and when the clinic has."""
    sides = (_say(appointment, now=now, by_clinic=False), _say(appointment, now=now, by_clinic=True))
    return GoesBack(patient=" ".join(sides[0]), clinic=" ".join(sides[1]))


def _say(appointment: Appointment, *, now: datetime, by_clinic: bool) -> Sequence[str]:
    money = money_of(appointment)
    back = refund_on_cancelling(
        appointment=appointment, paid_minor=money.returnable, now=now, by_clinic=by_clinic
    )
    at_desk = money.paid - money.returned - money.returnable
    words = {"back": say_money(back), "paid": say_money(money.returnable), "desk": say_money(at_desk)}
    said = []
    if money.returnable and back:
        said.append(_("%(back)s of the %(paid)s paid online goes back to the card.") % words)
    elif money.returnable:
        said.append(_("It is too late by the policy: the %(paid)s paid online stays here.") % words)
    if at_desk > 0:
        said.append(_("%(desk)s was taken at the desk: give it back from here once it is cancelled.") % words)
    return said or [_("Nothing was paid, so nothing goes back.")]
