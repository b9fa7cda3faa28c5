"""What nobody means is thrown at every address and every field of the desk: no crash, and nothing written."""

import pytest
from django.test import Client
from django.urls import reverse

from booking.models import Appointment, AuditEntry
from tests.factories import make_patient

LONG = "🦴" * 300
NAUGHTY = [
    "\x00",
    "9999-12-31",
    "0001-01-01",
    "\u202e",
    "' OR 1=1 --",
    LONG,
    "../../etc/passwd",
    "%s%n",
    "-1",
]
ASKED = {
    "diary": ["day", "location", "physio", "view"],
    "day-list": ["day", "location", "physio"],
    "book": ["practitioner", "location", "day", "time", "patient", "q"],
    "found": ["q", "practitioner", "location", "day", "time"],
    "new-patient": ["q", "practitioner", "location", "day"],
    "patients": ["q"],
    "day-sheet": ["day", "physio", "practitioner"],
    "takings": ["day"],
    "absences": ["day", "practitioner"],
}
SPOT = {"practitioner": "maren", "location": "", "day": "2026-12-03", "time": "11:00"}
NO_TIME = {"time": "25:00"}
"""Sent along with what may hold anything, so that nothing can come of it."""


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, names in ASKED.items() for name in names])
def test_no_page_crashes_on_what_its_address_says(
    desk: Client, visit: Appointment, page: str, name: str
) -> None:
    usual = {"day": "2026-12-03", "time": "10:00"}
    answers = {
        value: desk.get(reverse(f"reception:{page}"), usual | {name: value}).status_code for value in NAUGHTY
    }
    assert max(answers.values()) < 500, answers


@pytest.mark.parametrize("name", [*SPOT, "service", "patient", "repeat"])
def test_nothing_is_booked_on_nonsense(desk: Client, visit: Appointment, name: str) -> None:
    good = {**SPOT, "service": visit.service_id, "patient": make_patient().pk, "repeat": 1}
    for value in NAUGHTY:
        assert desk.post(reverse("reception:book"), good | {name: value}).status_code < 500, value
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("name", ["note", "overbook_reason", "instead"])
def test_words_that_mean_nothing_crash_nothing(desk: Client, visit: Appointment, name: str) -> None:
    good = {**SPOT, "service": visit.service_id, "patient": make_patient().pk, "repeat": 1}
    for value in NAUGHTY:
        answer = desk.post(reverse("reception:book"), good | {name: value} | NO_TIME)
        assert answer.status_code < 500, value
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("name", [*SPOT, "sequence"])
def test_nothing_is_moved_on_nonsense(desk: Client, visit: Appointment, name: str) -> None:
    good = {**SPOT, "sequence": visit.sequence}
    for value in NAUGHTY:
        answer = desk.post(reverse("reception:move", args=[visit.pk]), good | NO_TIME | {name: value})
        assert answer.status_code < 500, value
    visit.refresh_from_db()
    assert (visit.sequence, AuditEntry.objects.count()) == (0, 0)
