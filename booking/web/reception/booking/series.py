"""The same time for some weeks in a row: each visit in its own right, so one clash spoils no other."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.models import Appointment
from booking.web.reception.answers import Said, panel
from booking.web.reception.booking.forms import BookForm
from booking.web.reception.booking.outcome import try_to_book
from booking.web.reception.clash_words import Refusal
from booking.web.reception.door import clerk
from booking.web.reception.spot import Spot
from booking.words import clinic_zone, in_clinic_time, say_short_day, say_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One week: booked, or what stands in the way and the fields with which it can be tried otherwise."""

    when: str
    url: str
    clash: Refusal | None
    fields: list[tuple[str, str]]


def book_series(
    request: HttpRequest, form: BookForm, spot: Spot, *, weeks: int, now: datetime
) -> HttpResponse:
    """Every week, or as far apart as the plan says, at the same time on the clock whatever the clocks do."""
    care_plan = form.cleaned_data["care_plan"]
    days = care_plan.every_days if care_plan else 7
    rows = []
    for number in range(weeks):
        there = _later(spot, number * days)
        rows.append(row_of(form, there, try_to_book(form, there, by=clerk(request), now=now)))
    booked = sum(row.clash is None for row in rows)
    words = {"name": form.cleaned_data["patient"].name, "booked": booked, "weeks": weeks}
    said = Said(text=_("%(name)s: %(booked)d of %(weeks)d visits booked.") % words)
    facts = {"rows": rows, "patient": form.cleaned_data["patient"], "booked": booked, "weeks": weeks}
    return panel(request, "series.html", facts, said=said)


def show_row(
    request: HttpRequest, form: BookForm, spot: Spot, outcome: Appointment | Refusal
) -> HttpResponse:
    """One week tried again."""
    row = row_of(form, spot, outcome)
    status = 409 if row.clash else 200
    if not getattr(request, "htmx", False):
        facts = {
            "rows": [row],
            "patient": form.cleaned_data["patient"],
            "booked": int(not row.clash),
            "weeks": 1,
        }
        return panel(request, "series.html", facts, status=status)
    words = {"name": form.cleaned_data["patient"].name, "when": row.when}
    said = None if row.clash else Said(text=_("%(name)s: booked, %(when)s.") % words)
    facts = {"row": row, "said": said, "again": True}
    return render(request, "reception/parts/series_row.html", facts, status=status)


def row_of(form: BookForm, spot: Spot, outcome: Appointment | Refusal) -> Row:
    local = in_clinic_time(spot.starts_at)
    is_booked = isinstance(outcome, Appointment)
    return Row(
        when=f"{say_short_day(spot.starts_at)} {say_time(spot.starts_at)}",
        url=reverse("reception:visit", args=[outcome.pk]) if isinstance(outcome, Appointment) else "",
        clash=None if isinstance(outcome, Appointment) else outcome,
        fields=[]
        if is_booked
        else [
            ("patient", str(form.cleaned_data["patient"].pk)),
            ("service", str(form.cleaned_data["service"].pk)),
            ("practitioner", spot.practitioner.slug),
            ("location", spot.location.slug),
            ("day", f"{local:%Y-%m-%d}"),
            ("time", f"{local:%H:%M}"),
            ("note", form.cleaned_data["note"]),
            *(
                [("care_plan", str(form.cleaned_data["care_plan"].pk))]
                if form.cleaned_data["care_plan"]
                else []
            ),
            ("row", "1"),
        ],
    )


def _later(spot: Spot, days: int) -> Spot:
    wall_clock = in_clinic_time(spot.starts_at).replace(tzinfo=None)
    later = datetime.fromordinal(wall_clock.toordinal() + days).replace(
        hour=wall_clock.hour, minute=wall_clock.minute, tzinfo=clinic_zone()
    )
    return Spot(practitioner=spot.practitioner, location=spot.location, starts_at=later)
