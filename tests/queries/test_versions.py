"""An open screen asks whether anything changed, and hears of what the back office edits as well."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import models

from booking.models import Closure, HoursOnDate, Leave, WorkingHours
from booking.queries.clinical.changes import day_version
from booking.queries.diary.version import diary_version
from tests.factories import at, make_clinic

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 3)


@pytest.fixture
def rows() -> dict[str, models.Model]:
    """One of each that the back office edits, all of one physio."""
    make_clinic()
    hours = WorkingHours.objects.earliest("pk")
    me, location = hours.practitioner, hours.location
    day = {"practitioner": me, "location": location, "date": DAY, "opens": time(9), "closes": time(12)}
    return {
        "hours": hours,
        "hours on one day": HoursOnDate.objects.create(**day),
        "leave": Leave.objects.create(practitioner=me, starts_at=at(3, "9:00"), ends_at=at(3, "10:00")),
        "closure": Closure.objects.create(first_day=DAY, last_day=DAY, name="Boiler"),
    }


EDITS: dict[str, Callable[[], dict[str, object]]] = {
    "hours": lambda: {"closes": time(15, 30)},
    "hours on one day": lambda: {"opens": time(10)},
    "leave": lambda: {"ends_at": at(3, "11:00")},
    "closure": lambda: {"last_day": DAY + timedelta(days=1)},
}


def edit(row: models.Model, name: str) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**EDITS[name]())


@pytest.mark.parametrize("name", EDITS)
def test_the_diary_hears_of_what_was_edited(rows: dict[str, models.Model], name: str) -> None:
    before = diary_version()
    edit(rows[name], name)
    assert diary_version() != before


@pytest.mark.parametrize("name", EDITS)
def test_a_physios_day_hears_of_what_was_edited(rows: dict[str, models.Model], name: str) -> None:
    leave = rows["leave"]
    assert isinstance(leave, Leave)
    before = day_version(me=leave.practitioner, day=DAY)
    edit(rows[name], name)
    assert day_version(me=leave.practitioner, day=DAY) != before


def test_a_diary_that_stays_as_it_is_keeps_its_version(rows: dict[str, models.Model]) -> None:
    assert diary_version() == diary_version()
