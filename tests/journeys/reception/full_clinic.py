"""A full clinic for looking at and for measuring: twelve physios, about 150 visits a day."""

from datetime import datetime, timedelta
from itertools import cycle

from accounts.models import Patient, Practitioner
from booking.models import Appointment, Leave, Location
from catalogue.models import Service
from tests.factories import (
    LONDON,
    NOW,
    make_location,
    make_policy,
    make_practitioner,
    make_service,
    make_weekly_hours,
)

PHYSIOS = (
    "Maren Holt", "Tomasz Lind", "Ruth Adeyemi", "Inês Carvalho", "Daniel Pryce", "Hana Sato", "Owen Marsh",
    "Leila Haddad", "Piotr Zielinski", "Grace Okafor", "Callum Reid", "Sofia Lund",
)  # fmt: skip
FIRST_NAMES = (
    "Oliver", "Joan", "Samir", "Bea", "Colin", "Fiona", "Leo", "Annika", "Winston", "Gwen", "Dev", "Rosa",
    "Martin", "Ellie", "Graham", "Nadia", "Peter", "Kofi", "Irene", "Judith", "Doris", "Ahmed", "Lucy",
    "Priya", "Hugh", "Sally",
)  # fmt: skip
LAST_NAMES = (
    "Banks", "Whitlow", "Haddad", "Lockhart", "Mayhew", "Drury", "Castell", "Berg", "Clarke", "Parry",
    "Malhotra", "Quint", "Rowe", "Sands", "Tull", "Frost", "Nye", "Mensah", "Holm", "Amos", "Peel", "Said",
    "Tan", "Nair", "Bannerman",
)  # fmt: skip
LENGTHS = (45, 30, 45, 45, 30, 60, 45, 30, 45, 45, 30, 45)


def full_clinic(*, now: datetime, days: int = 1) -> list[Practitioner]:
    """Days from the day of `now` on. Four statements' worth of visits, so a week of them is quick to make."""
    place = make_location(rooms=0, slug="hexley", name="Hexley")
    people = [
        make_practitioner(name=name, slug=name.split()[0].lower().replace("ê", "e"), position=number)
        for number, name in enumerate(PHYSIOS)
    ]
    policy = make_policy()
    services = {
        minutes: make_service(
            practitioners=people,
            name=name,
            slug=slug,
            visit_kind=kind,
            duration_minutes=minutes,
            start_grid_minutes=15,
            policy=policy,
            position=position,
        )
        for position, (minutes, name, slug, kind) in enumerate(
            (
                (60, "First visit", "first-visit", Service.VisitKind.FIRST),
                (45, "Follow-up", "follow-up", Service.VisitKind.FOLLOW_UP),
                (30, "Short follow-up", "short", Service.VisitKind.FOLLOW_UP),
            )
        )
    }
    for number, person in enumerate(people):
        make_weekly_hours(
            practitioner=person, location=place, opens="08:00" if number % 3 else "08:30", closes="18:00"
        )
        place.rooms.create(name=f"Room {number + 1}", position=number)
    patients = _patients()
    visits = []
    for day in range(days):
        midnight = now.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
        for number, person in enumerate(people):
            visits += _a_day(
                person, number, midnight + timedelta(days=day), services, place, patients, now=now
            )
    Appointment.objects.bulk_create(visits)
    Leave.objects.create(
        practitioner=people[8],
        starts_at=midnight.replace(hour=14),
        ends_at=midnight.replace(hour=18),
        kind="leave",
        reason="Course",
    )
    return people


def _patients() -> "cycle[Patient]":
    rows = [
        Patient(
            name=f"{first} {last}",
            search_name=f"{first} {last}".lower(),
            email=f"{first}.{last}@mail.example".lower(),
            phone=f"+447700900{index:03d}",
            alert="Faints at the sight of needles." if index % 40 == 7 else "",
            created_at=NOW,
        )
        for index, (first, last) in enumerate(
            (first, LAST_NAMES[(number * 7 + turn) % len(LAST_NAMES)])
            for turn in range(6)
            for number, first in enumerate(FIRST_NAMES)
        )
    ]
    return cycle(Patient.objects.bulk_create(rows))


def _a_day(
    person: Practitioner,
    number: int,
    midnight: datetime,
    services: dict[int, Service],
    place: Location,
    patients: "cycle[Patient]",
    *,
    now: datetime,
) -> list[Appointment]:
    visits: list[Appointment] = []
    room = place.rooms.order_by("position")[number]
    at = midnight + timedelta(hours=8, minutes=(number % 4) * 15)
    end = midnight + timedelta(hours=18)
    lunch = midnight + timedelta(hours=12, minutes=(number % 3) * 15)
    for turn in range(20):
        minutes = LENGTHS[(turn + number) % len(LENGTHS)]
        if at <= lunch < at + timedelta(minutes=minutes):
            at = lunch + timedelta(minutes=30)
        if at + timedelta(minutes=minutes) > end:
            break
        if (turn + number) % 11 == 5:
            at += timedelta(minutes=15)
            continue
        visits.append(_visit(person, room, services[minutes], at, next(patients), number + turn, now=now))
        at += timedelta(minutes=minutes)
    return visits


def _visit(
    person: Practitioner,
    room: object,
    service: Service,
    at: datetime,
    patient: Patient,
    lot: int,
    *,
    now: datetime,
) -> Appointment:
    ends_at = at + timedelta(minutes=service.duration_minutes)
    status, times = "confirmed", {}
    if ends_at <= now:
        status = "no_show" if lot % 17 == 3 else "completed"
    elif at <= now:
        status = "confirmed" if lot % 9 == 4 else "arrived" if lot % 9 == 5 else "in_room"
    elif at - now < timedelta(minutes=20) and lot % 3 == 0:
        status = "arrived"
    if status in ("arrived", "in_room"):
        times["arrived_at"] = min(at, now) - timedelta(minutes=lot % 7)
    if status == "in_room":
        times["started_at"] = at
    return Appointment(
        service=service,
        practitioner=person,
        location_id=room.location_id,  # type: ignore[attr-defined]
        room=room,
        patient=patient,
        starts_at=at,
        ends_at=ends_at,
        occupied_until=ends_at,
        status=status,
        price_minor=6400,
        currency="GBP",
        policy_version="1",
        policy_text="Move or cancel for nothing until 24 hours before.",
        policy_free_until_hours=24,
        policy_late_refund_percent=50,
        policy_no_show_refund_percent=0,
        source="online" if lot % 2 else "desk",
        patient_note="Left knee, please." if lot % 13 == 2 else "",
        created_at=NOW,
        **times,
    )
