"""Appointments as the plain values that their serializers write down."""

from datetime import datetime
from typing import Any

from booking.actions.cancellations import refund_on_cancelling
from booking.actions.holds import Hold
from booking.actions.moves import may_still_move
from booking.api.serializers.catalogue import money
from booking.gateways.stripe import is_configured
from booking.models import Appointment, Payment
from booking.queries.links import link_to
from booking.queries.visits import is_to_be_paid_online, money_of
from booking.rules.lifecycle import STILL_TO_COME, Status
from booking.rules.refunds import free_until

NAMES = (
    "practitioner__slug", "practitioner__name", "location__slug", "location__name", "location__street",
    "location__town", "location__postcode",
)  # fmt: skip


def hold_answer(hold: Hold) -> dict[str, Any]:
    """A hold just placed. With whom and where is asked in one small query: many programs hold at once."""
    held = hold.appointment
    named = Appointment.objects.select_related("practitioner", "location").only(*NAMES).get(pk=held.pk)
    held.practitioner, held.location = named.practitioner, named.location
    return {**_visit(held), "secret": hold.secret, "expires_at": held.hold_expires_at}


def appointment_answer(appointment: Appointment, *, now: datetime) -> dict[str, Any]:
    """A visit read by `with_money`. Whoever holds its token sees a first name and no more of the patient."""
    stands, currency = money_of(appointment), appointment.currency
    is_coming = appointment.status in STILL_TO_COME and appointment.starts_at > now
    back = refund_on_cancelling(
        appointment=appointment, paid_minor=stands.returnable, now=now, by_clinic=False
    )
    waits = appointment.status == Status.HELD
    return {
        **_visit(appointment),
        "status": appointment.status,
        "patient": appointment.patient,
        "pays_at_clinic": appointment.pays_at_clinic,
        "paid": money(stands.kept, currency),
        "due": money(0 if appointment.status == Status.LAPSED else stands.due, currency),
        "pay_url": _pay_url(appointment),
        "held_until": appointment.hold_expires_at if waits else None,
        "may_move": is_coming and may_still_move(appointment=appointment, now=now),
        "may_cancel": is_coming,
        "refund_on_cancelling": money(back if is_coming else 0, currency),
    }


def _visit(appointment: Appointment) -> dict[str, Any]:
    return {
        "id": appointment.pk,
        "service": appointment.service,
        "practitioner": appointment.practitioner,
        "location": appointment.location,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "price": money(appointment.price_minor, appointment.currency),
        "policy": {
            "text": appointment.policy_text,
            "free_until": free_until(
                starts_at=appointment.starts_at, hours=appointment.policy_free_until_hours
            ),
            "late_refund_percent": appointment.policy_late_refund_percent,
        },
    }


def _pay_url(appointment: Appointment) -> str | None:
    """While the time is held, the open pay page; later the visit's own page, which leads to one."""
    if appointment.status == Status.HELD:
        waiting = appointment.payments.filter(state=Payment.State.OPEN).order_by("-created_at").first()
        return waiting.url if waiting else None
    return link_to(appointment) if is_configured() and is_to_be_paid_online(appointment) else None
