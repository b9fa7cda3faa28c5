"""A believable diary: full yesterday and today, emptier the further one looks ahead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import User
from booking.models import Appointment
from catalogue.models import Service
from config.demo.clinic import content
from config.demo.clinic.rows import Physios
from config.demo.clinic.stretches import Stretch, stretches
from config.demo.clinic.visits import Person, book_visit, known_person, people

DAYS_BACK = 5
DAYS_AHEAD = 10
# What a physio does in a week, by how often it comes up in ten visits.
USUAL: dict[str, list[str]] = {
    "imogen-hale": ["follow-up"] * 6 + ["follow-up-without-needling"] * 2 + ["short-follow-up"] * 2,
    "samir-rahman": ["follow-up"] * 5 + ["gym-session"] * 3 + ["short-follow-up"] * 2,
    "catrin-owusu": ["follow-up-without-needling"] * 5 + ["gym-session"] * 3 + ["short-follow-up"] * 2,
}
FIRST: dict[str, list[str]] = {
    "imogen-hale": ["first-assessment-needling", "first-assessment"],
    "samir-rahman": ["first-assessment-needling", "first-assessment"],
    "catrin-owusu": ["first-assessment", "assessment-after-an-operation", "longer-assessment"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVisits:
    """The visits of the patient who signs in."""

    past: Appointment
    soon: Appointment
    later: Appointment


def write_diary(
    *, physios: Physios, users: dict[str, User], now: datetime, zone: ZoneInfo
) -> tuple[KnownVisits, list[Appointment]]:
    """Fill the diary around `now`: the visits of the patient who signs in, and everybody else's."""
    return _known_visits(physios, users, now, zone), _everybody_elses(physios, users, now, zone)


def _known_visits(physios: Physios, users: dict[str, User], now: datetime, zone: ZoneInfo) -> KnownVisits:
    """Soon is far enough ahead that its last reminder is still to come."""
    last_reminder = now + timedelta(hours=min(settings.REMINDER_OFFSETS_HOURS), minutes=10)
    person = known_person(users=users)
    physio = physios[content.known_patient().practitioner]
    today = now.astimezone(zone).date()
    last_weeks = stretches(physio=physio, first=today - timedelta(days=30), days=23)
    next_weeks = stretches(physio=physio, first=today, days=45)
    first_visit = Service.objects.get(slug="first-assessment-needling")
    follow_up = Service.objects.get(slug="follow-up")
    return KnownVisits(
        past=_first_to_be_had(first_visit, person, last_weeks[::-1], now - timedelta(days=40), now),
        soon=_first_to_be_had(follow_up, person, next_weeks, last_reminder, now),
        later=_first_to_be_had(follow_up, person, next_weeks, now + timedelta(days=12), now),
    )


def _first_to_be_had(
    service: Service, person: Person, ways: Iterable[Stretch], not_before: datetime, now: datetime
) -> Appointment:
    for stretch in ways:
        for start in stretch.starts():
            if start < not_before:
                continue
            booked_at = min(start, now) - timedelta(days=6, hours=3, minutes=20)
            visit = book_visit(
                service=service, start=start, stretch=stretch, person=person, booked_at=booked_at
            )
            if visit is not None:
                return visit
    raise RuntimeError(f"No time for {service}: the demonstration clinic is shut for weeks.")


def _everybody_elses(
    physios: Physios, users: dict[str, User], now: datetime, zone: ZoneInfo
) -> list[Appointment]:
    """From today outwards, so that the days people look at first are the fullest."""
    randomness = Random(content.password())
    filler = _Filler(
        services={service.slug: service for service in Service.objects.select_related("policy")},
        everybody=people(randomness=randomness),
        desk=users["reception@oakmont.example"],
        now=now,
        randomness=randomness,
    )
    today = now.astimezone(zone).date()
    return [
        visit
        for days in sorted(range(DAYS_AHEAD, -DAYS_BACK - 1, -1), key=abs)
        for physio in physios.values()
        for stretch in stretches(physio=physio, first=today + timedelta(days=days), days=1)
        for visit in filler.fill(stretch, fullness=_fullness(days))
    ]


def _fullness(days: int) -> float:
    """How likely a free moment is taken, so many days from today."""
    return max(0.2, 0.75 - 0.1 * abs(days))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filler:
    services: dict[str, Service]
    everybody: list[Person]
    desk: User
    now: datetime
    randomness: Random

    def fill(self, stretch: Stretch, *, fullness: float) -> Iterator[Appointment]:
        """One stretch of one day, from its beginning to its end, with gaps."""
        free_from = stretch.opens
        for start in stretch.starts():
            if start < free_from:
                continue
            if self.randomness.random() > fullness:
                free_from = start + timedelta(minutes=self.randomness.choice([20, 30, 50]))
            elif visit := self._visit(stretch, start):
                free_from = visit.occupied_until
                yield visit
            else:
                free_from = start + timedelta(minutes=30)

    def _visit(self, stretch: Stretch, start: datetime) -> Appointment | None:
        physio = stretch.physio.slug
        person = self._somebody(physio, start)
        if person is None:
            return None
        kinds = FIRST if person.is_new and not person.comes_on else USUAL
        person.usual_physio = person.usual_physio or physio
        before = timedelta(days=self.randomness.randint(1, 12), minutes=self.randomness.randint(30, 600))
        return book_visit(
            service=self.services[self.randomness.choice(kinds[physio])],
            start=start,
            stretch=stretch,
            person=person,
            booked_at=min(start, self.now) - before,
            desk=self.desk if self.randomness.random() < 0.35 else None,
        )

    def _somebody(self, physio: str, start: datetime) -> Person | None:
        """A patient of this physio, or else somebody who has none yet."""
        free = [person for person in self.everybody if person.may_come(start)]
        for usual in (physio, ""):
            if choice := [person for person in free if person.usual_physio == usual]:
                return self.randomness.choice(choice)
        return None
