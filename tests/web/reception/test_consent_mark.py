"""Reception sees how consent stands, and not a word of it."""

import pytest
from django.test import Client

from booking.models import Appointment
from tests.factories import at
from tests.needling import make_needled_visit, sign
from tests.web.reception.desk import get, text

CANARY = "canary-7319"


@pytest.fixture
def needled(clerk: object) -> Appointment:
    return make_needled_visit(starts_at=at(3, "9:00"))


def test_the_panel_says_not_read(desk: Client, needled: Appointment) -> None:
    assert "Not read" in text(get(desk, "visit", needled.pk))


def test_the_panel_says_signed_and_not_by_whom(desk: Client, needled: Appointment) -> None:
    sign(needled, now=at(3, "9:05"), signed_name=CANARY, remarks=CANARY, signed_for=CANARY)
    html = text(get(desk, "visit", needled.pk))
    assert "Consent signed" in html
    assert CANARY not in html


def test_the_record_says_signed_and_not_by_whom(desk: Client, needled: Appointment) -> None:
    sign(needled, now=at(3, "9:05"), signed_name=CANARY, remarks=CANARY)
    html = text(get(desk, "record", needled.patient_id))
    assert "Consent signed" in html
    assert CANARY not in html


def test_a_visit_without_needles_says_nothing_of_it(
    desk: Client, service: object, visit: Appointment
) -> None:
    html = text(get(desk, "visit", visit.pk))
    assert "Not read" not in html
