"""The files of the demonstration clinic fit their schema, and agree with one another."""

import re
from dataclasses import fields, is_dataclass
from datetime import date, time
from itertools import pairwise
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from config.demo.clinic import content

ROWS: dict[str, list[Any]] = {
    "treatments": content.treatments(),
    "conditions": content.conditions(),
    "services": content.services(),
    "policies": content.policies(),
    "locations": content.locations(),
    "travel": content.travel(),
    "closures": content.closures(),
    "physios": content.physios(),
    "users": content.users(),
    "patients": content.patients(),
    "known patient": [content.known_patient()],
}
EVERY_ROW = [
    pytest.param(row, id=f"{kind}: {getattr(row, 'slug', getattr(row, 'name', number))}")
    for kind, rows in ROWS.items()
    for number, row in enumerate(rows)
]
MAY_BE_EMPTY = {
    "aftercare",
    "how_it_differs",
    "required_credential",
    "practitioner",
    "credentials",
    "leave",
    "treatments",
}


def misfits(value: Any, hint: Any, where: str) -> list[str]:
    """What in a value read from a file is not of the type its schema states."""
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return [
            problem
            for part in fields(hint)
            for problem in misfits(getattr(value, part.name), hints[part.name], f"{where}.{part.name}")
        ]
    if get_origin(hint) is list:
        (item,) = get_args(hint)
        return [problem for entry in value for problem in misfits(entry, item, where)]
    return [] if type(value) is hint else [f"{where} is {value!r}, not {hint.__name__}"]


def slugs(kind: str) -> set[str]:
    return {row.slug for row in ROWS[kind]}


@pytest.mark.parametrize("row", EVERY_ROW)
def test_every_field_has_the_type_its_schema_states(row: Any) -> None:
    assert misfits(row, type(row), type(row).__name__) == []


@pytest.mark.parametrize("row", EVERY_ROW)
def test_only_fields_that_may_be_empty_are_empty(row: Any) -> None:
    empty = {part.name for part in fields(row) if getattr(row, part.name) in ("", [])}
    assert empty <= MAY_BE_EMPTY


@pytest.mark.parametrize("folder", ["treatments", "conditions"])
def test_a_file_is_named_after_the_slug_in_it(folder: str) -> None:
    assert {path.stem for path in (content.FOLDER / folder).glob("*.toml")} == slugs(folder)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        content.Room(name="Alder", kind="treatment", colour="green")  # type: ignore[call-arg]


@pytest.mark.parametrize("kind", ["treatments", "conditions", "services", "policies", "locations", "physios"])
def test_no_slug_is_used_twice(kind: str) -> None:
    assert len(slugs(kind)) == len(ROWS[kind])


def test_a_condition_names_treatments_and_physios_that_exist() -> None:
    for condition in content.conditions():
        assert set(condition.treatments) <= slugs("treatments"), condition.slug
        assert set(condition.practitioners) <= slugs("physios"), condition.slug


def test_a_condition_names_at_least_one_treatment_and_one_physio() -> None:
    assert all(condition.treatments and condition.practitioners for condition in content.conditions())


def test_a_service_names_treatments_physios_and_a_policy_that_exist() -> None:
    for service in content.services():
        assert set(service.treatments) <= slugs("treatments"), service.slug
        assert set(service.practitioners) <= slugs("physios"), service.slug
        assert service.policy in slugs("policies"), service.slug


def test_each_treatment_is_part_of_a_visit_that_can_be_booked_online() -> None:
    bookable = {slug for service in content.services() if service.online for slug in service.treatments}
    assert bookable == slugs("treatments")


def test_each_treatment_may_be_part_of_a_first_visit_and_of_a_follow_up() -> None:
    for kind in ("first", "follow_up"):
        offered = {
            slug
            for service in content.services()
            if service.visit_kind == kind
            for slug in service.treatments
        }
        assert offered == slugs("treatments"), kind


def test_a_visit_that_may_include_needling_needs_the_credential_for_it() -> None:
    for service in content.services():
        assert (service.required_credential == "dry-needling") == ("dry-needling" in service.treatments)


def test_only_physios_with_the_credential_are_named_for_needling() -> None:
    trained = {physio.slug for physio in content.physios() if physio.credentials}
    for service in content.services():
        if service.required_credential:
            assert set(service.practitioners) <= trained, service.slug


def test_whoever_cannot_be_needled_pays_the_same_for_the_same_time() -> None:
    by_slug = {service.slug: service for service in content.services()}
    with_needling, without = by_slug["follow-up"], by_slug["follow-up-without-needling"]
    assert (with_needling.duration_minutes, with_needling.price_minor) == (
        without.duration_minutes,
        without.price_minor,
    )


def test_a_physio_is_never_in_two_places_at_once() -> None:
    for physio in content.physios():
        spans = sorted(
            (hours.weekday, time.fromisoformat(opens), time.fromisoformat(closes))
            for hours in physio.hours
            for opens, closes in hours.spans
        )
        for (day, _, closes), (next_day, opens, _) in pairwise(spans):
            assert day != next_day or closes <= opens, (physio.slug, day)


def test_hours_begin_when_a_visit_may_begin() -> None:
    """Minutes before the first start on the grid would be open and yet never booked."""
    (grid,) = {service.start_grid_minutes for service in content.services()}
    for physio in content.physios():
        for hours in physio.hours:
            assert all(time.fromisoformat(opens).minute % grid == 0 for opens, _ in hours.spans), physio.slug


def test_every_physio_works_at_both_locations() -> None:
    for physio in content.physios():
        assert {hours.location for hours in physio.hours} == slugs("locations"), physio.slug


def test_there_is_a_way_between_the_locations_in_both_directions() -> None:
    ways = {(way.origin, way.destination) for way in content.travel()}
    first, second = sorted(slugs("locations"))
    assert ways == {(first, second), (second, first)}


def test_every_location_has_a_room_of_each_kind() -> None:
    for location in content.locations():
        assert {room.kind for room in location.rooms} == {"treatment", "gym"}, location.slug


def test_telephone_numbers_are_among_those_kept_for_fiction() -> None:
    numbers = [location.phone.replace(" ", "") for location in content.locations()]
    numbers += [patient.phone for patient in content.patients()]
    assert all(re.fullmatch(r"\+441174960\d{3}|\+447700900\d{3}", number) for number in numbers)


def test_addresses_can_never_reach_a_real_mailbox() -> None:
    addresses = [user.email for user in content.users()] + [patient.email for patient in content.patients()]
    assert all(address.endswith(".example") for address in addresses)


def test_registration_numbers_are_plainly_invented() -> None:
    assert all("DEMO" in physio.registration_number for physio in content.physios())


def test_nobody_is_there_twice() -> None:
    people = content.patients()
    assert len({person.email for person in people}) == len({person.phone for person in people}) == len(people)


def test_everybody_was_born_some_time_ago() -> None:
    assert all(date(1930, 1, 1) < person.date_of_birth < date(2010, 1, 1) for person in content.patients())
