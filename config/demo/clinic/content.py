"""The files of the demonstration clinic, read into plain, typed values.

Texts are Markdown. They may name the emergency services of the country only as {emergency_number},
{emergency_place} and {urgent_advice_number}: those are settings, filled in when a page is drawn.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    citation: str
    url: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    slug: str
    name: str
    position: int
    summary: str
    what_it_is: str
    how_it_differs: str
    how_it_helps: str
    what_it_feels_like: str
    what_to_expect_after: str
    who_it_suits: str
    who_should_not: str
    evidence_level: str
    evidence: str
    questions: list[Question]
    sources: list[Source]
    uses_needles: bool = False
    aftercare: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    slug: str
    name: str
    area: str
    position: int
    summary: str
    description: str
    what_helps: str
    self_care: str
    see_someone_first: str
    treatments: list[str]
    practitioners: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    slug: str
    version: int
    text: str
    free_until_hours: int
    late_refund_percent: int
    no_show_refund_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    slug: str
    name: str
    summary: str
    visit_kind: str
    duration_minutes: int
    turnaround_minutes: int
    start_grid_minutes: int
    minimum_notice_minutes: int
    horizon_days: int
    daily_cap: int
    price_minor: int
    pays: str
    policy: str
    room_kind: str
    online: bool
    required_credential: str
    treatments: list[str]
    practitioners: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    slug: str
    name: str
    street: str
    town: str
    postcode: str
    phone: str
    directions: str
    rooms: list[Room]


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    origin: str
    destination: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicHolidays:
    """Whose calendar, by the codes of ISO 3166."""

    country: str
    subdivision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    location: str
    in_days: int
    lasts_days: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    technique: str
    issued_by: str
    number: str
    began_days_ago: int
    ends_in_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    location: str
    weekday: str
    spans: list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    in_days: int
    lasts_days: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Physio:
    slug: str
    name: str
    title: str
    bio: str
    qualifications: str
    registration_number: str
    languages: str
    hours: list[Hours]
    credentials: list[Credential] = field(default_factory=list)
    leave: list[Leave] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    email: str
    name: str
    role: str
    practitioner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    name: str
    date_of_birth: date
    email: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPatient:
    """The patient behind one of the sign-ins."""

    name: str
    date_of_birth: date
    phone: str
    user: str
    practitioner: str


def treatments() -> list[Treatment]:
    return [
        Treatment(
            **table
            | {
                "questions": [Question(**row) for row in table["questions"]],
                "sources": [Source(**row) for row in table["sources"]],
            }
        )
        for table in _folder("treatments")
    ]


def conditions() -> list[Condition]:
    return [Condition(**table) for table in _folder("conditions")]


def policies() -> list[Policy]:
    return [Policy(**row) for row in _file("policies")["policies"]]


def services() -> list[Service]:
    return [Service(**row) for row in _file("services")["services"]]


def locations() -> list[Location]:
    return [
        Location(**row | {"rooms": [Room(**room) for room in row["rooms"]]})
        for row in _file("places")["locations"]
    ]


def travel() -> list[Travel]:
    return [Travel(**row) for row in _file("places")["travel"]]


def public_holidays() -> PublicHolidays:
    return PublicHolidays(**_file("places")["public_holidays"])


def closures() -> list[Closure]:
    return [Closure(**row) for row in _file("places")["closures"]]


def physios() -> list[Physio]:
    return [
        Physio(
            **row
            | {
                "hours": [Hours(**hours) for hours in row["hours"]],
                "credentials": [Credential(**credential) for credential in row.get("credentials", [])],
                "leave": [Leave(**leave) for leave in row.get("leave", [])],
            }
        )
        for row in _file("physios")["physios"]
    ]


def password() -> str:
    return str(_file("people")["password"])


def users() -> list[User]:
    return [User(**row) for row in _file("people")["users"]]


def known_patient() -> KnownPatient:
    return KnownPatient(**_file("people")["patient"])


def patients() -> list[Patient]:
    return [Patient(**row) for row in _file("people")["patients"]]


def _folder(name: str) -> list[dict[str, Any]]:
    """Every file of a folder, in the order in which the pages list them."""
    tables = [_file(f"{name}/{path.stem}") for path in sorted((FOLDER / name).glob("*.toml"))]
    return sorted(tables, key=lambda table: (table["position"], table["slug"]))


def _file(name: str) -> dict[str, Any]:
    return _tidied(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


def _tidied(value: Any) -> Any:
    """Without the line breaks that only the layout of the file needs at either end of a text."""
    if isinstance(value, dict):
        return {key: _tidied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    return value.strip() if isinstance(value, str) else value
