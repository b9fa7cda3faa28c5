"""The nouns of booking: where, when, who is promised what, and what was paid and said about it."""

from booking.models.appointment import Appointment
from booking.models.audit import AuditEntry
from booking.models.hours import Closure, HoursOnDate, Leave, WorkingHours
from booking.models.idempotency import IdempotentAnswer
from booking.models.message import Message
from booking.models.payment import Payment, Refund, StripeEvent
from booking.models.places import Location, Room, Travel
from booking.models.receipt import Receipt

__all__ = [
    "Appointment",
    "AuditEntry",
    "Closure",
    "HoursOnDate",
    "IdempotentAnswer",
    "Leave",
    "Location",
    "Message",
    "Payment",
    "Receipt",
    "Refund",
    "Room",
    "StripeEvent",
    "Travel",
    "WorkingHours",
]
