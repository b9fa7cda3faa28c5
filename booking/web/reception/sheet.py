"""/reception/day-sheet/: the day on paper, a page for each physio, for when the lights go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.models import Appointment
from booking.queries.day_sheet import Sheet, day_sheets
from booking.queries.visits import money_of
from booking.rules.lifecycle import Status
from booking.web.reception.door import desk
from booking.web.reception.pages import asked_day, page
from booking.words import say_day, say_moment, say_money, say_telephone, say_time
from catalogue.models import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    times: str
    name: str
    age: str
    phone: str
    alert: str
    service: str
    is_first: bool
    room: str
    money: str
    missed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSheet:
    physio: str
    where: str
    lines: Sequence[SheetLine]


@desk("GET")
def day_sheet(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    day, slug = asked_day(request, now=now), request.GET.get("practitioner", "").replace("\x00", "�")
    physio = get_object_or_404(Practitioner, slug=slug) if slug else None
    facts = {
        "day": day,
        "title": say_day(day, with_year=True),
        "earlier": (day - timedelta(days=1)).isoformat(),
        "later": (day + timedelta(days=1)).isoformat(),
        "physio": physio,
        "kept": f"&practitioner={physio.slug}" if physio else "",
        "physios": Practitioner.objects.filter(active=True),
        "sheets": [_sheet(sheet, day=day) for sheet in day_sheets(day, practitioner=physio)],
        "printed": say_moment(now),
    }
    return page(request, "sheet/sheet.html", facts)


def _sheet(sheet: Sheet, *, day: date) -> ShownSheet:
    places = dict.fromkeys(visit.location.name for visit in sheet.visits)
    return ShownSheet(
        physio=sheet.practitioner.name,
        where=", ".join(places),
        lines=[_line(visit, day=day) for visit in sheet.visits],
    )


def _line(visit: Appointment, *, day: date) -> SheetLine:
    patient = visit.patient
    assert patient is not None, "a visit that was made has its patient"
    born = patient.date_of_birth
    return SheetLine(
        times=f"{say_time(visit.starts_at)}–{say_time(visit.ends_at)}",
        name=patient.name,
        age=str(age_on(day, born=born)) if born else "",
        phone=say_telephone(patient.phone) if patient.phone else "",
        alert=patient.alert,
        service=visit.service.name,
        is_first=visit.service.visit_kind == Service.VisitKind.FIRST,
        room=visit.room.name if visit.room else "",
        money=_say_money(visit),
        missed=visit.status == Status.NO_SHOW,
    )


def age_on(day: date, *, born: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _say_money(visit: Appointment) -> str:
    money = money_of(visit)
    if money.due:
        return _("%(due)s due") % {"due": say_money(money.due)}
    return _("Paid") if money.paid - money.returned else _("Nothing due")
