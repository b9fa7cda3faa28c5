"""A receptionist before the diary of a small clinic, on the next working day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

if TYPE_CHECKING:
    from catalogue.models import Service

DESK = {"width": 1440, "height": 900}


@dataclass
class Desk:
    """Signs receptionists in, each in a browser of their own, and opens the diary."""

    visitor: Callable[..., Page]
    service: "Service"

    def signs_in(self, name: str = "Ana Duarte", *, role: str = "reception", **options: object) -> Page:
        from tests.factories import make_user

        client = Client()
        client.force_login(make_user(role=role, name=name))
        page = self.visitor(**{"viewport": DESK, **options})
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": "localhost", "path": "/"}]
        )
        return page

    def opens(
        self,
        name: str = "Ana Duarte",
        *,
        path: str = "/reception/",
        day: datetime | None = None,
        **options: object,
    ) -> Page:
        from tests.journeys.reception.steps import DAY

        page = self.signs_in(name, **options)
        page.goto(f"{path}?day={day or DAY:%Y-%m-%d}")
        page.wait_for_selector(".ec-col-head")
        return page


@pytest.fixture
def reception(visitor: Callable[..., Page], site: str) -> Desk:
    """Maren and Ruth at one place, from nine to five."""
    from tests.factories import make_clinic

    service = make_clinic(
        practitioners=2, slug="follow-up", name="Follow-up", visit_kind="follow_up", horizon_days=40
    )
    for person, (name, slug) in zip(
        service.practitioners.order_by("pk"), (("Maren Holt", "maren"), ("Ruth Adeyemi", "ruth")), strict=True
    ):
        person.name, person.slug = name, slug
        person.save()
    return Desk(visitor, service)
