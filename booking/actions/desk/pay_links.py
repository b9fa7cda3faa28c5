"""A link to pay by, sent from the desk."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from booking.actions.audit import Actor, record
from booking.actions.desk.hands import NoAddress
from booking.actions.desk.payments import NothingOwed
from booking.actions.messages.planning import plan_another
from booking.models import Appointment, Message
from booking.queries.visits import money_now
from booking.rules.lifecycle import PAYABLE


def send_pay_link(*, appointment_id: UUID, by: User, now: datetime) -> Appointment:
    """Mail the patient a link for what is left to pay. Pressed twice it goes once; later it can go again.

    Raises NothingOwed, and NoAddress where the record has none.
    """
    with transaction.atomic():
        row = Appointment.objects.locked().get(pk=appointment_id)
        due = money_now(row).due if row.status in PAYABLE else 0
        if due == 0:
            raise NothingOwed
        assert row.patient is not None, "a visit that was made has its patient"
        if not row.patient.email:
            raise NoAddress
        plan_another(appointment=row, occasion=Message.Occasion.PAY_LINK, now=now)
        record(
            verb="sent payment link",
            by=Actor.staff(by),
            at=now,
            appointment=row,
            detail={"amount_minor": due},
        )
    return row
