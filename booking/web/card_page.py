"""The card page that a patient may have open, before their visit is cancelled or paid in another way."""

from contextlib import suppress
from datetime import datetime

from booking.actions.payments.instead import close_pay_pages
from booking.gateways.stripe import Unreachable, gateway_from_settings
from booking.models import Appointment
from booking.rules.payment_states import UNSETTLED


def close_card_page(visit: Appointment, *, now: datetime) -> bool:
    """Nobody pays in vain: a page that is open is closed first, or turns out to be paid.

    Says whether there was one: the visit may stand otherwise in money since. Where the supplier does not
    answer we go on: what is then paid too much or too late goes back by itself.
    """
    if not visit.payments.filter(state__in=UNSETTLED).exists():
        return False
    with suppress(Unreachable, ValueError):
        close_pay_pages(appointment_id=visit.pk, gateway=gateway_from_settings(), now=now)
    return True
