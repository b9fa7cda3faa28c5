"""A physio with a phone, between two patients. The day is the real one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

if TYPE_CHECKING:
    from accounts.models import User
    from booking.models import Appointment
    from catalogue.models import Service

FIVE = timedelta(minutes=5)


def just_now() -> datetime:
    """The five minutes that are running: always today, whenever the tests run."""
    now = timezone.now()
    return now - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)


@dataclass
class Phone:
    """Signs the physio in, in a browser of a phone's size."""

    visitor: Callable[..., Page]
    service: "Service"
    user: "User"

    def opens(self, path: str = "/physio/", **options: object) -> Page:
        page = self.visitor(**options)
        client = Client()
        client.force_login(self.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": "localhost", "path": "/"}]
        )
        page.goto(path)
        return page

    def visit(self, name: str, **fields: object) -> "Appointment":
        """Somebody who comes now."""
        from tests.factories import make_appointment, make_patient

        patient = make_patient(name=name, alert=str(fields.pop("alert", "")))
        starts_at = fields.pop("starts_at", just_now())
        return make_appointment(service=self.service, starts_at=starts_at, patient=patient, **fields)


@pytest.fixture
def phone(visitor: Callable[..., Page], service: "Service") -> Phone:
    """Maren Holt's."""
    from tests.factories import make_user

    maren = service.practitioners.get()
    maren.user = make_user(role="physio", name="Maren Holt", email="maren@oakmont.example")
    maren.save()
    return Phone(visitor, service, maren.user)


@pytest.fixture
def desk(phone: Phone) -> Client:
    """Reception, who change things while the physio is busy."""
    from tests.factories import make_user

    client = Client()
    client.force_login(make_user(role="reception", name="Ana Duarte"))
    return client
