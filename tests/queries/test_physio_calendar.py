"""A physio's calendar, read by real parsers."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from booking.models import Appointment
from booking.queries.physio_calendar import physio_calendar
from tests.factories import LONDON, NOW, at, make_appointment, make_clinic, make_needling, make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Appointment:
    """Elena Rose Marsh, Thursday 3 December at 10:20."""
    service = make_clinic(name="Needling follow-up", practitioners=2)
    service.treatments.add(make_needling())
    return make_appointment(
        service=service,
        starts_at=at(3, "10:20"),
        patient=make_patient(name="Elena Rose Marsh", alert="Haemophilia"),
        patient_note="Left hip hurts.",
    )


def read(visit: Appointment, now: datetime = NOW) -> Calendar:
    return Calendar.from_ical(physio_calendar(practitioner=visit.practitioner, now=now))


def events(visit: Appointment, now: datetime = NOW) -> list[Any]:
    return list(read(visit, now).walk("VEVENT"))


def at_that_day(visit: Appointment, moment: datetime, now: datetime) -> list[Any]:
    """As a calendar program shows it."""
    day = moment.date()
    return list(recurring_ical_events.of(read(visit, now)).at((day.year, day.month, day.day)))


def test_a_visit_is_there_by_initials_with_its_length_and_place(visit: Appointment) -> None:
    (event,) = events(visit)
    assert event["SUMMARY"] == "E. M., 45 min"
    assert visit.room is not None
    assert event["LOCATION"] == f"{visit.room.name}, {visit.location.name}"
    assert event.start == at(3, "10:20")


def test_no_clinical_word_and_no_name_is_in_it(visit: Appointment) -> None:
    text = physio_calendar(practitioner=visit.practitioner, now=NOW).decode().lower()
    for word in ("elena", "rose", "marsh", "needling", "follow-up", "hip", "haemophilia", "@mail.example"):
        assert word not in text
    assert "description" not in text


def test_the_zone_is_described_and_named(visit: Appointment) -> None:
    calendar = read(visit)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].params["TZID"] == "Europe/London"


def test_a_moved_visit_keeps_its_uid_and_its_sequence_rises(visit: Appointment) -> None:
    (before,) = events(visit)
    Appointment.objects.update(sequence=3)
    (after,) = events(visit)
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], 3)


def test_a_cancelled_visit_to_come_is_marked_so(visit: Appointment) -> None:
    Appointment.objects.update(status="cancelled", sequence=1)
    (event,) = events(visit)
    assert event["STATUS"] == "CANCELLED"


def test_a_cancelled_visit_of_the_past_is_left_out(visit: Appointment) -> None:
    Appointment.objects.update(status="cancelled")
    assert events(visit, at(4, "8:00")) == []


@pytest.mark.parametrize("status", ["held", "lapsed"])
def test_what_is_only_held_is_left_out(visit: Appointment, status: str) -> None:
    Appointment.objects.update(status=status, hold_expires_at=NOW)
    assert events(visit) == []


def test_a_colleagues_visits_are_left_out(visit: Appointment) -> None:
    other = visit.service.practitioners.exclude(pk=visit.practitioner_id).get()
    Appointment.objects.update(practitioner=other)
    assert events(visit) == []


def test_it_reaches_a_month_back_and_half_a_year_ahead(visit: Appointment) -> None:
    assert len(events(visit, visit.starts_at + timedelta(days=30))) == 1
    assert events(visit, visit.starts_at + timedelta(days=31)) == []
    assert len(events(visit, visit.starts_at - timedelta(days=179))) == 1
    assert events(visit, visit.starts_at - timedelta(days=181)) == []


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 10, 24, 10, 0, tzinfo=LONDON),
        datetime(2026, 10, 26, 10, 0, tzinfo=LONDON),
        datetime(2027, 3, 27, 10, 0, tzinfo=LONDON),
        datetime(2027, 3, 29, 10, 0, tzinfo=LONDON),
    ],
    ids=["before winter", "after winter", "before summer", "after summer"],
)
def test_ten_stays_ten_on_both_sides_of_both_clock_changes(visit: Appointment, moment: datetime) -> None:
    end = moment + timedelta(minutes=45)
    Appointment.objects.update(starts_at=moment, ends_at=end, occupied_until=end)
    (event,) = at_that_day(visit, moment, moment - timedelta(days=7))
    assert event.start.astimezone(ZoneInfo("UTC")) == moment.astimezone(ZoneInfo("UTC"))
    assert (event.start.hour, event.start.minute) == (10, 0)


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_one_query(visit: Appointment, number: int, django_assert_num_queries: Any) -> None:
    for later in range(1, number):
        make_appointment(service=visit.service, starts_at=visit.starts_at + timedelta(hours=later))
    with django_assert_num_queries(1):
        physio_calendar(practitioner=visit.practitioner, now=NOW)
