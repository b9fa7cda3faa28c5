"""Open times as plain rows."""

from datetime import date, datetime, timedelta

import pytest

from booking.models import Location
from booking.queries.open_time_rows import clock_of, open_time_rows
from booking.queries.open_times import open_times
from booking.rules.wall_clock import local_days
from tests.factories import LONDON, NOW, at, make_appointment, make_clinic, make_location, make_weekly_hours

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 12, 3)


def test_a_row_says_when_and_where() -> None:
    rows = open_time_rows(open_times(service=make_clinic(), from_day=THURSDAY, days=1, now=NOW))
    assert rows[0] == {
        "start": "2026-12-03T09:00:00+00:00",
        "end": "2026-12-03T09:45:00+00:00",
        "location": Location.objects.get().slug,
    }


def test_rows_say_the_same_as_the_times() -> None:
    service = make_clinic(practitioners=2, duration_minutes=55, turnaround_minutes=10)
    make_appointment(service=service, starts_at=at(3, "11:00"))
    other = make_location()
    make_weekly_hours(practitioner=service.practitioners.all()[1], location=other, opens="12:00")
    found = open_times(service=service, from_day=THURSDAY, days=14, now=NOW)
    rows = [
        (datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"]), row["location"])
        for row in open_time_rows(found)
    ]
    assert rows == [(time.start, time.end, time.location.slug) for time in found]


@pytest.mark.parametrize("day", [THURSDAY, date(2027, 3, 27), date(2027, 3, 28)])
def test_a_minute_after_midnight_is_written_with_the_next_date(day: date) -> None:
    [local_day] = local_days(LONDON, day, 1)
    written = clock_of(local_day)(local_day.end + 30)
    assert written.startswith(f"{day + timedelta(days=1)}T00:30:00+")
