"""What Stripe says about a pay page, applied to our rows once.

Webhook, return page, timer and reconciliation all end here. They bring the page as Stripe showed it when
asked, never the words of an event. Payment and appointment are decided together, under one lock, by the
tables in rules/payment_states.py.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from booking.actions.audit import Actor, record
from booking.actions.bookings import confirm, confirm_if_still_free
from booking.actions.holds import lapse_overdue_holds, release_hold
from booking.actions.messages.planning import plan_another, plan_not_booked
from booking.actions.payments.pages import fact_of, page_of, payment_id_of
from booking.actions.payments.refunds import give_back
from booking.gateways.stripe import CheckoutSession, Refused, StripeGateway
from booking.models import Appointment, Message, Payment, Refund
from booking.queries.visits import money_now
from booking.rules.lifecycle import Status
from booking.rules.payment_states import (
    UNSETTLED,
    Effect,
    PageFact,
    PaymentState,
    effect_of_money,
    hold_end_while_paying,
    payment_after,
)

logger = logging.getLogger(__name__)

CLOCKS_DIFFER_BY = timedelta(minutes=1)
NOT_THERE = "resource_missing"


def apply_session(*, session_id: str, gateway: StripeGateway, now: datetime) -> Payment | None:
    """Ask Stripe how this page stands and apply it. None when it is no page of ours."""
    return apply_page(page=gateway.retrieve_session(session_id=session_id), gateway=gateway, now=now)


def check_payments(*, appointment_id: UUID, gateway: StripeGateway, now: datetime) -> Appointment:
    """Bring a visit's unsettled payments up to date: what the return page does before it says anything.

    Raises Unreachable when Stripe does not answer; then nothing is known yet, and nothing is lost.
    """
    unsettled = Payment.objects.filter(appointment_id=appointment_id, state__in=UNSETTLED)
    for payment in unsettled.order_by("created_at"):
        settle_payment(payment=payment, gateway=gateway, now=now)
    return Appointment.objects.with_names().get(pk=appointment_id)


def learn_payment(*, payment_intent_id: str, gateway: StripeGateway, now: datetime) -> None:
    """For news about money whose payment we have not heard of yet: hear of that first."""
    if payment_intent_id and not Payment.objects.filter(stripe_payment_intent_id=payment_intent_id).exists():
        page = gateway.find_session_by_payment_intent(payment_intent_id=payment_intent_id)
        if page is not None:
            apply_page(page=page, gateway=gateway, now=now)


def settle_payment(*, payment: Payment, gateway: StripeGateway, now: datetime) -> Payment:
    """Ask Stripe about one payment and apply the answer."""
    try:
        page = page_of(payment=payment, gateway=gateway, now=now)
    except Refused as refusal:
        return mark_never_made(payment_id=payment.pk, why=refusal.code, now=now)
    return apply_page(page=page, gateway=gateway, now=now) or payment


def apply_page(
    *, page: CheckoutSession, gateway: StripeGateway, now: datetime, keeps_hold: bool = False
) -> Payment | None:
    """Move our payment to where its page has come, with everything that follows. Twice does what once does.

    With `keeps_hold` an expired page does not free the time: its owner is about to try again.
    """
    payment_id = payment_id_of(page)
    with transaction.atomic():
        payment = _locked(payment_id) if payment_id else None
        if payment is None:
            return None
        if payment.stripe_session_id not in ("", page.id):
            return _set_problem(payment, f"There is a second pay page for it at Stripe: {page.id}.")
        fact = fact_of(page)
        if fact is PageFact.PAID and (problem := _mismatch(payment, page, gateway)):
            fact = PageFact.WRONG_AMOUNT
            payment.problem = problem
        payment.stripe_session_id, payment.url = page.id, page.url or payment.url
        payment.stripe_payment_intent_id = page.payment_intent_id or payment.stripe_payment_intent_id
        _advance(payment, fact=fact, now=now, keeps_hold=keeps_hold)
    return payment


def mark_never_made(*, payment_id: UUID, why: str, now: datetime, keeps_hold: bool = False) -> Payment:
    """Stripe would not make the page, so this attempt is over. `why` is Stripe's code.

    Of a page that was made and that Stripe no longer has, nobody can say once its time is up whether it was
    paid: it goes to reception's list.
    """
    with transaction.atomic():
        payment = _locked(payment_id)
        assert payment is not None
        is_over = payment.expires_at is not None and payment.expires_at <= now
        fact = PageFact.GONE if why == NOT_THERE and is_over else PageFact.NEVER_MADE
        if payment_after(state=payment.state, fact=fact) != payment.state:
            payment.problem = (
                "Stripe no longer knows the pay page. Look there whether it was paid."
                if payment.stripe_session_id
                else f"Stripe did not make the pay page: {why}."
            )
        _advance(payment, fact=fact, now=now, keeps_hold=keeps_hold)
    return payment


def _locked(payment_id: UUID) -> Payment | None:
    """The payment, locked after its appointment: everybody takes the two in this order."""
    appointment_id = Payment.objects.filter(pk=payment_id).values_list("appointment_id", flat=True).first()
    if appointment_id is None:
        return None
    appointment = Appointment.objects.locked().get(pk=appointment_id)
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    payment.appointment = appointment
    return payment


def _advance(payment: Payment, *, fact: PageFact, now: datetime, keeps_hold: bool) -> None:
    before = PaymentState(payment.state)
    after = payment_after(state=before, fact=fact)
    appointment = payment.appointment
    covered_before = money_now(appointment).covered if after is PaymentState.PAID else 0
    payment.state = after
    if after is PaymentState.PAID and before is not after:
        payment.paid_at = now
        payment.problem = ""
    payment.save()
    if before is after:
        return
    record(
        verb=f"payment {after}",
        by=Actor.supplier(),
        at=now,
        appointment=appointment,
        detail={"payment": str(payment.pk), "amount_minor": payment.amount_minor},
    )
    if after is PaymentState.PAID:
        _take_money(payment, covered_before=covered_before, now=now)
    elif after is PaymentState.PROCESSING:
        _keep_while_processing(appointment, now=now)
    elif fact in (PageFact.EXPIRED, PageFact.NEVER_MADE, PageFact.GONE) and not keeps_hold:
        _free_after(payment, now=now)


def _take_money(payment: Payment, *, covered_before: int, now: datetime) -> None:
    appointment = payment.appointment
    is_visit = payment.kind != Payment.Kind.NO_SHOW
    extra = max(0, covered_before + payment.amount_minor - appointment.price_minor) if is_visit else 0
    match effect_of_money(appointment_status=appointment.status, is_extra=extra > 0):
        case Effect.CONFIRM if appointment.starts_at > now:
            confirm(appointment=appointment, now=now, by=Actor.supplier())
        case Effect.CONFIRM:
            _give_back_for(payment, now=now)
            release_hold(appointment=appointment, now=now, by=Actor.system())
        case Effect.TAKE_AGAIN:
            _take_again_or_give_back(payment, now=now)
        case Effect.GIVE_BACK_LATE:
            give_back(payment=payment, reason=Refund.Reason.TOO_LATE, now=now)
            plan_another(appointment=appointment, occasion=Message.Occasion.MONEY_BACK, now=now)
        case Effect.GIVE_BACK_EXTRA:
            # A part may have been paid at the desk meanwhile: only what is too much goes back.
            give_back(payment=payment, reason=Refund.Reason.TWICE, now=now, at_most=extra)
            plan_another(appointment=appointment, occasion=Message.Occasion.MONEY_BACK, now=now)
        case Effect.KEEP:
            pass


def _take_again_or_give_back(payment: Payment, *, now: datetime) -> None:
    appointment = payment.appointment
    # Holds of others whose time is up stand in nobody's way, here as when a time is held.
    lapse_overdue_holds(now=now, overlapping=(appointment.starts_at, appointment.occupied_until))
    if not confirm_if_still_free(appointment=appointment, now=now, by=Actor.supplier()):
        _give_back_for(payment, now=now)


def _give_back_for(payment: Payment, *, now: datetime) -> None:
    """The time is gone: somebody else has it, or it has begun."""
    give_back(payment=payment, reason=Refund.Reason.TOO_LATE, now=now)
    plan_not_booked(appointment=payment.appointment, now=now)


def _keep_while_processing(appointment: Appointment, *, now: datetime) -> None:
    """The bank needs time: the hold is stretched, but not for ever."""
    if appointment.status != Status.HELD or appointment.hold_expires_at is None:
        return
    appointment.hold_expires_at = hold_end_while_paying(
        held_since=appointment.created_at,
        hold_ends=appointment.hold_expires_at,
        now=now,
        stretch=timedelta(minutes=settings.PAYING_HOLD_MINUTES),
    )
    appointment.save(update_fields=["hold_expires_at"])


def _free_after(payment: Payment, *, now: datetime) -> None:
    """The page timed out, so nobody is paying any more. Closed before its time, whoever closed it decides."""
    if payment.expires_at is not None and now >= payment.expires_at - CLOCKS_DIFFER_BY:
        release_hold(appointment=payment.appointment, now=now, by=Actor.system())


def _mismatch(payment: Payment, page: CheckoutSession, gateway: StripeGateway) -> str:
    """Why this money is not what we asked for, in words for reception; nothing when it is."""
    if page.livemode != gateway.livemode:
        return "Paid in another mode of Stripe (test or live). Nothing was booked."
    if (page.amount_minor, page.currency) != (payment.amount_minor, payment.currency):
        return (
            f"Stripe took {page.amount_minor} {page.currency} (smallest units) where we asked for "
            f"{payment.amount_minor} {payment.currency}. Nothing was booked."
        )
    return ""


def _set_problem(payment: Payment, problem: str) -> Payment:
    logger.error("Payment %s: %s", payment.pk, problem)
    payment.problem = problem
    payment.save(update_fields=["problem"])
    return payment
