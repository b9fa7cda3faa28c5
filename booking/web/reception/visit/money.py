"""Money across the counter: taken by cash or at the terminal, reversed by a second row."""

from decimal import Decimal
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions.desk.payments import (
    AlreadyReversed,
    DueChanged,
    MoreThanDue,
    NothingOwed,
    take_payment,
    void_receipt,
)
from booking.models import Receipt
from booking.web.card_page import close_card_page
from booking.web.reception.answers import Said
from booking.web.reception.door import clerk, desk
from booking.web.reception.visit.amounts import AmountField
from booking.web.reception.visit.views import after_change, opened, show_visit
from booking.words import say_money
from catalogue.money import MINOR_DIGITS


class PaymentForm(forms.Form):
    method = forms.ChoiceField(choices=Receipt.Method)
    amount = AmountField(min_value=Decimal(1).scaleb(-MINOR_DIGITS.get(settings.CLINIC_CURRENCY, 2)))

    due = forms.IntegerField(required=False, min_value=0)  # in minor units, as the form was shown


class VoidForm(forms.Form):
    reason = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Say why it is reversed.")}
    )


@desk("POST")
def take(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    now, form = timezone.now(), PaymentForm(request.POST)
    if not form.is_valid():
        trouble = (
            _("Write an amount above nought, like 64 or 64.50. Nothing was taken.")
            if "amount" in form.errors
            else _("Choose card terminal or cash. Nothing was taken.")
        )
        return show_visit(request, visit_id, now=now, trouble=trouble, status=422, typed=form)
    found = opened(visit_id)
    close_card_page(found, now=now)
    try:
        receipt = take_payment(
            appointment_id=found.pk,
            amount_minor=form.cleaned_data["amount"],
            method=form.cleaned_data["method"],
            by=clerk(request),
            now=now,
            seen_due_minor=form.cleaned_data["due"],
        )
    except NothingOwed:
        trouble = _("This visit was cancelled, so nothing is owed for it. Nothing was taken.")
        return show_visit(request, visit_id, now=now, trouble=trouble)
    except DueChanged as change:
        trouble = _(
            "Something was paid or given back meanwhile: %(due)s is left to pay. Nothing more was taken."
        )
        return show_visit(request, visit_id, now=now, trouble=trouble % {"due": say_money(change.due_minor)})
    except MoreThanDue as refusal:
        due = say_money(refusal.due_minor)
        trouble = _("%(due)s is left to pay, so no more than that can be taken. Nothing was written down.")
        return show_visit(request, visit_id, now=now, trouble=trouble % {"due": due})
    words = {"sum": say_money(receipt.amount_minor), "method": receipt.get_method_display().lower()}
    said = Said(text=_("%(sum)s taken by %(method)s") % words)
    return after_change(request, opened(visit_id), said, now=now)


@desk("POST")
def void(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    now, form = timezone.now(), VoidForm(request.POST)
    receipt = Receipt.objects.filter(pk=receipt_id).first()
    if receipt is None:
        raise Http404
    visit_id = receipt.appointment_id
    if not form.is_valid():
        trouble = _("Say why the receipt is reversed. Nothing was changed.")
        return show_visit(request, visit_id, now=now, trouble=trouble, status=422)
    try:
        reversing = void_receipt(
            receipt_id=receipt.pk, reason=form.cleaned_data["reason"], by=clerk(request), now=now
        )
    except AlreadyReversed:
        trouble = _("This receipt has been reversed already.")
        return show_visit(request, visit_id, now=now, trouble=trouble)
    said = Said(text=_("%(sum)s of the receipt reversed") % {"sum": say_money(-reversing.amount_minor)})
    return after_change(request, opened(visit_id), said, now=now)
