"""Maren's Thursday: she signs in at nine, and Tom Hale is booked at ten."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import Practitioner
    from booking.models import Appointment
    from catalogue.models import Service

MORNING = datetime(2026, 12, 3, 9, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def service(db: None) -> "Service":
    from tests.factories import make_clinic

    service = make_clinic(name="Follow-up", visit_kind="follow_up")
    service.practitioners.update(name="Maren Holt", slug="maren")
    return service


@pytest.fixture
def maren(service: "Service") -> "Practitioner":
    """With a sign-in of her own."""
    from tests.factories import make_user

    person = service.practitioners.get()
    person.user = make_user(role="physio", name="Maren Holt", email="maren@oakmont.example")
    person.save()
    return person


@pytest.fixture
def physio(client: Client, maren: "Practitioner") -> Client:
    """Maren's phone."""
    assert maren.user is not None
    client.force_login(maren.user)
    return client


@pytest.fixture
def visit(service: "Service") -> "Appointment":
    """Tom Hale, Thursday 3 December, 10:00 with Maren."""
    from tests.factories import at, make_appointment, make_patient

    return make_appointment(service=service, starts_at=at(3, "10:00"), patient=make_patient(name="Tom Hale"))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The doors read the clock; here it stands on Thursday at nine unless a test sets it."""
    shown = [MORNING]
    monkeypatch.setattr(timezone, "now", lambda: shown[0])

    def stands_at(moment: datetime) -> None:
        shown[0] = moment

    return stands_at
