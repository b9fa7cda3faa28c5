"""Credentials: which visits none of them covers, and what the manager should look at first."""

from datetime import date, timedelta
from typing import Any

import pytest

from booking.models import Appointment, Location
from booking.queries.credentials import HeldCredential, held_credentials, not_covered
from booking.queries.needs_a_hand import hands_wanted, needs_a_hand
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_clinic,
    make_credential,
    make_location,
    make_practitioner,
    make_service,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
THE_DAY_BEFORE, THE_DAY = date(2026, 12, 2), date(2026, 12, 3)


def visit(*, region: str = "", **fields: Any) -> Appointment:
    """Thursday 3 December, 10:00; the service needs a credential for dry needling."""
    service = make_clinic(required_credential="dry-needling", required_region=region)
    return make_appointment(service=service, **{"starts_at": at(3, "10:00")} | fields)


def is_covered(row: Appointment) -> bool:
    return row not in not_covered(now=NOW)


def test_a_visit_without_any_credential_is_not_covered() -> None:
    assert not is_covered(visit())


def test_the_last_day_is_still_covered() -> None:
    row = visit()
    make_credential(practitioner=row.practitioner, valid_until=THE_DAY)
    assert is_covered(row)


def test_the_day_after_the_last_is_not() -> None:
    row = visit()
    make_credential(practitioner=row.practitioner, valid_until=THE_DAY_BEFORE)
    assert not is_covered(row)


def test_a_credential_that_begins_later_does_not_cover_it() -> None:
    row = visit()
    make_credential(practitioner=row.practitioner, valid_from=THE_DAY + timedelta(days=1))
    assert not is_covered(row)


@pytest.mark.parametrize(
    ("needed", "held", "covered"),
    [("", "neck", True), ("neck", "", True), ("neck", "neck", True), ("neck", "low-back", False)],
)
def test_a_credential_covers_its_part_of_the_body(needed: str, held: str, covered: bool) -> None:
    row = visit(region=needed)
    make_credential(practitioner=row.practitioner, region=held)
    assert is_covered(row) is covered


def test_the_credential_of_somebody_else_covers_nothing() -> None:
    row = visit()
    make_credential(practitioner=make_practitioner())
    assert not is_covered(row)


def test_the_credential_for_another_technique_covers_nothing() -> None:
    row = visit()
    make_credential(practitioner=row.practitioner, technique="acupuncture")
    assert not is_covered(row)


def test_a_service_that_needs_none_is_covered() -> None:
    assert is_covered(make_appointment(service=make_clinic(), starts_at=at(3, "10:00")))


@pytest.mark.parametrize("status", ["cancelled", "completed", "arrived", "no_show"])
def test_what_is_no_longer_to_come_is_not_listed(status: str) -> None:
    visit(status=status)
    assert not not_covered(now=NOW).exists()


def test_what_has_begun_is_not_listed() -> None:
    visit()
    assert not not_covered(now=at(3, "10:00")).exists()


def test_the_day_is_the_one_at_the_location() -> None:
    """Ten in the evening in London is the next day in Auckland."""
    row = visit(starts_at=at(3, "22:00"))
    make_credential(practitioner=row.practitioner, valid_until=THE_DAY)
    assert is_covered(row)
    Location.objects.update(time_zone="Pacific/Auckland")
    assert not is_covered(row)


def test_they_stand_on_receptions_list_and_in_its_count() -> None:
    row = visit()
    assert needs_a_hand(now=NOW).not_covered == [row]
    assert hands_wanted(now=NOW) == 1


def only(**fields: Any) -> HeldCredential:
    make_credential(practitioner=make_practitioner(), **fields)
    (held,) = held_credentials(now=NOW)
    return held


def test_one_without_a_last_day_never_presses() -> None:
    assert not only().is_pressing


@pytest.mark.parametrize(("days", "soon"), [(0, True), (60, True), (61, False)])
def test_one_that_ends_within_sixty_days_presses(days: int, soon: bool) -> None:
    assert only(valid_until=TODAY + timedelta(days=days)).expires_soon is soon


def test_one_that_ended_yesterday_has_expired() -> None:
    held = only(valid_until=TODAY - timedelta(days=1))
    assert held.is_expired
    assert not held.expires_soon


def test_what_was_renewed_is_shown_once() -> None:
    person = make_practitioner()
    make_credential(practitioner=person, valid_until=TODAY)
    renewed = make_credential(practitioner=person, valid_from=TODAY + timedelta(days=1))
    assert [held.credential for held in held_credentials(now=NOW)] == [renewed]


def test_each_part_of_the_body_stands_for_itself() -> None:
    person = make_practitioner()
    for region in ("neck", "low-back"):
        make_credential(practitioner=person, region=region)
    assert {held.credential.region for held in held_credentials(now=NOW)} == {"neck", "low-back"}


def test_whoever_left_is_not_shown() -> None:
    make_credential(practitioner=make_practitioner(active=False))
    assert held_credentials(now=NOW) == []


def test_the_first_to_end_is_on_top() -> None:
    days = [400, None, 30, -5]
    for number in days:
        last = None if number is None else TODAY + timedelta(days=number)
        make_credential(practitioner=make_practitioner(), valid_until=last)
    ends = [held.credential.valid_until for held in held_credentials(now=NOW)]
    assert ends == [TODAY + timedelta(days=number) for number in (-5, 30, 400)] + [None]


def test_it_says_how_many_booked_visits_fall_after_the_last_day() -> None:
    row = visit()
    make_appointment(service=row.service, starts_at=at(2, "10:00"))
    make_credential(practitioner=row.practitioner, valid_until=THE_DAY_BEFORE)
    (held,) = held_credentials(now=NOW)
    assert held.visits_after == 1


def test_visits_for_another_part_of_the_body_are_not_counted() -> None:
    row = visit(region="neck")
    make_credential(practitioner=row.practitioner, region="low-back", valid_until=THE_DAY_BEFORE)
    (held,) = held_credentials(now=NOW)
    assert held.visits_after == 0


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_two_queries_however_many_there_are(
    count: int, django_assert_num_queries: Any
) -> None:
    location = make_location(rooms=count)
    for room in location.rooms.all():
        person = make_practitioner()
        make_credential(practitioner=person, valid_until=THE_DAY_BEFORE)
        make_appointment(
            service=make_service(practitioners=[person], required_credential="dry-needling"),
            starts_at=at(3, "10:00"),
            location=location,
            room=room,
        )
    with django_assert_num_queries(2):
        held = held_credentials(now=NOW)
        assert [one.visits_after for one in held] == [1] * count
        assert all(one.credential.practitioner.name for one in held)
