"""The nouns of booking: where, when, who is promised what, and what was paid and said about it."""

from booking.models.appointment import Appointment
from booking.models.audit import AuditEntry
from booking.models.calendar_feed import CalendarFeed
from booking.models.clinical.after import AdverseEvent, AfterCheck, SafetyAlert
from booking.models.clinical.consent import Consent
from booking.models.clinical.plan import CarePlan, EarlierPlan
from booking.models.clinical.record import RecordAddition, TechniqueUsed, VisitRecord
from booking.models.clinical.screening import Screening
from booking.models.hours import Closure, HoursOnDate, Leave, LeaveRequest, WorkingHours
from booking.models.idempotency import IdempotentAnswer
from booking.models.message import Message
from booking.models.payment import Payment, Refund, StripeEvent
from booking.models.places import Location, Room, Travel
from booking.models.receipt import Receipt
from booking.models.waitlist import WaitlistEntry

__all__ = [
    "AdverseEvent",
    "AfterCheck",
    "Appointment",
    "AuditEntry",
    "CalendarFeed",
    "CarePlan",
    "Closure",
    "Consent",
    "EarlierPlan",
    "HoursOnDate",
    "IdempotentAnswer",
    "Leave",
    "LeaveRequest",
    "Location",
    "Message",
    "Payment",
    "Receipt",
    "RecordAddition",
    "Refund",
    "Room",
    "SafetyAlert",
    "Screening",
    "StripeEvent",
    "TechniqueUsed",
    "Travel",
    "VisitRecord",
    "WaitlistEntry",
    "WorkingHours",
]
