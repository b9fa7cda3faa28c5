"""/reception/takings/: the day's money by the way it came, and the receipts behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions.desk.payments import AlreadyReversed, void_receipt
from booking.models import Receipt
from booking.queries.takings import CardMovement, Takings, takings_on
from booking.web.reception.door import clerk, desk
from booking.web.reception.pages import asked_day, page
from booking.web.reception.record.lines import say_signed
from booking.web.reception.visit.money import VoidForm
from booking.words import clinic_day, say_day, say_moment, say_money, say_time

MEANS = {
    Receipt.Method.CASH: gettext_lazy("Cash"),
    Receipt.Method.TERMINAL: gettext_lazy("Card terminal"),
    "online": gettext_lazy("Card, online"),
    "refund": gettext_lazy("Gone back to cards"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansLine:
    means: str
    count: int
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """With a `void_url` it can still be reversed."""

    time: str
    who: str
    visit_url: str
    how: str
    taken_by: str
    amount: str
    is_reversed: bool
    why: str
    void_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    time: str
    who: str
    visit_url: str
    why: str
    amount: str


@desk("GET")
def takings(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return _show(request, asked_day(request, now=now))


@desk("POST")
def void_one(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Reversed today, whatever day it was taken: the drawer is counted as it is."""
    receipt, form = get_object_or_404(Receipt, pk=receipt_id), VoidForm(request.POST)
    day = clinic_day(receipt.taken_at)
    if not form.is_valid():
        trouble = _("Say why the receipt is reversed. Nothing was changed.")
        return _show(request, day, trouble=trouble, status=422)
    try:
        reversing = void_receipt(
            receipt_id=receipt.pk, reason=form.cleaned_data["reason"], by=clerk(request), now=timezone.now()
        )
    except AlreadyReversed:
        return _show(request, day, trouble=_("This receipt has been reversed already."), status=409)
    messages.success(
        request, _("%(sum)s of the receipt is reversed.") % {"sum": say_money(-reversing.amount_minor)}
    )
    return redirect(f"{reverse('reception:takings')}?day={day:%Y-%m-%d}")


def _show(request: HttpRequest, day: date, *, trouble: str = "", status: int = 200) -> HttpResponse:
    found = takings_on(day)
    facts = {
        "day": day,
        "title": say_day(day, with_year=True),
        "earlier": (day - timedelta(days=1)).isoformat(),
        "later": (day + timedelta(days=1)).isoformat(),
        "means": [
            MeansLine(means=str(MEANS[line.method]), count=line.count, amount=say_signed(line.amount_minor))
            for line in found.lines
        ],
        "total": say_signed(found.total_minor),
        "receipts": receipt_lines(found),
        "refunds": [_refund_line(row) for row in found.refunds],
        "trouble": trouble,
        "printed": say_moment(timezone.now()),
    }
    return page(request, "takings/takings.html", facts, status=status)


def receipt_lines(found: Takings) -> Sequence[ReceiptLine]:
    return [_line(row) for row in found.receipts]


def _line(row: Receipt) -> ReceiptLine:
    return ReceiptLine(
        time=say_time(row.taken_at),
        who=row.appointment.patient.name if row.appointment.patient else "",
        visit_url=reverse("reception:visit", args=[row.appointment_id]),
        how=str(row.get_method_display()),
        taken_by=row.taken_by.name or row.taken_by.email,
        amount=say_signed(row.amount_minor),
        is_reversed=row.reverses_id is None and row.is_void(),
        why=_why(row),
        void_url=reverse("reception:void-one", args=[row.pk]) if row.left_minor() else "",
    )


def _why(row: Receipt) -> str:
    if row.refund_reason:
        return _("Given back: %(why)s") % {"why": row.get_refund_reason_display()}
    return _("Reverses another: %(why)s") % {"why": row.reason} if row.reverses_id else ""


def _refund_line(moved: CardMovement) -> RefundLine:
    visit = moved.refund.payment.appointment
    why = str(moved.refund.get_reason_display())
    return RefundLine(
        time=say_time(moved.at),
        who=visit.patient.name if visit.patient else "",
        visit_url=reverse("reception:visit", args=[visit.pk]),
        why=_("The bank sent it back: %(why)s") % {"why": why} if moved.amount_minor > 0 else why,
        amount=say_signed(moved.amount_minor),
    )
