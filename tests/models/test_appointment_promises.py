"""What the database itself refuses, whatever the code above it does."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Practitioner
from booking.models import Appointment, Location
from booking.rules.lifecycle import OCCUPIES_TIME
from catalogue.models import Service
from tests.factories import (
    at,
    make_appointment,
    make_clinic,
    make_practitioner,
    make_room,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return make_clinic(practitioners=2, rooms=2, turnaround_minutes=10)


def refused(constraint: str, **fields: object) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_appointment(**fields)


def another_room() -> dict[str, object]:
    return {"room": make_room(location=Location.objects.get())}


def another_person() -> dict[str, object]:
    return {"practitioner": Practitioner.objects.order_by("pk").last()}


def test_a_practitioner_is_never_double_booked(service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "10:00"))
    refused(
        "practitioner_is_never_double_booked", service=service, starts_at=at(3, "10:30"), **another_room()
    )


def test_a_room_is_never_double_booked(service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "10:00"))
    person = another_person()
    refused(
        "room_is_never_double_booked",
        service=service,
        starts_at=at(3, "10:30"),
        room=Location.objects.get().rooms.order_by("pk").first(),
        **person,
    )


def test_the_room_is_turned_round_before_the_next_visit(service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "10:00"))
    refused("double_booked", service=service, starts_at=at(3, "10:45"))


def test_one_visit_may_begin_when_the_room_is_ready(service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "10:00"))
    make_appointment(service=service, starts_at=at(3, "10:55"))


@pytest.mark.parametrize("status", ["cancelled", "lapsed"])
def test_what_does_not_take_place_frees_its_time(service: Service, status: str) -> None:
    make_appointment(service=service, starts_at=at(3, "10:00"), status=status)
    make_appointment(service=service, starts_at=at(3, "10:00"))


@pytest.mark.parametrize("status", sorted(OCCUPIES_TIME))
def test_every_other_status_keeps_its_time(service: Service, status: str) -> None:
    make_appointment(service=service, starts_at=at(3, "10:00"), status=status)
    refused("double_booked", service=service, starts_at=at(3, "10:00"))


def test_reception_may_overbook_a_practitioner_with_a_reason(service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "10:00"))
    make_appointment(
        service=service,
        starts_at=at(3, "10:00"),
        overbooked_by=make_user(role="reception"),
        overbook_reason="Acute back, ten minutes will do",
        **another_room(),
    )


def test_nobody_overbooks_without_a_reason(service: Service) -> None:
    refused(
        "overbooking_has_a_reason",
        service=service,
        starts_at=at(3, "10:00"),
        overbooked_by=make_user(role="reception"),
    )


def test_times_stand_on_five_minutes(service: Service) -> None:
    refused("aligned_to_five_minutes", service=service, starts_at=at(3, "10:02"))


def test_times_have_no_stray_seconds(service: Service) -> None:
    refused("aligned_to_five_minutes", service=service, starts_at=at(3, "10:00") + timedelta(seconds=1))


def test_a_visit_ends_after_it_begins(service: Service) -> None:
    moment = at(3, "10:00")
    refused("ends_after_it_begins", service=service, starts_at=moment, ends_at=moment, occupied_until=moment)


def test_a_confirmed_visit_has_a_patient(service: Service) -> None:
    refused("has_a_patient_once_it_is_made", service=service, starts_at=at(3, "10:00"), patient=None)


def test_a_hold_has_an_end(service: Service) -> None:
    refused("hold_has_an_end", service=service, starts_at=at(3, "10:00"), status="held", hold_expires_at=None)


def test_the_question_about_busy_times_is_served_by_its_own_index(service: Service) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT occupied_until FROM booking_appointment WHERE practitioner_id = %s"
            f" AND starts_at >= %s AND status IN ({', '.join(repr(str(s)) for s in sorted(OCCUPIES_TIME))})",
            [make_practitioner().pk, at(1, "0:00")],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "occupied_by_practitioner" in plan


def test_a_calendar_entry_keeps_its_name_when_the_visit_moves(service: Service) -> None:
    visit = make_appointment(service=service, starts_at=at(3, "10:00"))
    before = visit.calendar_uid
    Appointment.objects.filter(pk=visit.pk).update(starts_at=at(3, "12:00"), ends_at=at(3, "12:45"),
                                                   occupied_until=at(3, "12:55"))  # fmt: skip
    visit.refresh_from_db()
    assert visit.calendar_uid == before
