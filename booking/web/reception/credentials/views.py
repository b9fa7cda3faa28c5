"""/reception/credentials/: who may use which technique, where on the body, and until when. For managers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import roles
from accounts.models import Credential
from booking.actions.desk.credentials import add_credential, end_credential, renew_credential
from booking.queries.credentials import held_credentials, not_covered, technique_names
from booking.web.reception.credentials.forms import AddForm, EndForm, RenewForm
from booking.web.reception.credentials.lines import credential_line, say_last_day, say_region
from booking.web.reception.door import View, clerk, desk
from booking.web.reception.pages import page
from booking.words import clinic_day


def manager(*methods: str) -> Callable[[View], View]:
    """A page of the desk that only managers open."""

    def wrap(view: View) -> View:
        @desk(*methods)
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not roles.may_manage_credentials(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return answer

    return wrap


@manager("GET", "POST")
def credentials(request: HttpRequest) -> HttpResponse:
    """Those that run out first on top; and a new one is written down here."""
    now, names = timezone.now(), technique_names()
    today = clinic_day(now)
    sent = request.POST if request.method == "POST" else None
    form = AddForm(sent, today=today, techniques=names, initial={"valid_from": today})
    if form.is_valid():
        added = add_credential(**form.cleaned_data, by=clerk(request), now=now)
        words = {"physio": added.practitioner.name}
        messages.success(request, _("Written down. %(physio)s is offered from its first day on.") % words)
        return redirect("reception:credentials")
    held = held_credentials(now=now)
    facts = {
        "pressing": [credential_line(one, names, today=today) for one in held if one.is_pressing],
        "others": [credential_line(one, names, today=today) for one in held if not one.is_pressing],
        "form": form,
    }
    return page(request, "credentials/credentials.html", facts, status=422 if form.errors else 200)


@manager("GET", "POST")
def renew(request: HttpRequest, credential_id: int) -> HttpResponse:
    now, credential = timezone.now(), _opened(credential_id)
    today = clinic_day(now)
    sent = request.POST if request.method == "POST" else None
    form = RenewForm(sent, today=today, initial={"valid_from": _follows_on(credential, today=today)})
    if not form.is_valid():
        end_form = EndForm(today=today, credential=credential, initial={"last_day": today})
        return _show(request, credential, form, end_form, status=422 if form.errors else 200)
    renew_credential(credential_id=credential.pk, **form.cleaned_data, by=clerk(request), now=now)
    messages.success(request, _("Renewed. Its times can be booked again.") + _still_uncovered(now))
    return redirect("reception:credentials")


@manager("POST")
def end(request: HttpRequest, credential_id: int) -> HttpResponse:
    now, credential = timezone.now(), _opened(credential_id)
    today = clinic_day(now)
    form = EndForm(request.POST, today=today, credential=credential)
    if not form.is_valid():
        renew_form = RenewForm(today=today, initial={"valid_from": _follows_on(credential, today=today)})
        return _show(request, credential, renew_form, form, status=422)
    last_day = form.cleaned_data["last_day"]
    end_credential(credential_id=credential.pk, last_day=last_day, by=clerk(request), now=now)
    messages.success(request, _("Ended. Nothing is offered with it any more.") + _still_uncovered(now))
    return redirect("reception:credentials")


def _opened(credential_id: int) -> Credential:
    rows = Credential.objects.filter(practitioner__active=True).select_related("practitioner")
    return get_object_or_404(rows, pk=credential_id)


def _follows_on(credential: Credential, *, today: date) -> date:
    """A renewal begins the day after the last one, or today if there was a gap."""
    last = credential.valid_until
    return max(last + timedelta(days=1), today) if last else today


def _still_uncovered(now: datetime) -> str:
    count = not_covered(now=now).count()
    if not count:
        return ""
    said = ngettext(
        "%(count)d booked visit stands on reception’s list.",
        "%(count)d booked visits stand on reception’s list.",
        count,
    )
    return " " + said % {"count": count}


def _show(
    request: HttpRequest, credential: Credential, form: RenewForm, end_form: EndForm, *, status: int
) -> HttpResponse:
    names = technique_names()
    facts = {
        "credential": credential,
        "technique": names.get(credential.technique, credential.technique),
        "region": say_region(credential),
        "last_day": say_last_day(credential.valid_until),
        "form": form,
        "end_form": end_form,
    }
    return page(request, "credentials/renew.html", facts, status=status)
