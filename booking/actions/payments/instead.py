"""From the pay page to paying at the clinic: the page is closed before anything else is promised or taken."""

from datetime import datetime
from uuid import UUID

from booking.actions.payments.closing import close_page
from booking.gateways.stripe import StripeGateway
from booking.models import Appointment, Payment
from booking.rules.payment_states import UNSETTLED


def close_pay_pages(*, appointment_id: UUID, gateway: StripeGateway, now: datetime) -> Appointment:
    """Make sure nothing can be paid online for it any more; the time stays held.

    Look at the returned status: CONFIRMED when it had been paid a moment before. Raises Unreachable when
    Stripe does not answer; then it could still be paid, and must not be promised in another way.
    """
    for payment in Payment.objects.filter(appointment_id=appointment_id, state__in=UNSETTLED):
        close_page(payment=payment, gateway=gateway, now=now, keeps_hold=True)
    return Appointment.objects.with_names().get(pk=appointment_id)
