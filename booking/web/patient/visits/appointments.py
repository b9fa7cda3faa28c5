"""/appointments/ and one visit in it: coming, past, and what can still be done."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from booking.queries.calendar import FILE_NAME, calendar_file
from booking.queries.clinical.consents import papers_of
from booking.queries.clinical.screening import questions_before
from booking.queries.visits import my_visits
from booking.web.patient.page import page
from booking.web.patient.visits.list_page import list_page
from booking.web.patient.visits.opened import no_such_link, opened
from booking.web.patient.visits.visit_page import shown_visit


@page("GET", personal=True)
def appointments(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    now = timezone.now()
    visits = my_visits(user=user, now=now)
    papers = papers_of([*visits.coming, *visits.before])
    shown = list_page(visits=visits, papers=papers, user=user, now=now)
    return render(request, "booking/appointments.html", {"page": shown})


@page("GET", personal=True)
def appointment(request: HttpRequest, token: str) -> HttpResponse:
    visit = opened(token)
    if visit is None:
        return no_such_link(request)
    shown = shown_visit(appointment=visit, now=timezone.now(), papers=papers_of([visit]), token=token)
    asked = questions_before(visit) if shown.is_coming else 0
    return render(request, "booking/appointment.html", {"visit": shown, "asked": asked, "token": token})


@page("GET", personal=True)
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    visit = opened(token)
    if visit is None:
        return no_such_link(request)
    file = calendar_file(appointment=visit, now=timezone.now())
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
