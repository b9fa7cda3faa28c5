"""What the buttons of reception's lists do, by the names they have in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from booking.actions.clinical.after_check import note_rung
from booking.actions.desk.hands import (
    NoAddress,
    NothingLeft,
    SeenToAlready,
    acknowledge_payment,
    acknowledge_refund,
    confirm_by_telephone,
    refund_again,
    send_again,
    told_by_telephone,
)
from booking.actions.desk.screening import see_to_screening
from booking.actions.desk.waitlist import take_off_waitlist
from booking.gateways.doorbell import Task
from booking.models import Appointment, Message, Payment, Refund, WaitlistEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What a button of a line does to the row it is about, and what is said then.

    `do` is called with the key of the row, the clerk and the moment, and with their note if it takes one.
    """

    row: type[Model]
    key: str
    do: Callable[..., Any]
    said: Promise
    takes_a_note: bool = False
    rings: Task | None = None


REMEDIES: Mapping[str, Remedy] = {
    "rung": Remedy(
        row=Appointment,
        key="appointment_id",
        do=confirm_by_telephone,
        said=gettext_lazy("Confirmed by telephone."),
    ),
    "rang": Remedy(
        row=Appointment,
        key="appointment_id",
        do=note_rung,
        said=gettext_lazy("Noted: nobody answered. The physio asks at the next visit."),
    ),
    "send-again": Remedy(
        row=Message,
        key="message_id",
        do=send_again,
        said=gettext_lazy("It goes out again now, to the address on the record."),
        rings=Task.DELIVER_DUE_MESSAGES,
    ),
    "told": Remedy(
        row=Message,
        key="message_id",
        do=told_by_telephone,
        said=gettext_lazy("Noted: told by telephone. It is not sent any more."),
    ),
    "payment-seen": Remedy(
        row=Payment,
        key="payment_id",
        do=acknowledge_payment,
        said=gettext_lazy("Noted. The payment is off the list."),
        takes_a_note=True,
    ),
    "refund-seen": Remedy(
        row=Refund,
        key="refund_id",
        do=acknowledge_refund,
        said=gettext_lazy("Noted. The refund is off the list."),
        takes_a_note=True,
    ),
    "refund-again": Remedy(
        row=Refund,
        key="refund_id",
        do=refund_again,
        said=gettext_lazy("The refund is asked for again."),
        rings=Task.SETTLE_PAYMENTS,
    ),
    "screening-seen": Remedy(
        row=Appointment,
        key="appointment_id",
        do=see_to_screening,
        said=gettext_lazy("Noted. The screening is off the list."),
        takes_a_note=True,
    ),
    "off-the-waitlist": Remedy(
        row=WaitlistEntry,
        key="entry_id",
        do=take_off_waitlist,
        said=gettext_lazy("Taken off the waiting list."),
    ),
}

TROUBLES: Mapping[type[Exception], Promise] = {
    SeenToAlready: gettext_lazy("Somebody else has seen to it already. This is how it stands now."),
    NoAddress: gettext_lazy(
        "The record has no e-mail address. Write one down first, or tell the patient by telephone."
    ),
    NothingLeft: gettext_lazy("So much is not left of this payment: the money has gone back in another way."),
}
