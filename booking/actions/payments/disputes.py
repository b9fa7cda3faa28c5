"""A cardholder's bank takes a payment back and asks for evidence. People answer at Stripe; we say by when."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from booking.actions.audit import Actor, record
from booking.actions.payments.applying import learn_payment
from booking.gateways.stripe import DisputeAnswer, StripeGateway
from booking.models import Payment
from booking.words import say_day


def apply_dispute(*, stripe_dispute_id: str, gateway: StripeGateway, now: datetime) -> Payment | None:
    """Put the payment on reception's list while a dispute is open. None when it is about no payment of ours.

    Refunds need no lock of their own here: Stripe refuses them as long as the charge is disputed.
    """
    dispute = gateway.retrieve_dispute(stripe_dispute_id=stripe_dispute_id)
    learn_payment(payment_intent_id=dispute.payment_intent_id, gateway=gateway, now=now)
    with transaction.atomic():
        payment = (
            Payment.objects.select_for_update()
            .filter(stripe_payment_intent_id=dispute.payment_intent_id)
            .exclude(stripe_payment_intent_id="")
            .first()
        )
        if payment is None:
            return None
        problem = _in_words(dispute)
        if payment.problem != problem:
            payment.problem = problem
            payment.save(update_fields=["problem"])
            record(
                verb=f"dispute {dispute.status}"[:50],
                by=Actor.supplier(),
                at=now,
                appointment=payment.appointment,
                detail={"payment": str(payment.pk)},
            )
    return payment


def _in_words(dispute: DisputeAnswer) -> str:
    if dispute.status in ("won", "warning_closed", "prevented"):
        return ""
    if dispute.status == "lost":
        return _("The dispute is lost: the bank has taken the money back.")
    if dispute.due_by is None:
        return _("The cardholder’s bank disputes it. Look at it in Stripe.")
    return _("The cardholder’s bank disputes it. Answer in Stripe by %(day)s.") % {
        "day": say_day(dispute.due_by)
    }
