"""The two most urgent things at the top of the diary."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from booking.models import Appointment
from catalogue.models import Service
from tests.factories import at, make_appointment, make_clinic, make_patient
from tests.web.reception.desk import get, text


@pytest.fixture(autouse=True)
def _ten_past_ten(clock: Callable[[datetime], None]) -> None:
    clock(at(3, "10:12"))


def waiting(service: Service, name: str, since: str) -> Appointment:
    return make_appointment(
        service=service,
        starts_at=at(3, "10:00"),
        status="arrived",
        arrived_at=at(3, since),
        patient=make_patient(name=name),
        practitioner=None,
    )


def test_who_waits_is_shown_with_the_button_that_ends_it(desk: Client, service: Service) -> None:
    waiting(service, "Priya Nair", "10:05")
    html = text(get(desk, "urgent"))
    assert "Priya Nair waits 7 min" in html
    assert 'value="start"' in html


def test_one_late_and_one_waiting_come_before_two_of_a_kind(desk: Client, service: Service) -> None:
    for name, since in (("Priya Nair", "9:50"), ("Joan Whitlow", "9:55")):
        waiting(make_clinic(), name, since)
    make_appointment(service=service, starts_at=at(3, "10:00"), patient=make_patient(name="Graham Tull"))
    html = text(get(desk, "urgent"))
    assert html.count('class="o-next"') == 2
    assert "Graham Tull, 12 min late" in html


def test_a_missed_morning_does_not_stay_on_top_all_day(desk: Client, service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "9:00"), patient=make_patient(name="Graham Tull"))
    assert "Graham Tull" not in text(get(desk, "urgent"))


def test_it_costs_the_same_for_one_and_for_many(
    desk: Client, service: Service, django_assert_num_queries: Callable[..., object]
) -> None:
    for name in ("Priya Nair", "Joan Whitlow", "Samir Haddad"):
        waiting(make_clinic(), name, "10:00")
    with django_assert_num_queries(6):  # session, who asks, visits, alerts, hands, who waits for a time
        get(desk, "urgent")
