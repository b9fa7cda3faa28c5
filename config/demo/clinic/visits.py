"""Visits, booked by the product's own actions, as if at the moment when each patient might have booked."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from booking.actions.audit import Actor
from booking.actions.bookings import book
from booking.actions.conflicts import TimeTaken
from booking.actions.holds import place_hold
from booking.actions.patients import PatientDetails
from booking.models import Appointment
from catalogue.models import Service
from config.demo.clinic import content
from config.demo.clinic.screenings import answered_by
from config.demo.clinic.stretches import Stretch

BETWEEN_VISITS = timedelta(hours=40)


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody who comes again and again, mostly to the same physio."""

    details: PatientDetails
    is_new: bool
    holder: User | None = None
    usual_physio: str = ""
    comes_on: list[datetime] = field(default_factory=list)

    def may_come(self, start: datetime) -> bool:
        """Not on two days running, and nobody who is new was here before their first visit."""
        return all(
            abs(start - other) >= BETWEEN_VISITS and (start > other or not self.is_new)
            for other in self.comes_on
        )


def people(*, randomness: Random) -> list[Person]:
    return [
        Person(
            details=PatientDetails(
                name=patient.name,
                email=patient.email,
                phone=patient.phone,
                date_of_birth=patient.date_of_birth,
            ),
            is_new=randomness.random() < 0.25,
        )
        for patient in content.patients()
    ]


def known_person(*, users: dict[str, User]) -> Person:
    """The patient who signs in."""
    patient = content.known_patient()
    return Person(
        details=PatientDetails(
            name=patient.name,
            email=patient.user,
            phone=patient.phone,
            date_of_birth=patient.date_of_birth,
        ),
        is_new=True,
        holder=users[patient.user],
    )


def book_visit(
    *,
    service: Service,
    start: datetime,
    stretch: Stretch,
    person: Person,
    booked_at: datetime,
    desk: User | None = None,
) -> Appointment | None:
    """Book it, at the desk by that user or online by the patient. None, if the time is not to be had."""
    by = Actor.staff(desk) if desk else Actor.patient(person.holder)
    source = Appointment.Source.DESK if desk else Appointment.Source.ONLINE
    try:
        hold = place_hold(
            service=service,
            starts_at=start,
            practitioner=stretch.physio,
            location=stretch.location,
            now=booked_at,
            by=by,
            source=source,
            screening=None if desk else answered_by(person.details.name, service, now=booked_at),
        )
    except TimeTaken:
        return None
    visit = book(
        appointment_id=hold.appointment.pk,
        patient=person.details,
        pays_at_clinic=True,
        accepts_policy=True,
        now=booked_at,
        by=by,
        holder=person.holder,
    )
    person.comes_on.append(start)
    return visit
