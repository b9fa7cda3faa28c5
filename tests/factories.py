"""Small clinics for tests: plain functions, each giving a saved row with sensible defaults, all overridable.

The fixed moment is a Monday morning in winter, far from both clock changes.
"""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Credential, Patient, Practitioner, User
from booking.models import Appointment, Location, Room, WaitlistEntry, WorkingHours
from catalogue.models import (
    CancellationPolicy,
    Condition,
    ConditionTreatment,
    ConsentText,
    Published,
    ScreeningForm,
    ScreeningQuestion,
    Service,
    Treatment,
)

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=LONDON)
_number = count(1)


def at(day: int, clock: str, *, month: int = 12, year: int = 2026) -> datetime:
    """A moment on the clinic's clock: at(3, "10:20") is 3 December 2026."""
    return datetime.combine(date(year, month, day), time.fromisoformat(clock.zfill(5)), tzinfo=LONDON)


def make_user(**fields: Any) -> User:
    email = fields.pop("email", f"person{next(_number)}@mail.example")
    return User.objects.create_user(email, **{"name": "Elena Marsh"} | fields)


def make_patient(**fields: Any) -> Patient:
    defaults = {
        "name": "Elena Marsh",
        "email": f"patient{next(_number)}@mail.example",
        "phone": "+447700900142",
        "date_of_birth": date(1984, 8, 3),
        "created_at": NOW,
    }
    return Patient.objects.create(**defaults | fields)


def make_practitioner(**fields: Any) -> Practitioner:
    number = next(_number)
    return Practitioner.objects.create(
        **{"slug": f"physio-{number}", "name": f"Maren Holt {number}", "position": number} | fields
    )


def make_credential(*, practitioner: Practitioner, **fields: Any) -> Credential:
    defaults = {"technique": "dry-needling", "issued_by": "A college", "valid_from": date(2020, 1, 1)}
    return Credential.objects.create(practitioner=practitioner, **defaults | fields)


def make_location(*, rooms: int = 1, **fields: Any) -> Location:
    """A location with so many treatment rooms."""
    number = next(_number)
    defaults = {
        "slug": f"place-{number}",
        "name": f"Place {number}",
        "street": "14 Tanner’s Row",
        "town": "Hexley",
    }
    location = Location.objects.create(**defaults | fields)
    for room in range(rooms):
        make_room(location=location, position=room)
    return location


def make_room(*, location: Location, **fields: Any) -> Room:
    return Room.objects.create(location=location, **{"name": f"Room {next(_number)}"} | fields)


def make_policy(**fields: Any) -> CancellationPolicy:
    defaults = {
        "slug": f"policy-{next(_number)}",
        "text": "Move or cancel for nothing until 24 hours before. After that we keep half.",
        "free_until_hours": 24,
        "late_refund_percent": 50,
    }
    return CancellationPolicy.objects.create(**defaults | fields)


def make_treatment(**fields: Any) -> Treatment:
    number = next(_number)
    texts = {
        name: f"About {name.replace('_', ' ')}."
        for name in (
            "what_it_is", "how_it_helps", "what_it_feels_like", "what_to_expect_after", "who_it_suits",
            "who_should_not", "evidence",
        )
    }  # fmt: skip
    defaults = {
        "slug": f"treatment-{number}",
        "name": f"Treatment {number}",
        "summary": "One sentence.",
        "state": Published.State.PUBLISHED,
        "evidence_level": Treatment.Evidence.MODERATE,
    }
    return Treatment.objects.create(**texts | defaults | fields)


def make_condition(*, treatments: list[Treatment] | None = None, **fields: Any) -> Condition:
    number = next(_number)
    defaults = {
        "slug": f"condition-{number}",
        "name": f"Condition {number}",
        "summary": "One sentence.",
        "state": Published.State.PUBLISHED,
        "area": Condition.Area.BACK_NECK,
        "description": "What it is.",
        "what_helps": "What helps.",
        "see_someone_first": "When not to wait.",
    }
    condition = Condition.objects.create(**defaults | fields)
    for position, treatment in enumerate(treatments or []):
        ConditionTreatment.objects.create(condition=condition, treatment=treatment, position=position)
    return condition


def make_service(*, practitioners: list[Practitioner] | None = None, **fields: Any) -> Service:
    """Published, online, 45 minutes, every 15 minutes, £64, an hour's notice, paid either way."""
    number = next(_number)
    defaults = {
        "slug": f"service-{number}",
        "name": f"Follow-up {number}",
        "summary": "One sentence.",
        "state": Published.State.PUBLISHED,
        "duration_minutes": 45,
        "price_minor": 6400,
    }
    if "policy" not in fields:
        fields["policy"] = make_policy()
    service = Service.objects.create(**defaults | fields)
    service.practitioners.set(practitioners or [])
    return service


