"""Whether this person may go on to the times of a visit, on what they answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from booking.models import Screening
from booking.queries.clinical.screening import answers_to_confirm, form_asked_by, screening_permits
from booking.rules.screening import Advice
from booking.web.patient.screening.state import answered_here, who_comes
from catalogue.models import ScreeningForm, Service

CARRIED = ("treatment", "condition", "practitioner", "location", "day", "from", "view")
LONGEST_CARRIED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`holds` are the answers that count now; `earlier` those that only have to be confirmed.

    `urgent` closes booking in this session, whichever visit it is about.
    """

    form: ScreeningForm | None
    holds: Screening | None = None
    earlier: Screening | None = None
    urgent: Screening | None = None


def standing(request: HttpRequest, service: Service, *, now: datetime) -> Standing:
    """Two queries for somebody who has answered nothing; three for somebody who has, or is signed in."""
    answered = answered_here(request)
    here = [row for row in answered if row.expires_at > now]
    urgent = next((row for row in here if row.advice == Advice.URGENT_CARE), None)
    form = form_asked_by(service)
    if form is None:
        return Standing(form=None, holds=next(_leading_to(here, service), None), urgent=urgent)
    last = next((row for row in answered if row.form.treatment_id == form.treatment_id), None)
    if last is None and (patient := who_comes(request)) is not None:
        last = answers_to_confirm(patient_id=patient.pk, form=form)
    if last is None or last.form_id != form.pk:
        return Standing(form=form, urgent=urgent)
    if last.expires_at > now:
        return Standing(form=form, holds=last, urgent=urgent)
    return Standing(form=form, earlier=last, urgent=urgent)


def gate(
    request: HttpRequest, service: Service, *, now: datetime
) -> tuple[Screening | None, HttpResponse | None]:
    """The answers that go along with this visit, if it has any; or where to go before a time is chosen."""
    stands = standing(request, service, now=now)
    if stands.urgent is not None:
        return None, redirect(outcome_url(request, service))
    if stands.form is None:
        return stands.holds, None
    if stands.holds is None:
        return None, redirect(questions_url(request, service))
    if not screening_permits(stands.holds, service):
        return None, redirect(outcome_url(request, service))
    return stands.holds, None


def stopped(request: HttpRequest, service: Service, *, now: datetime) -> HttpResponse | None:
    """For somebody who holds a time already: where to go if they have since answered what forbids it."""
    for screening in answered_here(request):
        if screening.expires_at > now and not screening_permits(screening, service):
            return redirect(outcome_url(request, service))
    return None


def questions_url(request: HttpRequest, service: Service) -> str:
    return reverse("booking:questions", args=[service.slug]) + carried(request)


def outcome_url(request: HttpRequest, service: Service) -> str:
    return reverse("booking:screened", args=[service.slug]) + carried(request)


def times_url(request: HttpRequest, service: Service) -> str:
    return reverse("booking:times", args=[service.slug]) + carried(request)


def carried(request: HttpRequest, **more: str) -> str:
    """What was chosen on the way here, as the end of an address."""
    kept = {name: text for name in CARRIED if (text := request.GET.get(name, "")[:LONGEST_CARRIED])}
    return f"?{urlencode(kept | more)}" if kept or more else ""


def _leading_to(screenings: Iterable[Screening], service: Service) -> Iterator[Screening]:
    """Answers that sent somebody to this visit, so that its physio reads them."""
    for screening in screenings:
        if service.pk in (screening.form.longer_visit_id, screening.form.assessment_id):
            yield screening
