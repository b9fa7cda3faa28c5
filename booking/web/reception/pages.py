"""What reception's pages beside the diary share: how they are drawn, and how addresses are read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from booking.web.reception.asked import YEARS
from booking.web.reception.nav import nav_links
from booking.words import clinic_day


def page(request: HttpRequest, template: str, facts: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """`template` lies in templates/reception/. With the way to the other pages, if `facts` bring none."""
    nav = facts.get("nav") or nav_links(request.user)
    return render(request, f"reception/{template}", {**facts, "nav": nav}, status=status)


def asked_day(request: HttpRequest, *, now: datetime) -> date:
    """The day that the address names, today without one. What is no day is a bad request."""
    text = request.GET.get("day", "")
    if not text:
        return clinic_day(now)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadRequest("The day is not written like 2026-12-03.") from None
    if day.year not in YEARS:
        raise BadRequest("No such day in the diary.")
    return day


def asked_id(text: str) -> UUID:
    """An id out of a form or an address. What is none is a bad request."""
    try:
        return UUID(text)
    except ValueError:
        raise BadRequest("This is no id.") from None
