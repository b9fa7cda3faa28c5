"""GET /api/v1/services/{slug}/times/"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

import pytest

from accounts.models import Practitioner
from booking.api.serializers.visits import OpenTimeSerializer
from booking.models import Location
from booking.queries.open_times import open_times
from catalogue.models import Service
from tests.api.client import Api, problem, wrong_fields
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_clinic,
    make_location,
    make_practitioner,
    make_service,
    make_weekly_hours,
)

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


def times(api: Api, **query: Any) -> list[dict[str, str]]:
    answer = api.get("services/follow-up/times/", {"from": "2026-12-03", "days": 1} | query)
    assert answer.status_code == 200, answer.content[:300]
    rows: list[dict[str, str]] = answer.json()["times"]
    return rows


def starts(rows: list[dict[str, str]]) -> list[str]:
    return [row["starts_at"][11:16] for row in rows]


def test_every_free_start_is_a_row(api: Api) -> None:
    make_clinic(slug="follow-up", start_grid_minutes=60)
    assert starts(times(api)) == [f"{hour:02}:00" for hour in range(9, 17)]


def test_a_row_says_from_when_to_when_with_whom_and_where(api: Api, service: Service) -> None:
    who, where = Practitioner.objects.get(), Location.objects.get()
    assert times(api)[0] == {
        "starts_at": "2026-12-03T09:00:00+00:00",
        "ends_at": "2026-12-03T09:45:00+00:00",
        "practitioner": who.slug,
        "location": where.slug,
    }


def test_summer_has_the_offset_of_summer(api: Api) -> None:
    make_clinic(slug="follow-up", horizon_days=365)
    assert times(api, **{"from": "2027-04-01"})[0]["starts_at"] == "2027-04-01T09:00:00+01:00"


def test_every_free_practitioner_has_a_row_of_their_own(api: Api) -> None:
    service = make_clinic(slug="follow-up", practitioners=2)
    first, second = service.practitioners.order_by("position")
    assert [row["practitioner"] for row in times(api)[:2]] == [first.slug, second.slug]


def test_rows_come_in_the_order_of_the_day(api: Api) -> None:
    make_clinic(slug="follow-up", practitioners=3)
    rows = [row["starts_at"] for row in times(api, days=5)]
    assert rows == sorted(rows)


def test_what_is_booked_is_not_offered(api: Api, service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "10:00"))
    assert not {"09:30", "10:00", "10:30"} & set(starts(times(api)))


def test_the_answer_is_what_the_open_times_say(api: Api) -> None:
    service = make_clinic(slug="follow-up", practitioners=3, rooms=2)
    for clock, who in zip(("9:00", "11:30"), service.practitioners.all(), strict=False):
        make_appointment(service=service, starts_at=at(3, clock), practitioner=who)
    found = open_times(service=service, from_day=date(2026, 12, 1), days=10, now=NOW)
    expected = [
        {"starts_at": one.start, "ends_at": one.end, "practitioner": who.slug, "location": one.location.slug}
        for one in found
        for who in one.practitioners
    ]
    assert times(api, **{"from": "2026-12-01", "days": 10}) == OpenTimeSerializer(expected, many=True).data


def test_the_night_the_clocks_change_is_told_exactly(api: Api) -> None:
    location, who = make_location(), make_practitioner()
    make_service(slug="follow-up", practitioners=[who], horizon_days=365)
    who.working_hours.create(location=location, weekday=6, opens="00:30", closes="04:00")
    rows = times(api, **{"from": "2027-03-28"})
    lengths = {
        datetime.fromisoformat(row["ends_at"]) - datetime.fromisoformat(row["starts_at"]) for row in rows
    }
    assert {str(length) for length in lengths} == {"0:45:00"}
    assert {row["starts_at"][-6:] for row in rows} == {"+00:00", "+01:00"}


def test_one_practitioner_may_be_asked_for(api: Api) -> None:
    service = make_clinic(slug="follow-up", practitioners=2)
    slug = service.practitioners.first().slug
    assert {row["practitioner"] for row in times(api, practitioner=slug)} == {slug}


def test_one_location_may_be_asked_for(api: Api, service: Service) -> None:
    second = make_location(slug="second")
    who = make_practitioner()
    make_weekly_hours(practitioner=who, location=second)
    service.practitioners.add(who)
    assert {row["location"] for row in times(api, location="second")} == {"second"}


def test_without_a_first_day_it_is_today(api: Api, service: Service) -> None:
    first = api.get("services/follow-up/times/").json()["times"][0]
    assert first["starts_at"] == "2026-11-30T09:00:00+00:00"


@pytest.mark.parametrize(
    "day",
    ["", "0000-00-00", "2026-13-01", "2026-02-30", "99999-01-01", "9999-12-31", "0001-01-01", "20261201",
     "2026-W49-2", "tomorrow", "2026-12-01T00:00", "٢٠٢٦-١٢-٠١", "2026-12-01\0"],
)  # fmt: skip
def test_a_first_day_that_is_none_is_refused(api: Api, service: Service, day: str) -> None:
    assert wrong_fields(api.get("services/follow-up/times/", {"from": day})) == {"from"}


@pytest.mark.parametrize("days", ["0", "63", "-1", "", "ten", "1e9", "9" * 400])
def test_no_more_than_two_months_are_told_at_once(api: Api, service: Service, days: str) -> None:
    assert wrong_fields(api.get("services/follow-up/times/", {"days": days})) == {"days"}


def test_a_parameter_given_twice_is_refused(api: Api, service: Service) -> None:
    answer = api.get("services/follow-up/times/", {"from": ["2026-12-01", "2027-12-01"]})
    assert wrong_fields(answer) == {"from"}


@pytest.mark.parametrize("name", ["practitioner", "location"])
def test_a_name_that_is_not_known_is_refused(api: Api, service: Service, name: str) -> None:
    assert wrong_fields(api.get("services/follow-up/times/", {name: "nobody"})) == {name}


def test_a_service_that_is_not_there_has_no_times(api: Api, service: Service) -> None:
    assert problem(api.get("services/nothing/times/")) == "not-found"


def test_a_service_that_is_not_booked_online_has_no_times(api: Api) -> None:
    make_clinic(slug="by-phone", online=False)
    assert problem(api.get("services/by-phone/times/")) == "not-found"


@pytest.mark.parametrize(("practitioners", "days", "visits"), [(1, 1, 0), (10, 30, 30)])
def test_the_times_take_four_queries(
    api: Api, practitioners: int, days: int, visits: int, django_assert_num_queries: Queries
) -> None:
    service = make_clinic(slug="follow-up", practitioners=practitioners)
    for number in range(visits):
        make_appointment(service=service, starts_at=at(1 + number % 28, f"{9 + number // 28}:00"))
    with django_assert_num_queries(4):
        times(api, days=days)


def test_naming_whom_and_where_takes_one_query_more(
    api: Api, service: Service, django_assert_num_queries: Queries
) -> None:
    asked = {
        "practitioner": service.practitioners.get().slug,
        "location": Location.objects.get().slug,
    }
    with django_assert_num_queries(5):
        assert times(api, **asked)


def test_nobody_in_particular_may_be_asked_for_by_an_empty_name(service: Service) -> None:
    asked = {"from": "2026-12-01", "days": 30, "practitioner": "", "location": ""}
    answer = Api().get(f"services/{service.slug}/times/", asked)
    assert (answer.status_code, bool(answer.json()["times"])) == (200, True)
