"""The diary as JSON: twelve columns, one week, about seven hundred visits, against the bare facts."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from booking.api.views.diary import shown
from booking.models import Appointment
from booking.queries.diary import read_diary
from tests.benchmarks.measure import Figure, in_turn
from tests.factories import at, make_appointment, make_clinic

COLUMNS, DAYS = 12, 7

BARE = """
SELECT appointment.id::text, sequence, status, starts_at::text, ends_at::text,
    practitioner.slug, location.slug,
    room.name AS room, service.name AS service, patient.id::text AS patient_id, patient.name AS patient,
    overbook_reason, arrived_at::text, started_at::text, source, appointment.price_minor
FROM booking_appointment AS appointment
JOIN catalogue_service AS service ON service.id = service_id
JOIN accounts_practitioner AS practitioner ON practitioner.id = practitioner_id
JOIN booking_location AS location ON location.id = appointment.location_id
LEFT JOIN booking_room AS room ON room.id = room_id
LEFT JOIN accounts_patient AS patient ON patient.id = patient_id
WHERE starts_at >= %s AND starts_at < %s
  AND status IN ('arrived', 'completed', 'confirmed', 'held', 'in_room', 'no_show')
ORDER BY starts_at
"""


@pytest.mark.django_db
def test_a_week_of_twelve_against_bare_sql_and_json(report: Callable[[Figure], None]) -> None:
    service = make_clinic(practitioners=COLUMNS)
    people, rooms = list(service.practitioners.all()), list(make_rooms(service))
    first = make_appointment(service=service, starts_at=at(30, "9:00", month=11), room=rooms[0])
    fields = {field.attname: getattr(first, field.attname) for field in Appointment._meta.concrete_fields}
    fields.pop("id")
    Appointment.objects.bulk_create(
        Appointment(
            **{
                **fields,
                "practitioner_id": person.pk,
                "room_id": room.pk,
                "starts_at": (start := at(30, "9:00", month=11) + timedelta(days=day, minutes=45 * slot)),
                "ends_at": start + timedelta(minutes=45),
                "occupied_until": start + timedelta(minutes=45),
            }
        )
        for person, room in zip(people, rooms, strict=True)
        for day in range(DAYS)
        for slot in range(8)
        if (person, day, slot) != (people[0], 0, 0)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    day, span = first.starts_at.date(), [at(30, "0:00", month=11), at(7, "0:00")]

    def ours() -> bytes:
        return json.dumps(shown(read_diary(first_day=day, days=DAYS, now=timezone.now()))).encode()

    def bare() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute(BARE, span)
            names = [column.name for column in cursor.description or ()]
            return json.dumps([dict(zip(names, row, strict=True)) for row in cursor.fetchall()]).encode()

    assert len(json.loads(ours())["visits"]) == len(json.loads(bare())) == COLUMNS * DAYS * 8
    mine, floor = in_turn(ours=ours, theirs=bare, rounds=60)
    report(Figure("diary, 12 practitioners × 1 week", mine, "bare SQL, json", floor, limit=3))


def make_rooms(service: Any) -> Any:
    """The rooms of the clinic that was made for this service."""
    return service.practitioners.first().working_hours.first().location.rooms.order_by("pk")
