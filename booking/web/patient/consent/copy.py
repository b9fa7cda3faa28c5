"""/signed/<token>/: the patient's copy. Whoever opens the link types the date of birth first."""

from datetime import date

from allauth.core.ratelimit import consume
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions.audit import Actor
from booking.actions.clinical.consents import note_copy
from booking.models import Appointment, Consent
from booking.queries.clinical.consents import copies_of
from booking.queries.links import appointment_id_in_copy
from booking.web.papers import answer_with
from booking.web.patient.fields import DateOfBirthField
from booking.web.patient.page import page, say_no
from booking.web.patient.visits.opened import no_such_link
from booking.words import clinic_day, say_telephone


class BirthForm(forms.Form):
    date_of_birth = DateOfBirthField(
        label=gettext_lazy("Date of birth"), help_text=gettext_lazy("For example 3 8 1984.")
    )

    def __init__(self, data: object = None, *, today: date) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)  # type: ignore[arg-type]
        self.fields["date_of_birth"].today = today  # type: ignore[attr-defined]


@page("GET", "POST", personal=True)
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody signed in as the patient's holder is known already. The latest signed then is given."""
    key = appointment_id_in_copy(token)
    visit = Appointment.objects.made().select_related("patient").filter(pk=key).first() if key else None
    copies = copies_of(visit) if visit else []
    if visit is None or not copies:
        return no_such_link(request)
    if copies[0].patient.is_held_by(request.user):
        return _give(request, copies[0])
    form = BirthForm(request.POST if request.method == "POST" else None, today=clinic_day(timezone.now()))
    if request.method != "POST":
        return _ask(request, form)
    if not consume(request, action="consent_copy", key=visit.pk.hex):
        return _too_often(request)
    if not form.is_valid():
        return _ask(request, form, status=422)
    if form.cleaned_data["date_of_birth"] != copies[0].patient.date_of_birth:
        form.add_error(None, _not_known())
        return _ask(request, form, status=403)
    return _give(request, copies[0])


def _give(request: HttpRequest, consent: Consent) -> HttpResponse:
    note_copy(consent=consent, by=Actor.patient(request.user), now=timezone.now())
    return answer_with(consent)


def _ask(request: HttpRequest, form: BirthForm, *, status: int = 200) -> HttpResponse:
    return render(request, "booking/consent/copy.html", {"form": form}, status=status)


def _not_known() -> str:
    """The same words whichever part is wrong, and where we know no date of birth."""
    words = {"telephone": say_telephone(settings.CLINIC_PHONE)}
    return _("That is not the date of birth we have. Check it, or ring us on %(telephone)s.") % words


def _too_often(request: HttpRequest) -> HttpResponse:
    words = {"telephone": say_telephone(settings.CLINIC_PHONE)}
    return say_no(
        request,
        status=429,
        title=_("Tried too often"),
        what=_("This link rests for ten minutes, so that nobody guesses. Your copy is safe."),
        todo=_("Try again then, or ring us on %(telephone)s.") % words,
    )
