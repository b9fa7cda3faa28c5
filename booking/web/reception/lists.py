"""/reception/lists/: what wants somebody's hand, list by list, each line with what clears it."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.gateways import doorbell
from booking.queries.needs_a_hand import needs_a_hand
from booking.web.reception.door import clerk, desk
from booking.web.reception.hand_lines import hand_lists
from booking.web.reception.nav import nav_links
from booking.web.reception.pages import page
from booking.web.reception.remedies import REMEDIES, TROUBLES


class NoteForm(forms.Form):
    note = forms.CharField(max_length=200)


@desk("GET")
def lists(request: HttpRequest) -> HttpResponse:
    return _show(request, now=timezone.now())


@desk("POST")
def see_to(request: HttpRequest, what: str, row_id: UUID) -> HttpResponse:
    """One press on a line. What stood in the way is said above the lists, and nothing was changed."""
    remedy = REMEDIES.get(what)
    if remedy is None or not remedy.row._default_manager.filter(pk=row_id).exists():
        raise Http404
    now, note = timezone.now(), {}
    if remedy.takes_a_note:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return _show(
                request, now=now, trouble=_("Say in a line what was done. Nothing was changed."), status=422
            )
        note = {"note": form.cleaned_data["note"]}
    try:
        remedy.do(**{remedy.key: row_id}, **note, by=clerk(request), now=now)
    except tuple(TROUBLES) as refusal:
        return _show(request, now=now, trouble=str(TROUBLES[type(refusal)]), status=409)
    if remedy.rings is not None:
        doorbell.ring(remedy.rings)
    messages.success(request, str(remedy.said))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """To the record, if it was pressed there."""
    try:
        return reverse("reception:record", args=[UUID(request.POST.get("record", ""))])
    except ValueError:
        return reverse("reception:lists")


def _show(request: HttpRequest, *, now: datetime, trouble: str = "", status: int = 200) -> HttpResponse:
    nav = nav_links(request.user)
    facts = {
        "lists": hand_lists(needs_a_hand(now=now), now=now),
        "count": sum(link.count for link in nav),  # a long list shows its first lines only
        "nav": nav,
        "trouble": trouble,
    }
    return page(request, "lists/lists.html", facts, status=status)
