"""/reception/book/: somebody rings, or stands at the counter. Who, what for, where, Enter."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from booking.actions.audit import Actor
from booking.actions.desk.day import check_in
from booking.web.reception.answers import Said
from booking.web.reception.booking.asking import ask_again, show_booking
from booking.web.reception.booking.forms import BookForm
from booking.web.reception.booking.outcome import say_booked, try_to_book
from booking.web.reception.booking.plan import Plan, read_patient, read_plan
from booking.web.reception.booking.series import book_series, show_row
from booking.web.reception.clash_words import Refusal
from booking.web.reception.door import clerk, desk
from booking.web.reception.spot import Spot, with_instead
from booking.web.reception.visit.views import after_change, opened


@desk("GET", "POST")
def book(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        return _book(request, now=now)
    return show_booking(request, read_plan(request.GET, now=now), read_patient(request.GET), now=now)


def _book(request: HttpRequest, *, now: datetime) -> HttpResponse:
    data = with_instead(request.POST)
    plan, form = read_plan(data, now=now), BookForm(data)
    if not form.is_valid():
        return ask_again(request, plan, form, now=now, status=422)
    spot = _spot(plan, form, now=now)
    weeks = form.cleaned_data["repeat"] or 1
    if weeks > 1:
        return book_series(request, form, spot, weeks=weeks, now=now)
    outcome = try_to_book(form, spot, by=clerk(request), now=now)
    if data.get("row") == "1":
        return show_row(request, form, spot, outcome)
    if isinstance(outcome, Refusal):
        return ask_again(request, plan, form, now=now, clash=outcome, status=409)
    if request.POST.get("walk_in") == "1" and outcome.starts_at <= now:
        check_in(appointment_id=outcome.pk, by=Actor.staff(clerk(request)), now=now)
    return after_change(request, opened(outcome.pk), Said(text=say_booked(outcome)), now=now)


def _spot(plan: Plan, form: BookForm, *, now: datetime) -> Spot:
    """A walk-in begins when the button is pressed, however long the typing took."""
    spot = form.spot(now=now)
    if plan.is_walk_in and plan.starts_at is not None:
        return Spot(practitioner=spot.practitioner, location=spot.location, starts_at=plan.starts_at)
    return spot
