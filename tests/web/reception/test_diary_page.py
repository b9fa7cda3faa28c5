"""/reception/: the frame that the script fills."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Practitioner
from booking.models import Appointment
from catalogue.models import Service
from tests.factories import at, make_appointment, make_location
from tests.web.reception.desk import text


def page(desk: Client, **query: str) -> str:
    return text(desk.get(reverse("reception:diary"), query))


def config(html: str) -> dict[str, str]:
    found = re.search(r'data-config="([^"]*)"', html)
    assert found is not None
    return json.loads(unescape(found[1]))


def test_it_opens_on_today_at_the_clinic(desk: Client) -> None:
    assert config(page(desk))["day"] == "2026-12-03"


def test_another_day_can_be_asked_for(desk: Client) -> None:
    assert "Friday 4 December" in page(desk, day="2026-12-04")


def test_a_day_that_is_none_is_today(desk: Client) -> None:
    assert config(page(desk, day="2026-02-30"))["day"] == "2026-12-03"


def test_nothing_is_inline(desk: Client, visit: Appointment) -> None:
    html = page(desk)
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", html)


def test_the_first_question_of_a_week_starts_on_its_monday(desk: Client) -> None:
    assert "from=2026-11-30&amp;days=7" in page(desk, view="week")


def test_with_one_place_there_is_nothing_to_choose(desk: Client, visit: Appointment) -> None:
    assert 'name="location"' not in page(desk)


def test_with_two_places_there_is(desk: Client, visit: Appointment) -> None:
    make_location(name="Mill Lane")
    assert "Mill Lane" in page(desk)


def test_pages_that_do_not_exist_are_not_offered(desk: Client) -> None:
    assert 'href=""' not in page(desk)


def test_who_is_late_stands_on_top_with_a_number_to_ring(
    desk: Client, visit: Appointment, clock: Callable[[datetime], None]
) -> None:
    clock(at(3, "10:12"))
    html = page(desk)
    assert "Tom Hale, 12 min late" in html
    assert f'href="tel:{visit.patient.phone}"' in html


def test_a_few_minutes_are_not_late(
    desk: Client, visit: Appointment, clock: Callable[[datetime], None]
) -> None:
    clock(at(3, "10:04"))
    assert "Tom Hale, 4 min late" not in page(desk)


def test_the_day_can_be_read_as_a_list(desk: Client, visit: Appointment) -> None:
    html = text(desk.get(reverse("reception:day-list")))
    assert "10:00" in html
    assert "Tom Hale" in html


def test_the_list_keeps_the_visits_of_a_physio_who_has_left(desk: Client, visit: Appointment) -> None:
    Practitioner.objects.update(active=False)
    assert "Tom Hale" in text(desk.get(reverse("reception:day-list")))


def test_the_list_says_in_words_how_a_visit_stands(
    desk: Client, visit: Appointment, clock: Callable[[datetime], None]
) -> None:
    clock(at(3, "10:12"))
    assert "<span>12 min late</span>" in text(desk.get(reverse("reception:day-list")))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_a_fixed_number_of_queries(
    desk: Client, service: Service, number: int, django_assert_num_queries: Any
) -> None:
    for index in range(number):
        starts_at = at(3, "0:00") + index * timedelta(minutes=service.duration_minutes)
        make_appointment(service=service, starts_at=starts_at)
    desk.get(reverse("reception:day-list"))
    with django_assert_num_queries(10):
        assert text(desk.get(reverse("reception:day-list"))).count("<time>") == number


def test_a_week_is_named_by_its_first_and_last_day(desk: Client) -> None:
    assert "30 November – 6 December" in page(desk, view="week")


def test_a_booking_begins_on_the_day_that_is_shown(desk: Client) -> None:
    assert 'href="/reception/book/?day=2026-12-08"' in page(desk, day="2026-12-08")


def test_a_day_that_is_over_is_not_proposed(desk: Client) -> None:
    assert 'href="/reception/book/"' in page(desk, day="2026-12-01")
