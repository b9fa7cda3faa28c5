"""/reception/lists/: what wants somebody's hand, list by list, each line with what clears it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions.clinical.after_check import note_rung
from booking.actions.desk.hands import (
    NoAddress,
    NothingLeft,
    SeenToAlready,
    acknowledge_payment,
    acknowledge_refund,
    confirm_by_telephone,
    refund_again,
    send_again,
    told_by_telephone,
)
from booking.actions.desk.screening import see_to_screening
from booking.actions.desk.waitlist import take_off_waitlist
from booking.gateways import doorbell
from booking.gateways.doorbell import Task
from booking.models import Appointment, Message, Payment, Refund, WaitlistEntry
from booking.queries.needs_a_hand import needs_a_hand
from booking.web.reception.door import clerk, desk
from booking.web.reception.hand_lines import hand_lists
from booking.web.reception.nav import nav_links
from booking.web.reception.pages import page


class NoteForm(forms.Form):
    note = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Say what was done about it.")}
    )


ABOUT: Mapping[str, tuple[type[Any], str]] = {
    "rung": (Appointment, "appointment_id"),
    "rang": (Appointment, "appointment_id"),
    "send-again": (Message, "message_id"),
    "told": (Message, "message_id"),
    "payment-seen": (Payment, "payment_id"),
    "refund-seen": (Refund, "refund_id"),
    "refund-again": (Refund, "refund_id"),
    "screening-seen": (Appointment, "appointment_id"),
    "off-the-waitlist": (WaitlistEntry, "entry_id"),
}
DO: Mapping[str, Callable[..., Any]] = {
    "rung": confirm_by_telephone,
    "rang": note_rung,
    "send-again": send_again,
    "told": told_by_telephone,
    "payment-seen": acknowledge_payment,
    "refund-seen": acknowledge_refund,
    "refund-again": refund_again,
    "screening-seen": see_to_screening,
    "off-the-waitlist": take_off_waitlist,
}
SAID = {
    "rung": gettext_lazy("Confirmed by telephone."),
    "rang": gettext_lazy("Noted: nobody answered. The physio asks at the next visit."),
    "send-again": gettext_lazy("It goes out again now, to the address on the record."),
    "told": gettext_lazy("Noted: told by telephone. It is not sent any more."),
    "payment-seen": gettext_lazy("Noted. The payment is off the list."),
    "refund-seen": gettext_lazy("Noted. The refund is off the list."),
    "screening-seen": gettext_lazy("Noted. The screening is off the list."),
    "off-the-waitlist": gettext_lazy("Taken off the waiting list."),
    "refund-again": gettext_lazy("The refund is asked for again."),
}
WITH_A_NOTE = frozenset({"payment-seen", "refund-seen", "screening-seen"})
BELLS = {"send-again": Task.DELIVER_DUE_MESSAGES, "refund-again": Task.SETTLE_PAYMENTS}


@desk("GET")
def lists(request: HttpRequest) -> HttpResponse:
    return _show(request, now=timezone.now())


@desk("POST")
def see_to(request: HttpRequest, what: str, row_id: UUID) -> HttpResponse:
    """One press on a line. What stood in the way is said above the lists, and nothing was changed."""
    if what not in DO:
        raise Http404
    now, more = timezone.now(), {}
    model, name = ABOUT[what]
    if not model.objects.filter(pk=row_id).exists():
        raise Http404
    if what in WITH_A_NOTE:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return _show(
                request, now=now, trouble=_("Say what was done about it. Nothing was changed."), status=422
            )
        more = {"note": form.cleaned_data["note"]}
    try:
        DO[what](**{name: row_id}, **more, by=clerk(request), now=now)
    except SeenToAlready:
        trouble = _("Somebody else has seen to it already. This is how it stands now.")
        return _show(request, now=now, trouble=trouble, status=409)
    except NoAddress:
        trouble = _(
            "The record has no e-mail address. Write one down first, or tell the patient by telephone."
        )
        return _show(request, now=now, trouble=trouble, status=409)
    except NothingLeft:
        trouble = _("So much is not left of this payment: the money has gone back in another way.")
        return _show(request, now=now, trouble=trouble, status=409)
    if what in BELLS:
        doorbell.ring(BELLS[what])
    messages.success(request, str(SAID[what]))
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
