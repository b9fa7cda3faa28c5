"""Maren's clinic, where Elena had needles a day and a half ago."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page

from tests.journeys.reception.conftest import Desk
from tests.journeys.reception.conftest import reception as reception
from tests.mailbox import Mailbox

if TYPE_CHECKING:
    from booking.models import Appointment

A_DAY_AND_A_HALF = timedelta(hours=35)
"""Long enough that ten o'clock of the day after has passed, whenever the tests run."""


@dataclass
class After:
    visitor: Callable[..., Page]
    reception: Desk
    mailbox: Mailbox
    visit: "Appointment"

    def post(self, count: int) -> list[str]:
        """Deliver what is due, and the last so many texts that came."""
        from django.utils import timezone

        from booking.actions.messages.delivery import deliver_due
        from booking.gateways.mail import Mailer

        before = len(self.mailbox.messages)
        deliver_due(clock=timezone.now, mailer=Mailer())
        came = self.mailbox.wait_for(before + count)[before:]
        return [
            f"To: {mail['To']}\nSubject: {mail['Subject']}\n" + mail.get_body(("plain",)).get_content()
            for mail in came
        ]


@pytest.fixture
def after(visitor: Callable[..., Page], reception: Desk, mailbox: Mailbox) -> After:
    from django.utils import timezone

    from booking.actions.clinical.aftercare import plan_after_needling
    from tests.factories import make_patient
    from tests.needled import needled_visit

    now = timezone.now()
    starts_at = (now - A_DAY_AND_A_HALF).replace(minute=0, second=0, microsecond=0)
    visit = needled_visit(
        service=reception.service,
        starts_at=starts_at,
        patient=make_patient(name="Elena Marsh", email="elena@mail.example"),
        record={"pain": 6, "function": 4, "note": "Unmistakable note"},
    )
    plan_after_needling(appointment=visit, now=now)
    return After(visitor, reception, mailbox, visit)
