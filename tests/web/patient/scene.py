"""A clinic that is open on working days from nine to five, and a person who books there.

Doors read the real clock, so these tests choose working days that are still to come.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from booking.models import Appointment, Location
from booking.web.patient.slot import Slot
from booking.words import clinic_day
from catalogue.models import Service
from tests.factories import LONDON

NAUGHTY = ["\x00", "‮", "' OR 1=1 --", "<script>alert(1)</script>", "🦴" * 300, "../../etc/passwd", "%s%n"]


def working_day(days: int, clock: str) -> datetime:
    """That time on the first working day that is at least so many days ahead."""
    day = clinic_day(timezone.now()) + timedelta(days=days)
    day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
    return datetime.combine(day, time.fromisoformat(clock.zfill(5)), tzinfo=LONDON)


def place_of(service: Service) -> Location:
    return Location.objects.filter(working_hours__practitioner__services=service).distinct().get()


def slot(service: Service, starts_at: datetime, practitioner: str = "") -> str:
    return str(Slot(starts_at=starts_at, location=place_of(service).slug, practitioner=practitioner))


def hold(client: Client, service: Service, starts_at: datetime, **fields: Any) -> HttpResponse:
    """Press the button of a free time."""
    response: Any = client.post(f"/book/{service.slug}/", {"slot": slot(service, starts_at), **fields})
    return response


def held(client: Client, service: Service, starts_at: datetime) -> Appointment:
    """Hold a time, and say which row that became."""
    assert hold(client, service, starts_at).status_code == 302
    return Appointment.objects.get(status="held", starts_at=starts_at)


def typed(appointment: Appointment | None = None, **changes: Any) -> dict[str, Any]:
    """The details form, filled in right."""
    fields = {
        "hold": appointment.pk.hex if appointment else "",
        "name": "Elena Marsh",
        "date_of_birth_day": "3",
        "date_of_birth_month": "August",
        "date_of_birth_year": "1984",
        "phone": "07400 123456",
        "email": "elena.marsh@mail.example",
        "note": "Right shoulder blade.",
        "pay": "clinic",
        "accepts_policy": "on",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def book(client: Client, service: Service, starts_at: datetime, **changes: Any) -> HttpResponse:
    """Hold a time and send the form."""
    appointment = held(client, service, starts_at)
    response: Any = client.post(f"/book/{service.slug}/details/", typed(appointment, **changes))
    return response


def booked(client: Client, service: Service, starts_at: datetime, **changes: Any) -> Appointment:
    """A visit booked to be paid at the clinic."""
    assert book(client, service, starts_at, **changes).status_code == 302
    return Appointment.objects.get(status="confirmed", starts_at=starts_at)
