"""A clinic of ten physios with full diaries and a long past, written by PostgreSQL itself."""

from datetime import date, timedelta

import psycopg

from booking.models import Appointment
from catalogue.models import Service
from tests.factories import at, make_appointment, make_clinic

PRACTITIONERS = 10
VISITS_AT = [0, 60, 180, 240, 360]  # minutes after the first

# One visit is copied, each copy with its own practitioner, room and time. Every day holds five visits of 45
# minutes and 15 to turn the room round, beginning a little later for one practitioner than for another.
COPY = """
INSERT INTO booking_appointment ({columns})
SELECT {values}
FROM booking_appointment AS original,
    (SELECT id, row_number() OVER (ORDER BY id) AS number FROM accounts_practitioner) AS practitioner
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS number FROM booking_room) AS room USING (number),
    generate_series(0, %(days)s - 1) AS day,
    unnest(%(visits)s) AS visit,
    LATERAL (SELECT %(first_day)s::timestamptz + day * interval '1 day' + interval '9 hours'
        + visit * interval '1 minute' + (number %% 3) * interval '15 minutes' AS starts_at) AS moment
WHERE original.status = 'cancelled'
"""
COPIED_WITH = {
    "id": "gen_random_uuid()",
    "status": "%(status)s",
    "practitioner_id": "practitioner.id",
    "room_id": "room.id",
    "starts_at": "moment.starts_at",
    "ends_at": "moment.starts_at + interval '45 minutes'",
    "occupied_until": "moment.starts_at + interval '60 minutes'",
}


def make_large_clinic() -> Service:
    """Ten physios, each with a room, who work on weekdays from nine to five; and one cancelled visit."""
    service = make_clinic(practitioners=PRACTITIONERS, turnaround_minutes=15)
    make_appointment(service=service, starts_at=at(1, "9:00"), status=Appointment.Status.CANCELLED)
    return service


def fill(database_url: str, *, first_day: date, days: int, status: str) -> None:
    """Give everybody five visits on each of the days."""
    columns = [field.column or "" for field in Appointment._meta.concrete_fields]
    values = [COPIED_WITH.get(column, f"original.{column}") for column in columns]
    statement = COPY.format(columns=", ".join(columns), values=", ".join(values))
    with psycopg.connect(database_url, autocommit=True) as connection:
        # What a copy refers to exists, since the original refers to it: a million look-ups less.
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            statement,
            {"first_day": first_day, "days": days, "visits": VISITS_AT, "status": status},
        )
        connection.execute("VACUUM ANALYZE")


def fill_past(database_url: str, *, last_day: date, appointments: int) -> None:
    """So many completed visits, the latest on `last_day`."""
    days = appointments // (PRACTITIONERS * len(VISITS_AT))
    fill(database_url, first_day=last_day - timedelta(days=days - 1), days=days, status="completed")
