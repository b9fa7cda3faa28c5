"""The lists of what follows needling: whom to ring because of an answer, and whom to ring for one."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from booking.models import AfterCheck, SafetyAlert
from booking.queries.links import after_token_for
from booking.queries.needs_a_hand import NeedsAHand
from booking.web.alert_bar import shown_alert
from booking.web.reception.hand_line import HandLine, HandList, Press, line, say_visit, see_to


def after_lists(found: NeedsAHand, *, now: datetime) -> list[HandList]:
    return [
        HandList(
            key="alerts",
            title=_("Ring them now"),
            hint=_("They told us they are not well after a visit. It stays here until somebody has rung."),
            lines=[_alert(row, now=now) for row in found.alerts],
        ),
        HandList(
            key="to-ask",
            title=_("Ring to ask how they are"),
            hint=_(
                "Treated with needles yesterday, and no mail reaches them. Fill in the questions together."
            ),
            lines=[_to_ask(row, now=now) for row in found.to_ask],
        ),
    ]


def _alert(row: SafetyAlert, *, now: datetime) -> HandLine:
    shown = shown_alert(row, now=now)
    url = reverse("reception:safety-alert", args=[row.pk])
    if row.taken_at is not None:
        return line(row.patient, shown.ringing, problem=shown.about, links=((url, _("What came of it")),))
    return line(
        row.patient, shown.about, problem=shown.what, presses=(Press(url=url, text=_("I’m ringing them")),)
    )


def _to_ask(row: AfterCheck, *, now: datetime) -> HandLine:
    visit = row.appointment
    questions = reverse("booking:after", args=[after_token_for(visit)])
    return line(
        visit.patient,
        say_visit(visit, now=now),
        links=((questions, _("Ask the questions")),),
        presses=(Press(url=see_to("rang", visit.pk), text=_("No answer, take it off")),),
    )
