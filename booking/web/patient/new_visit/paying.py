"""To the card page and back. The way back proves nothing: what happened is asked, applied once, and said."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions.audit import Actor
from booking.actions.bookings import HoldGone
from booking.actions.holds import release_hold
from booking.actions.payments.applying import check_payments
from booking.actions.payments.closing import abandon_payment
from booking.actions.payments.starting import NothingToPay, PaymentRefused, start_payment
from booking.gateways import doorbell
from booking.gateways.stripe import Unreachable, gateway_from_settings
from booking.models import Appointment, Payment
from booking.queries.links import appointment_id_in_pay_return, pay_return_token_for, token_for
from booking.rules.lifecycle import MADE, Status
from booking.rules.payment_states import UNSETTLED, PaymentState
from booking.web.patient import state
from booking.web.patient.new_visit.outcome import Outcome, outcome_of
from booking.web.patient.page import WayOn, page, say_no
from booking.words import say_time, say_until


def return_url(appointment: Appointment) -> str:
    return reverse("booking:returned", args=[pay_return_token_for(appointment)])


def lead_to_card_page(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """Start the payment, or go on with the one that was started, and send the patient to its page."""
    back = settings.SITE_URL + return_url(appointment)
    try:
        payment = start_payment(
            appointment_id=appointment.pk,
            gateway=gateway_from_settings(),
            success_url=back,
            cancel_url=back,
            now=timezone.now(),
            by=Actor.patient(request.user),
        )
    except HoldGone:
        # Where it may be held no longer, it is anybody's: they choose it again if it is still free.
        release_hold(appointment=appointment, now=timezone.now(), by=Actor.patient(request.user))
        return redirect(return_url(appointment))
    except NothingToPay:
        return redirect(return_url(appointment))
    except (Unreachable, PaymentRefused, ValueError):
        return no_card_page(request, appointment)
    is_open = payment.state == PaymentState.OPEN
    return redirect(payment.url if is_open else return_url(appointment))


@page("GET", personal=True)
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """From the card page, whether it was paid, left or timed out.

    It is reached without our session too: a bank's app may open another browser.
    """
    key = appointment_id_in_pay_return(token)
    if key is None or not Appointment.objects.filter(pk=key).exists():
        return _no_such_payment(request)
    now, reached = timezone.now(), True
    try:
        appointment = check_payments(appointment_id=key, gateway=gateway_from_settings(), now=now)
    except (Unreachable, ValueError):
        reached, appointment = False, Appointment.objects.with_names().get(pk=key)
    payments = (
        Payment.objects.filter(appointment=appointment).order_by("-created_at").prefetch_related("refunds")
    )
    outcome = outcome_of(appointment=appointment, payments=list(payments), reached=reached, now=now)
    if request.headers.get("X-Look-Again"):
        return HttpResponse(status=204 if outcome.waits else 200)
    return _on_from(request, appointment, outcome)


def _on_from(request: HttpRequest, appointment: Appointment, outcome: Outcome) -> HttpResponse:
    if outcome.is_booked:
        doorbell.ring()
        if state.paid_for(request) == appointment.pk.hex:
            say = messages.success if outcome.kind == "ok" else messages.warning
            say(request, outcome.text)
            return redirect("booking:appointment", token_for(appointment))
        if state.is_mine(request, appointment):
            state.remember_booked(request, appointment)
            return redirect("booking:done", token_for(appointment))
    elif outcome.may_try_again and state.is_mine(request, appointment):
        messages.warning(request, outcome.text)
        return redirect("booking:details", appointment.service.slug)
    status = 200 if outcome.is_booked or outcome.waits else 409
    return render(request, "booking/outcome.html", {"outcome": outcome}, status=status)


def has_card_page(appointment: Appointment) -> bool:
    """Whether it could still be paid for online."""
    return appointment.payments.filter(state__in=UNSETTLED).exists()


def leave_card_page(request: HttpRequest, appointment: Appointment) -> HttpResponse | None:
    """Close the card page and let the time go; where to look instead, when it had been paid after all.

    Where the supplier does not answer, or the bank has not yet, it may still be booked: it stays held until
    its own end, and that is said.
    """
    now, by = timezone.now(), Actor.patient(request.user)
    try:
        left = abandon_payment(appointment_id=appointment.pk, gateway=gateway_from_settings(), now=now, by=by)
    except Unreachable:
        left = Appointment.objects.with_names().get(pk=appointment.pk)
        said = _(
            "%(time)s can still be paid for until %(until)s, on the card page that you left. "
            "Close that page, so that it is not booked by mistake."
        )
    else:
        said = _(
            "The bank has not said yes or no yet to your payment for %(time)s. If it says yes, that time is "
            "booked as well: we write to you, and you can cancel it."
        )
    if left.status in MADE:
        return redirect(return_url(left))
    if left.status == Status.HELD and left.hold_expires_at is not None:
        words = {
            "time": say_until(left.starts_at, now=now),
            "until": say_time(left.hold_expires_at),
        }
        messages.warning(request, said % words)
    return None


def no_card_page(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    is_held = appointment.status == Status.HELD and appointment.hold_expires_at is not None
    held = (
        _("We hold %(time)s for you until %(until)s.")
        % {"time": say_time(appointment.starts_at), "until": say_time(appointment.hold_expires_at)}
        if is_held and appointment.hold_expires_at
        else ""
    )
    back = (
        reverse("booking:details", args=[appointment.service.slug])
        if is_held
        else reverse("booking:appointment", args=[token_for(appointment)])
    )
    return say_no(
        request,
        status=503,
        title=_("The card page does not open just now"),
        what=_("Nothing was charged, and what you typed is kept. %(held)s") % {"held": held},
        todo=_("Try again in a minute. If it keeps failing, ring us and we book it for you."),
        way_on=WayOn(href=back, text=_("Try again")),
    )


def _no_such_payment(request: HttpRequest) -> HttpResponse:
    return say_no(
        request,
        status=404,
        title=_("This address belongs to no payment"),
        what=_("It may have been cut off. If you have paid, the confirmation comes by e-mail all the same."),
        todo=_("Look there first, or ring us."),
    )
