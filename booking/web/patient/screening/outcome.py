"""/book/<service>/questions/outcome/: what the answers lead to, when it is not the visit that was chosen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from booking.models import Screening
from booking.queries.clinical.screening import screening_permits
from booking.web.patient.choice import Choice
from booking.web.patient.new_visit.start_page import shown_service
from booking.web.patient.new_visit.times import bookable, no_such_visit
from booking.web.patient.page import page
from booking.web.patient.screening.outcome_page import outcome_page
from booking.web.patient.screening.standing import carried, questions_url, standing, times_url
from catalogue.models import Service


@page("GET", personal=True)
def screened(request: HttpRequest, slug: str) -> HttpResponse:
    service = bookable(slug)
    if service is None:
        return no_such_visit(request)
    stands = standing(request, service, now=timezone.now())
    screening = stands.urgent or stands.holds
    if screening is None:
        return redirect(questions_url(request, service))
    if screening_permits(screening, service):
        return redirect(times_url(request, service))
    return say_outcome(request, service, screening)


def say_outcome(request: HttpRequest, service: Service, screening: Screening) -> HttpResponse:
    shown, choice = outcome_page(screening), Choice.of(request).without("treatment")
    facts = {
        "page": shown,
        "leads_url": reverse("booking:times", args=[shown.leads.service.slug]) + choice.query()
        if shown.leads
        else "",
        "others": [shown_service(other, choice) for other in shown.others],
        "again_url": reverse("booking:questions", args=[service.slug]) + carried(request, again="1"),
    }
    return render(request, "booking/screening/outcome.html", facts)
