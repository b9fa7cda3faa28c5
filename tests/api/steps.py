"""The steps of a booking, as a program takes them."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from tests.api.client import Api
from tests.factories import at

TEN = at(3, "10:00")


def hold_request(**changes: Any) -> dict[str, Any]:
    return {"service": "follow-up", "starts_at": TEN.isoformat()} | changes


def hold(api: Api, *, starts_at: datetime = TEN, **changes: Any) -> dict[str, Any]:
    answer = api.post("holds/", hold_request(starts_at=starts_at.isoformat(), **changes))
    assert answer.status_code == 201, answer.content[:300]
    held: dict[str, Any] = answer.json()
    return held


def book_request(held: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "secret": held["secret"],
        "patient": {
            "name": "Elena Marsh",
            "email": "elena@mail.example",
            "phone": "07400 123456",
            "date_of_birth": "1984-08-03",
        },
        "pay": "at_clinic",
        "accepts_policy": True,
    } | changes


def book(api: Api, held: dict[str, Any], **changes: Any) -> HttpResponse:
    return api.post(f"holds/{held['id']}/book/", book_request(held, **changes))


def booked(api: Api, *, starts_at: datetime = TEN, **changes: Any) -> dict[str, Any]:
    answer = book(api, hold(api, starts_at=starts_at), **changes)
    assert answer.status_code == 201, answer.content[:300]
    appointment: dict[str, Any] = answer.json()
    return appointment
