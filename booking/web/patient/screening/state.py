"""What a session remembers of screenings: ids, secrets, who is coming. Never an answer, never a colour."""

from uuid import UUID

from django.http import HttpRequest

from accounts.models import Patient, User
from booking.actions.clinical.screening import Answered, opens_screening
from booking.models import Screening
from booking.queries.clinical.screening import read_screenings
from booking.queries.visits import my_people

ANSWERED, WHO = "booking.screenings", "booking.who-comes"
MOST_REMEMBERED = 6
SOMEBODY_ELSE = "new"


def remember_answered(request: HttpRequest, answered: Answered) -> None:
    before = request.session.get(ANSWERED, [])
    kept = [answered.screening.pk.hex, answered.secret]
    request.session[ANSWERED] = [kept, *before][:MOST_REMEMBERED]


def answered_here(request: HttpRequest) -> list[Screening]:
    """What this session answered, the newest first. No query where nothing was, one otherwise."""
    kept = request.session.get(ANSWERED, [])
    if not kept:
        return []
    found = read_screenings(UUID(key) for key, _secret in kept)
    return [
        row
        for key, secret in kept
        if (row := found.get(UUID(key))) is not None and opens_screening(screening=row, secret=secret)
    ]


def forget_answered(request: HttpRequest) -> None:
    """The next visit may be somebody else's: what was answered is on the patient's record by now."""
    request.session.pop(ANSWERED, None)
    request.session.pop(WHO, None)


def remember_who(request: HttpRequest, who: str) -> None:
    """Another person is coming than the one the questions were answered for."""
    request.session.pop(ANSWERED, None)
    request.session[WHO] = who


def asks_who(request: HttpRequest) -> bool:
    """Somebody who books for several people has not said yet for whom."""
    return WHO not in request.session and len(_people(request)) > 1


def who_comes(request: HttpRequest) -> Patient | None:
    """The patient that somebody signed in answers for; nobody for a stranger, or for somebody new."""
    people = _people(request)
    said = request.session.get(WHO)
    if said is None:
        return people[0] if len(people) == 1 else None
    return next((person for person in people if str(person.pk) == said), None)


def _people(request: HttpRequest) -> list[Patient]:
    return my_people(request.user) if isinstance(request.user, User) else []
