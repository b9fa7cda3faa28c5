"""/book/: choose a visit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from booking.web.patient.choice import Choice
from booking.web.patient.new_visit.start_page import services_to_choose_from, start_page
from booking.web.patient.page import page


@page("GET")
def start(request: HttpRequest) -> HttpResponse:
    choice = Choice.of(request)
    helpful = choice.condition.treatments.values_list("pk", flat=True) if choice.condition else []
    shown = start_page(services=services_to_choose_from(), choice=choice, helpful=frozenset(helpful))
    return render(request, "booking/start.html", {"page": shown})
