"""A visit as a calendar file, read by two parsers that are not ours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar, Event
from pytest_django import Settings

from booking.actions.audit import Actor
from booking.actions.cancellations import cancel
from booking.actions.moves import move
from booking.models import Appointment
from booking.queries.calendar import calendar_file
from booking.queries.links import link_to
from tests.factories import NOW, at, make_appointment, make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Appointment:
    return make_appointment(service=make_clinic(name="Dry needling"), starts_at=at(10, "10:20"))


def read(visit: Appointment, *, now: datetime = NOW) -> Calendar:
    return Calendar.from_ical(calendar_file(appointment=visit, now=now).content)


def event_of(visit: Appointment, **options: Any) -> Event:
    (event,) = read(visit, **options).events
    return event


def test_it_begins_and_ends_with_the_visit(visit: Appointment) -> None:
    event = event_of(visit)
    assert (event.start, event.end) == (at(10, "10:20"), at(10, "11:05"))


def test_it_is_in_clinic_time_whatever_zone_the_server_is_in(visit: Appointment, settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    assert b"DTSTART;TZID=Europe/London:20261210T102000" in calendar_file(appointment=visit, now=NOW).content


def test_its_zone_comes_along(visit: Appointment) -> None:
    assert [zone.tz_name for zone in read(visit).timezones] == ["Europe/London"]
    assert read(visit).get_missing_tzids() == set()


def test_it_is_told_apart_by_the_visit_and_the_site(visit: Appointment) -> None:
    assert event_of(visit)["UID"] == f"{visit.pk}@localhost"


def test_a_move_updates_the_same_entry(visit: Appointment) -> None:
    before = event_of(visit)
    moved = move(appointment_id=visit.pk, starts_at=at(11, "14:00"), now=NOW, by=Actor.patient()).appointment
    after = event_of(moved)
    assert (after["UID"], after.start) == (before["UID"], at(11, "14:00"))
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_coming_visit_is_published_and_confirmed(visit: Appointment) -> None:
    assert (read(visit)["METHOD"], event_of(visit)["STATUS"]) == ("PUBLISH", "CONFIRMED")


def test_a_cancelled_visit_is_withdrawn(visit: Appointment) -> None:
    before = event_of(visit)
    cancelled = cancel(appointment_id=visit.pk, by=Actor.patient(), now=NOW).appointment
    after = event_of(cancelled)
    assert (read(cancelled)["METHOD"], after["STATUS"]) == ("CANCEL", "CANCELLED")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_nobody_is_asked_to_accept_or_decline(visit: Appointment) -> None:
    event = event_of(visit)
    assert "ATTENDEE" not in event
    assert event["ORGANIZER"] == "mailto:hello@oakmont.example"


def test_it_says_when_it_was_written(visit: Appointment) -> None:
    assert event_of(visit, now=NOW + timedelta(days=1)).stamp == NOW + timedelta(days=1)


def test_it_leads_back_to_the_visit(visit: Appointment) -> None:
    event = event_of(visit)
    assert event["URL"] == link_to(visit)
    assert link_to(visit) in event["DESCRIPTION"]


def test_it_says_where(visit: Appointment) -> None:
    assert event_of(visit)["LOCATION"] == f"{visit.location.name}, 14 Tanner’s Row, Hexley"


def test_whoever_looks_over_a_shoulder_reads_no_word_of_treatment(visit: Appointment) -> None:
    assert event_of(visit)["SUMMARY"] == "Appointment, Oakmont Physio"
    assert b"needling" not in calendar_file(appointment=visit, now=NOW).content.lower()
    assert event_of(visit)["CLASS"] == "PRIVATE"


def test_its_lines_are_as_the_standard_wants_them(visit: Appointment) -> None:
    lines = calendar_file(appointment=visit, now=NOW).content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/London", date(2027, 3, 28)),
        ("Europe/London", date(2026, 10, 25)),
        ("Europe/Berlin", date(2027, 3, 28)),
        ("America/New_York", date(2027, 3, 14)),
        ("America/New_York", date(2026, 11, 1)),
        ("Australia/Lord_Howe", date(2027, 4, 4)),
        ("Australia/Lord_Howe", date(2026, 10, 4)),
        ("Asia/Kolkata", date(2026, 12, 10)),
        ("Pacific/Chatham", date(2027, 4, 4)),
    ],
)
@pytest.mark.parametrize("hour", [0, 4, 9, 17])
def test_a_calendar_shows_it_at_the_clinic_s_hour_also_when_clocks_change(
    settings: Settings, zone: str, day: date, hour: int
) -> None:
    settings.CLINIC_TIME_ZONE = zone
    starts_at = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
    visit = make_appointment(service=make_clinic(), starts_at=starts_at.astimezone(UTC))
    calendar = read(visit)
    (shown,) = recurring_ical_events.of(calendar).at(day)
    assert shown.start == starts_at
    assert (shown.start.hour, shown.start.date()) == (hour, day)
    # The zone in the file says the same as the zone of the same name that a calendar may have of its own.
    own_rules = calendar.timezones[0].to_tz(lookup_tzid=False)
    wall_clock = shown.start.replace(tzinfo=own_rules)
    assert wall_clock.utcoffset() == starts_at.utcoffset()
