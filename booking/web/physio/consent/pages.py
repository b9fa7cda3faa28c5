"""/physio/visits/<id>/consent/: the text, and the signature, on a phone that is handed to the patient."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Practitioner
from booking.actions.audit import Actor
from booking.actions.clinical.consents import (
    AlreadySigned,
    NotExplained,
    NoTextInForce,
    NotHere,
    NothingToWithdraw,
    note_copy,
    sign_consent,
    withdraw_consent,
)
from booking.gateways import doorbell
from booking.models import Appointment, Consent
from booking.queries.clinical.standings import Standing, State, standings_at
from booking.web.papers import answer_with
from booking.web.physio.consent.forms import TICKS, SignForm
from booking.web.physio.consent.shown import shown_consent
from booking.web.physio.door import about_my_visit, signed_in


@about_my_visit("GET", "POST")
def consent(request: HttpRequest, me: Practitioner, visit: Appointment) -> HttpResponse:
    """Of several texts, the one that is still to be signed comes first."""
    found = standings_at(visit)
    if not found:
        return render(request, "physio/consent/none.html", {"visit": visit}, status=404)
    first = _still_to_sign(found)
    if request.method != "POST":
        return _show(request, visit, first, SignForm())
    standing = next((one for one in found if str(one.text.pk) == request.POST.get("text")), None)
    if standing is None:
        return _replaced(request, visit, first)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _show(request, visit, standing, form, status=422)
    return _sign(request, me, visit, standing, form)


def _sign(
    request: HttpRequest, me: Practitioner, visit: Appointment, standing: Standing, form: SignForm
) -> HttpResponse:
    try:
        sign_consent(
            appointment_id=visit.pk,
            text_id=standing.text.pk,
            practitioner=me,
            by=Actor.staff(signed_in(request)),
            now=timezone.now(),
            **form.cleaned_data,
        )
    except (AlreadySigned, NotExplained, NotHere, NoTextInForce) as refusal:
        form.add_error(None, _why(refusal))
        return _show(request, visit, standing, form, status=409)
    doorbell.ring()
    messages.success(request, _("Signed. A copy is on its way to the patient."))
    return redirect("physio:consent", visit.pk)


@about_my_visit("GET", "POST")
def withdraw(request: HttpRequest, me: Practitioner, visit: Appointment) -> HttpResponse:
    """The patient has said no: taken back by the physio, asked once more, without a reason."""
    signed = [standing for standing in standings_at(visit) if standing.state == State.SIGNED]
    if not signed:
        return redirect("physio:consent", visit.pk)
    if request.method != "POST":
        return render(request, "physio/consent/withdraw.html", {"visit": visit, "texts": signed})
    for standing in signed:
        assert standing.consent is not None, "a signed text has its signature"
        try:
            withdraw_consent(
                consent_id=standing.consent.pk,
                withdrawn_by="physio",
                by=Actor.staff(signed_in(request)),
                now=timezone.now(),
            )
        except NothingToWithdraw:
            continue  # the patient was faster
    messages.success(request, _("Taken back. Needling can’t be recorded until it is signed again."))
    return redirect("physio:consent", visit.pk)


@about_my_visit("GET")
def paper(request: HttpRequest, me: Practitioner, visit: Appointment, consent_id: str) -> HttpResponse:
    """The copy, for the treating physio: of this patient's consents, whichever visit they were signed at."""
    rows = Consent.objects.select_related("text", "practitioner", "patient")
    found = get_object_or_404(rows, pk=consent_id, patient=visit.patient_id, signed_at__isnull=False)
    note_copy(consent=found, by=Actor.staff(signed_in(request)), now=timezone.now())
    return answer_with(found)


def _still_to_sign(found: list[Standing]) -> Standing:
    return next((standing for standing in found if standing.state != State.SIGNED), found[0])


def _replaced(request: HttpRequest, visit: Appointment, standing: Standing) -> HttpResponse:
    """What was read is not what is in force: the new text is shown, and both ticks are to be set anew."""
    typed = request.POST.copy()
    for tick in TICKS:
        typed.pop(tick, None)
    form = SignForm(typed)
    form.errors.clear()
    form.add_error(None, _why(NoTextInForce()))
    return _show(request, visit, standing, form, status=409)


def _show(
    request: HttpRequest, visit: Appointment, standing: Standing, form: SignForm, *, status: int = 200
) -> HttpResponse:
    shown = shown_consent(standing=standing, visit=visit, now=timezone.now())
    facts = {"visit": visit, "consent": shown, "form": form}
    return render(request, "physio/consent/sign.html", facts, status=status)


def _why(refusal: Exception) -> str:
    return {
        AlreadySigned: _("It was signed a moment ago, in another window. Nothing was signed twice."),
        NotHere: _("It is signed on the day of the visit, once the patient is checked in."),
        NoTextInForce: _("The text was replaced a moment ago. Nothing was signed. This is the new one."),
        NotExplained: _("It is signed once it was explained and the questions were answered."),
    }[type(refusal)]
