"""/reception/patients/<id>/merge/: two records of one person, side by side before they become one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Patient
from booking.actions.desk.records import SamePatient, merge, takes_address
from booking.actions.reading import note_opened
from booking.queries.patients import FEWEST_LETTERS
from booking.queries.record import visits_of
from booking.web.reception.door import clerk
from booking.web.reception.pages import asked_id, page
from booking.web.reception.record.about import about_a_patient
from booking.web.reception.record.search import found_patients, typed_in
from booking.web.reception.record.when import say_when
from booking.web.reception.visit.panel import ShownPatient, shown_patient
from booking.words import clinic_day, say_day

LATEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two records, with what tells it from the other."""

    id: str
    patient: ShownPatient
    since: str
    has_sign_in: bool
    visits: int
    messages: int
    latest: Sequence[str]


@about_a_patient("GET", "POST")
def merging(request: HttpRequest, patient: Patient) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        return _merge(request, patient, asked_id(request.POST.get("other", "")), now=now)
    if asked := request.GET.get("other"):
        other = get_object_or_404(Patient, pk=asked_id(asked), merged_into=None)
        if other != patient:
            return _compare(request, patient, other, now=now)
    typed = typed_in(request) if "q" in request.GET else patient.name
    facts = {
        "patient": patient,
        "typed": typed,
        "found": found_patients(typed, now=now, without=patient),
        "is_short": len(typed) < FEWEST_LETTERS,
    }
    return page(request, "record/merge_search.html", facts)


def _merge(request: HttpRequest, patient: Patient, other_id: object, *, now: datetime) -> HttpResponse:
    other = get_object_or_404(Patient, pk=other_id)
    try:
        merge(kept_id=patient.pk, other_id=other.pk, by=clerk(request), now=now)
    except SamePatient:
        messages.warning(request, _("Somebody has merged these records already. Nothing was changed."))
    else:
        messages.success(request, _("The two records are one. Everything of both is here."))
    return redirect("reception:record", patient.pk)


def _compare(request: HttpRequest, patient: Patient, other: Patient, *, now: datetime) -> HttpResponse:
    """Whoever compares two records reads both."""
    for one in (patient, other):
        note_opened(patient_id=one.pk, by=clerk(request), now=now)
    sides = (_side(patient, now=now), _side(other, now=now))
    facts = {
        "patient": patient,
        "kept": sides[0],
        "other": sides[1],
        "will_happen": list(_what_will_happen(patient, other, sides[1])),
    }
    return page(request, "record/merge.html", facts)


def _side(patient: Patient, *, now: datetime) -> Side:
    visits = visits_of([patient.pk])
    return Side(
        id=str(patient.pk),
        patient=shown_patient(patient, today=clinic_day(now)),
        since=say_day(patient.created_at, with_year=True).split(" ", 1)[1],
        has_sign_in=patient.holder_id is not None,
        visits=visits.count(),
        messages=patient.messages.filter(practitioner=None).count(),
        latest=[f"{say_when(visit.starts_at, now=now)}, {visit.service.name}" for visit in visits[:LATEST]],
    )


def _what_will_happen(kept: Patient, other: Patient, side: Side) -> Sequence[str]:
    """The rules of the action, said before the button is pressed."""
    visits = ngettext("%(count)d visit", "%(count)d visits", side.visits) % {"count": side.visits}
    letters = ngettext("%(count)d message", "%(count)d messages", side.messages) % {"count": side.messages}
    said = [
        _("%(visits)s and %(letters)s, with what was paid, move into the record that is kept.")
        % {"visits": visits, "letters": letters}
    ]
    names = {"email": _("e-mail address"), "phone": _("telephone"), "date_of_birth": _("date of birth")}
    taken = [word for field, word in names.items() if not getattr(kept, field) and getattr(other, field)]
    if taken:
        said.append(_("What the kept record lacks is taken over: %(what)s.") % {"what": ", ".join(taken)})
    differ = {
        field: word
        for field, word in names.items()
        if getattr(kept, field) and getattr(other, field) and getattr(kept, field) != getattr(other, field)
    }
    if "email" in differ and takes_address(kept=kept, other=other):
        del differ["email"]
        said.append(
            _("The e-mail address of the other record counts, because it is proved: %(email)s.")
            % {"email": other.email}
        )
    lost = list(differ.values())
    if lost:
        said.append(
            _("Where both say something different, the kept record counts: %(what)s.")
            % {"what": ", ".join(lost)}
        )
    if kept.alert and other.alert:
        said.append(_("Both alerts stay, one below the other."))
    if kept.online_blocked or other.online_blocked:
        said.append(_("Online booking stays closed."))
    said.append(_("The other record leads here from then on. This cannot be taken back."))
    return said
