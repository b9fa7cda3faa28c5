"""The footer: where the clinic is and when somebody is there."""

from datetime import date, time

import pytest
from django.test import Client

from booking.models import WorkingHours
from booking.queries.places import OpenDay, open_places, runs
from tests.factories import make_location, make_practitioner, make_weekly_hours

TODAY = date(2026, 11, 30)


def day(weekday: int, closes: int = 17) -> OpenDay:
    return OpenDay(weekday, time(9), time(closes))


def test_neighbouring_days_with_the_same_hours_are_one_run() -> None:
    week = (day(0), day(1), day(2, 19), day(4), day(5))

    assert [(first.weekday, last.weekday) for first, last in runs(week)] == [(0, 1), (2, 2), (4, 5)]


@pytest.mark.django_db
def test_a_day_lasts_from_the_first_physio_to_the_last() -> None:
    location = make_location()
    make_weekly_hours(practitioner=make_practitioner(), location=location, opens="08:00", closes="12:00")
    make_weekly_hours(practitioner=make_practitioner(), location=location, opens="11:00", closes="19:00")

    assert open_places(on=TODAY)[0].week[0] == OpenDay(0, time(8), time(19))


@pytest.mark.django_db
def test_hours_of_who_has_left_do_not_count() -> None:
    location = make_location()
    make_weekly_hours(practitioner=make_practitioner(active=False), location=location)

    assert open_places(on=TODAY)[0].week == ()


@pytest.mark.django_db
def test_hours_that_have_ended_do_not_count() -> None:
    location = make_location()
    make_weekly_hours(practitioner=make_practitioner(), location=location)
    WorkingHours.objects.update(valid_until=date(2026, 11, 29))

    assert open_places(on=TODAY)[0].week == ()


@pytest.mark.django_db
def test_every_page_says_where_the_clinic_is(client: Client) -> None:
    location = make_location(name="Millrace Lane", street="8 Millrace Lane")
    make_weekly_hours(practitioner=make_practitioner(), location=location)

    html = client.get("/accounts/login/").content.decode()

    assert "8 Millrace Lane" in html
    assert "Mon to Fri" in html
    assert "9:00–17:00" in html


@pytest.mark.django_db
def test_a_closed_location_is_not_named(client: Client) -> None:
    make_location(name="Shut Street", active=False)

    assert "Shut Street" not in client.get("/accounts/login/").content.decode()
