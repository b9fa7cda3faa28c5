"""/appointments/<token>/: one visit, opened by the link in a message."""

from datetime import timedelta

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from booking.models import Appointment
from booking.queries.links import token_for
from booking.words import say_until
from tests.factories import make_appointment, make_clinic, make_patient
from tests.web.patient.scene import working_day

pytestmark = pytest.mark.django_db
FORGED = ["x", "x:y", "00000000000000000000000000000000:forged", "%00", "a" * 3000]


@pytest.fixture
def visit() -> Appointment:
    service = make_clinic(slug="follow-up", name="Follow-up", start_grid_minutes=60)
    elena = make_patient(name="Elena Marsh", email="elena@mail.example")
    return make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=elena)


def page(client: Client, visit: Appointment) -> str:
    response = client.get(f"/appointments/{token_for(visit)}/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_link_needs_no_sign_in_and_shows_a_first_name_only(client: Client, visit: Appointment) -> None:
    html = page(client, visit)

    assert "for Elena with" in html
    assert "Marsh" not in html
    assert "elena@" not in html
    assert "07700" not in html
    assert "+4477" not in html


def test_it_says_until_when_plans_may_change(client: Client, visit: Appointment) -> None:
    until = say_until(working_day(3, "10:00") - timedelta(hours=24), now=timezone.now())

    assert f"Until {until}, move or cancel for nothing." in page(client, visit)


def test_it_offers_to_move_cancel_and_pay(client: Client, visit: Appointment) -> None:
    html = page(client, visit)

    assert "Move it" in html
    assert "Cancel it" in html
    assert "Pay £64 now" in html


def test_a_visit_paid_at_the_clinic_only_is_not_to_be_paid_here(client: Client, visit: Appointment) -> None:
    visit.service.pays = "at_clinic"
    visit.service.save()

    assert "Pay £64 now" not in page(client, visit)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("arrived", "You are here"),
        ("in_room", "In the room"),
        ("completed", "Done"),
        ("no_show", "Missed"),
        ("cancelled", "Cancelled"),
    ],
)
def test_what_is_over_or_under_way_cannot_be_changed(
    client: Client, visit: Appointment, status: str, word: str
) -> None:
    Appointment.objects.update(status=status)

    html = page(client, visit)

    assert word in html
    assert "Move it" not in html
    assert "Cancel it" not in html


def test_a_hold_has_no_page(client: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="held", hold_expires_at=timezone.now())

    assert client.get(f"/appointments/{token_for(visit)}/").status_code == 404


@pytest.mark.parametrize("token", FORGED)
@pytest.mark.parametrize("rest", ["", "move/", "cancel/", "calendar.ics"])
def test_a_forged_link_opens_nothing(client: Client, token: str, rest: str) -> None:
    response = client.get(f"/appointments/{token}/{rest}")

    assert response.status_code == 404
    assert "My appointments" in response.content.decode()


def test_the_address_is_given_to_no_other_site(client: Client, visit: Appointment) -> None:
    # Not “no-referrer”: browsers would then hide where a form comes from, and it would be refused.
    assert client.get(f"/appointments/{token_for(visit)}/")["Referrer-Policy"] == "same-origin"


def test_no_copy_of_the_page_is_kept(client: Client, visit: Appointment) -> None:
    response = client.get(f"/appointments/{token_for(visit)}/")

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_it_takes_no_post(client: Client, visit: Appointment) -> None:
    assert client.post(f"/appointments/{token_for(visit)}/").status_code == 405


def test_the_calendar_file_holds_the_visit(client: Client, visit: Appointment) -> None:
    response = client.get(f"/appointments/{token_for(visit)}/calendar.ics")

    [event] = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert response["Content-Type"].startswith("text/calendar")
    assert "attachment" in response["Content-Disposition"]
    assert event.start == visit.starts_at


def test_a_calendar_takes_no_post(client: Client, visit: Appointment) -> None:
    assert client.post(f"/appointments/{token_for(visit)}/calendar.ics").status_code == 405