def make_weekly_hours(
    *, practitioner: Practitioner, location: Location, opens: str = "09:00", closes: str = "17:00"
) -> None:
    """The same hours from Monday to Friday."""
    WorkingHours.objects.bulk_create(
        WorkingHours(
            practitioner=practitioner,
            location=location,
            weekday=weekday,
            opens=time.fromisoformat(opens),
            closes=time.fromisoformat(closes),
        )
        for weekday in range(5)
    )


def make_clinic(*, practitioners: int = 1, rooms: int | None = None, **service: Any) -> Service:
    """A service that can be booked: physios at one location, each with a room unless told otherwise."""
    location = make_location(rooms=practitioners if rooms is None else rooms)
    people = [make_practitioner() for _ in range(practitioners)]
    for person in people:
        make_weekly_hours(practitioner=person, location=location)
    return make_service(practitioners=people, **service)


def make_wait(*, service: Service, **fields: Any) -> WaitlistEntry:
    """Elena Marsh would come on any day until the Sunday after next, to anyone."""
    if "patient" not in fields:
        fields["patient"] = make_patient()
    defaults = {"weekdays": list(range(7)), "last_day": date(2026, 12, 13), "added_at": NOW}
    return WaitlistEntry.objects.create(service=service, **defaults | fields)


def make_appointment(*, service: Service, starts_at: datetime, **fields: Any) -> Appointment:
    """A confirmed visit with the service's first practitioner, at their first location, in its first room."""
    practitioner = fields.pop("practitioner", None) or service.practitioners.order_by("pk").first()
    location = fields.pop("location", None)
    if location is None:
        location = Location.objects.filter(working_hours__practitioner=practitioner).order_by("pk").first()
    room = fields.pop("room", None) or location.rooms.order_by("pk").first()
    if "patient" not in fields and fields.get("status") not in {"held", "lapsed"}:
        fields["patient"] = make_patient()
    ends_at = starts_at + timedelta(minutes=service.duration_minutes)
    defaults = {
        "status": Appointment.Status.CONFIRMED,
        "ends_at": ends_at,
        "occupied_until": ends_at + timedelta(minutes=service.turnaround_minutes),
        "price_minor": service.price_minor,
        "currency": "GBP",
        "policy_version": str(service.policy),
        "policy_text": service.policy.text,
        "policy_free_until_hours": service.policy.free_until_hours,
        "policy_late_refund_percent": service.policy.late_refund_percent,
        "policy_no_show_refund_percent": service.policy.no_show_refund_percent,
        "created_at": NOW,
    }
    if fields.get("status") == Appointment.Status.HELD:
        defaults["hold_expires_at"] = NOW + timedelta(minutes=10)
    return Appointment.objects.create(
        service=service,
        practitioner=practitioner,
        location=location,
        room=room,
        starts_at=starts_at,
        **defaults | fields,
    )


def make_needling(**fields: Any) -> Treatment:
    """A treatment that uses needles, with aftercare."""
    defaults = {
        "slug": "dry-needling",
        "name": "Dry needling",
        "uses_needles": True,
        "aftercare": "Soreness for a day or two is usual.\nMove as you normally do.",
    }
    return make_treatment(**defaults | fields)


def make_consent_text(*, treatment: Treatment, **fields: Any) -> ConsentText:
    """In force, signed off, unless told otherwise."""
    defaults = {
        "title": "Before dry needling",
        "text": "What it is, and what can go wrong.",
        "statement": "I have read this and want it.",
        "state": ConsentText.State.PUBLISHED,
        "signed_off_by": "Imogen Hale, lead physiotherapist",
        "signed_off_on": date(2026, 9, 1),
    }
    return ConsentText.objects.create(treatment=treatment, **defaults | fields)


def make_screening_form(
    *, treatment: Treatment, questions: list[dict[str, Any]] | None = None, **fields: Any
) -> ScreeningForm:
    """In force, with one amber question, one that leads elsewhere and one urgent, unless told otherwise."""
    defaults = {
        "introduction": "A few questions first.",
        "signed_off_by": "Imogen Hale, lead physiotherapist",
        "signed_off_on": date(2026, 9, 1),
    }
    state = fields.pop("state", ScreeningForm.State.PUBLISHED)
    form = ScreeningForm.objects.create(treatment=treatment, **defaults | fields)
    asked = questions or [
        {"code": "pregnant", "question": "Are you pregnant?", "colour": "amber", "advice": "longer_visit"},
        {
            "code": "epilepsy",
            "question": "Do you have fits?",
            "colour": "amber",
            "advice": "assessment_first",
        },
        {
            "code": "phobia",
            "question": "Do needles frighten you?",
            "colour": "red",
            "advice": "other_treatments",
        },
        {"code": "clotting", "question": "Do you bleed easily?", "colour": "red", "advice": "call_us"},
        {"code": "numb", "question": "Numb between the legs?", "colour": "red", "advice": "urgent_care"},
    ]
    for position, question in enumerate(asked):
        ScreeningQuestion.objects.create(
            form=form, position=position, **{"reason": "Because of that."} | question
        )
    form.state = state
    form.save()
    return form
