"""Who is it? Found while somebody types, or written down as new, after those who may be the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from booking.actions.desk.records import add_patient
from booking.queries.patients import likely_same
from booking.web.reception.answers import panel
from booking.web.reception.booking.asking import show_booking
from booking.web.reception.booking.forms import NewPatientForm
from booking.web.reception.booking.found import booking_query, found_facts, lines
from booking.web.reception.booking.plan import read_plan
from booking.web.reception.door import clerk, desk
from booking.words import clinic_day


@desk("GET")
def patients(request: HttpRequest) -> HttpResponse:
    """The list under the search field."""
    now = timezone.now()
    return render(request, "reception/parts/found.html", found_facts(request.GET, now=now))


@desk("GET", "POST")
def new_patient(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today = clinic_day(now)
    if request.method != "POST":
        plan = read_plan(request.GET, now=now)
        form = NewPatientForm(initial=_guess(request.GET.get("q", "")), today=today)
        return panel(request, "new_patient.html", {"form": form, "plan": plan, "same": []})
    plan, form = read_plan(request.POST, now=now), NewPatientForm(request.POST, today=today)
    if not form.is_valid():
        return panel(request, "new_patient.html", {"form": form, "plan": plan, "same": []}, status=422)
    details = form.details()
    if request.POST.get("is_new") != "1":
        same = likely_same(
            name=details.name,
            date_of_birth=details.date_of_birth,
            phone=details.phone,
            email=details.email,
        )
        if same:
            facts = {"form": form, "plan": plan, "same": lines(same, plan, now=now)}
            return panel(request, "new_patient.html", facts, status=409)
    patient = add_patient(details=details, by=clerk(request), now=now)
    if not getattr(request, "htmx", False):
        return redirect(f"{reverse('reception:book')}?{booking_query(plan, patient)}")
    return show_booking(request, plan, patient, now=now)


def _guess(typed: str) -> dict[str, str]:
    """What was typed into the search field goes where it belongs."""
    if any(letter.isalpha() for letter in typed):
        return {"name": typed.title() if typed.islower() else typed}
    return {"born": typed} if "/" in typed or "." in typed else {"phone": typed}
