"""The way to the pay page."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from booking.actions.audit import Actor, record
from booking.actions.bookings import HoldGone
from booking.actions.payments.applying import apply_page, mark_never_made
from booking.actions.payments.closing import close_page
from booking.actions.payments.pages import page_of
from booking.gateways.stripe import Refused, StripeGateway
from booking.models import Appointment, Payment
from booking.queries.visits import money_now
from booking.rules.checkout import checkout_parameters
from booking.rules.lifecycle import PAYABLE, Status
from booking.rules.payment_states import UNSETTLED, PaymentState, hold_end_while_paying
from booking.words import say_short_day

TIME_TO_PAY = timedelta(minutes=5)
"""A page that closes sooner than this is closed at once, and a fresh one made."""
TRIES = 3


class NothingToPay(Exception):
    """It is free, paid already, or will not take place."""


class PaymentRefused(Exception):
    """Stripe would not make a pay page. `code` is Stripe's word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def start_payment(
    *,
    appointment_id: UUID,
    gateway: StripeGateway,
    success_url: str,
    cancel_url: str,
    now: datetime,
    by: Actor,
) -> Payment:
    """The payment whose page the patient should be sent to, at `url`. Pressed twice, it is the same page.

    Instead of a page it may turn out that the payment is PAID already, or PROCESSING: look at `state`.
    Raises HoldGone, NothingToPay, PaymentRefused, or Unreachable: then the row is kept, and pressing again
    continues where we stopped.
    """
    for _try in range(TRIES):
        attempt, is_new = _attempt(
            appointment_id=appointment_id, success_url=success_url, cancel_url=cancel_url, now=now, by=by
        )
        if _asks_for_another_amount(attempt):
            payment = close_page(payment=attempt, gateway=gateway, now=now, keeps_hold=True)
        else:
            payment = _brought_to_its_page(attempt, is_new=is_new, gateway=gateway, now=now)
        if payment.state not in (PaymentState.EXPIRED, PaymentState.FAILED):
            return payment
    raise PaymentRefused("no_open_page")


def _asks_for_another_amount(payment: Payment) -> bool:
    """A part was paid at the desk, or given back, since the page was made: nobody pays it as it is."""
    visit = payment.appointment
    if payment.state == PaymentState.PROCESSING or visit.status in (Status.HELD, Status.LAPSED):
        return False
    return payment.amount_minor != money_now(visit).due


def _brought_to_its_page(payment: Payment, *, is_new: bool, gateway: StripeGateway, now: datetime) -> Payment:
    try:
        page = page_of(payment=payment, gateway=gateway, now=now)
        if page.status == "open" and page.expires_at - now < TIME_TO_PAY:
            page = gateway.expire_session(session_id=page.id)
    except Refused as refusal:
        failed = mark_never_made(payment_id=payment.pk, why=refusal.code, now=now, keeps_hold=True)
        if is_new:
            raise PaymentRefused(refusal.code) from refusal
        return failed
    return apply_page(page=page, gateway=gateway, now=now, keeps_hold=True) or payment


def _attempt(
    *, appointment_id: UUID, success_url: str, cancel_url: str, now: datetime, by: Actor
) -> tuple[Payment, bool]:
    """The attempt under way, or a new one with its key and parameters stored before Stripe hears of it.

    Second comes whether it is new.
    """
    with transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment_id)
        under_way = (
            Payment.objects.filter(appointment=row, state__in=UNSETTLED).order_by("-created_at").first()
        )
        if under_way is not None:
            under_way.appointment = row
            return under_way, False
        due = _amount_due(row, now=now)
        closes_at = now + timedelta(minutes=settings.CHECKOUT_MINUTES)
        if row.status == Status.HELD:
            _stretch_hold(row, closes_at=closes_at, now=now)
        payment_id = uuid4()
        payment = Payment.objects.create(
            id=payment_id,
            appointment=row,
            kind=Payment.Kind.FULL if due == row.price_minor else Payment.Kind.BALANCE,
            amount_minor=due,
            currency=row.currency,
            attempt=row.payments.count() + 1,
            idempotency_key=f"payment-{payment_id}",
            parameters=_parameters(
                row,
                payment_id=payment_id,
                amount_minor=due,
                closes_at=closes_at,
                success_url=success_url,
                cancel_url=cancel_url,
            ),
            expires_at=closes_at,
            created_at=now,
        )
        record(verb="payment started", by=by, at=now, appointment=row, detail={"payment": str(payment_id)})
        return payment, True


def _amount_due(row: Appointment, *, now: datetime) -> int:
    if row.status == Status.HELD:
        if row.patient is None or row.hold_expires_at is None:
            raise HoldGone
        if row.hold_expires_at <= now or row.starts_at <= now:
            raise HoldGone
    elif row.status == Status.LAPSED:
        raise HoldGone
    elif row.status not in PAYABLE:
        raise NothingToPay
    due = money_now(row).due
    if due == 0:
        raise NothingToPay
    return due


def _stretch_hold(row: Appointment, *, closes_at: datetime, now: datetime) -> None:
    """The time has to outlive the page. Where it may not be held that long any more, it is gone."""
    assert row.hold_expires_at is not None
    row.hold_expires_at = hold_end_while_paying(
        held_since=row.created_at,
        hold_ends=row.hold_expires_at,
        now=now,
        stretch=timedelta(minutes=settings.PAYING_HOLD_MINUTES),
    )
    if row.hold_expires_at <= closes_at:
        raise HoldGone
    row.save(update_fields=["hold_expires_at"])


def _parameters(
    row: Appointment,
    *,
    payment_id: UUID,
    amount_minor: int,
    closes_at: datetime,
    success_url: str,
    cancel_url: str,
) -> dict[str, Any]:
    assert row.patient is not None
    words = {"clinic": settings.CLINIC_NAME, "day": say_short_day(row.starts_at)}
    return checkout_parameters(
        payment_id=payment_id,
        amount_minor=amount_minor,
        currency=row.currency,
        description=_("Appointment, %(clinic)s, %(day)s") % words,
        email=row.patient.email,
        expires_at=closes_at,
        success_url=success_url,
        cancel_url=cancel_url,
    )
