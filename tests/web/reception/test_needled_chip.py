"""“Needled in the last 72 hours”, with what to say when such a patient rings unwell."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from booking.models import Appointment
from tests.factories import at, make_patient
from tests.needled import needled_visit
from tests.web.reception.desk import get, text

CHIP = "Needled in the last 72 hours"


@pytest.fixture
def visit(db: None) -> Appointment:
    return needled_visit(patient=make_patient(name="Elena Marsh"))


@pytest.mark.parametrize("page", ["found", "patients"])
def test_it_stands_beside_whoever_is_found(desk: Client, visit: Appointment, page: str) -> None:
    assert CHIP in text(get(desk, page, q="Elena Marsh"))


def test_the_script_lies_under_the_list_while_the_caller_waits(desk: Client, visit: Appointment) -> None:
    assert "Are you short of breath?" in text(get(desk, "found", q="Elena Marsh"))


def test_it_stands_on_the_record_with_the_script(desk: Client, visit: Appointment) -> None:
    html = text(get(desk, "record", visit.patient_id))
    assert CHIP in html
    assert "Are you short of breath?" in html


def test_it_stands_in_the_panel_of_the_visit(desk: Client, visit: Appointment) -> None:
    assert CHIP in text(get(desk, "visit", visit.pk))


def test_after_three_days_it_is_gone(
    desk: Client, visit: Appointment, clock: Callable[[datetime], None]
) -> None:
    clock(at(5, "11:00"))
    assert CHIP not in text(get(desk, "found", q="Elena Marsh"))


def test_nobody_else_wears_it(desk: Client, visit: Appointment) -> None:
    make_patient(name="Joan Whitlow")
    assert CHIP not in text(get(desk, "found", q="Joan Whitlow"))
