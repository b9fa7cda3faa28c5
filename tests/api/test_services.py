"""GET /api/v1/services/ and /api/v1/services/{slug}/"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.api.client import Api, problem
from tests.factories import make_practitioner, make_service, make_treatment

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


def slugs(api: Api, **query: str) -> list[str]:
    return [one["slug"] for one in api.get("services/", query).json()["results"]]


def test_services_booked_online_are_listed(api: Api) -> None:
    make_service(slug="follow-up")
    make_service(slug="by-phone", online=False)
    make_service(slug="draft", state="draft")
    assert slugs(api) == ["follow-up"]


@pytest.mark.parametrize("hidden", [{"online": False}, {"state": "draft"}])
def test_what_is_not_booked_online_cannot_be_opened(api: Api, hidden: dict[str, object]) -> None:
    make_service(slug="hidden", **hidden)
    assert problem(api.get("services/hidden/")) == "not-found"


def test_services_are_narrowed_by_the_kind_of_visit(api: Api) -> None:
    make_service(slug="first", visit_kind="first")
    make_service(slug="follow-up", visit_kind="follow_up")
    assert slugs(api, visit_kind="first") == ["first"]


def test_services_are_narrowed_by_what_they_may_include(api: Api) -> None:
    make_service(slug="follow-up").treatments.add(make_treatment(slug="needling"))
    make_service(slug="gym")
    assert slugs(api, treatment="needling") == ["follow-up"]


def test_services_are_narrowed_by_who_gives_them(api: Api) -> None:
    make_service(slug="follow-up", practitioners=[make_practitioner(slug="maren")])
    make_service(slug="gym")
    assert slugs(api, practitioner="maren") == ["follow-up"]


def test_a_price_is_told_to_programs_and_to_people(api: Api) -> None:
    make_service(slug="follow-up", price_minor=6450)
    said = api.get("services/follow-up/").json()
    assert said["price"] == {"amount_minor": 6450, "currency": "GBP", "text": "£64.50"}


def test_a_service_says_its_policy_before_it_is_booked(api: Api) -> None:
    make_service(slug="follow-up")
    said = api.get("services/follow-up/").json()["policy"]
    assert (said["free_until_hours"], said["late_refund_percent"]) == (24, 50)


def test_a_service_leads_to_the_page_where_people_book_it(api: Api) -> None:
    make_service(slug="follow-up")
    assert api.get("services/follow-up/").json()["url"] == "http://localhost:8000/book/follow-up/"


def test_a_service_names_who_gives_it_now(api: Api) -> None:
    make_service(
        slug="follow-up", practitioners=[make_practitioner(slug="maren"), make_practitioner(active=False)]
    )
    said = api.get("services/follow-up/").json()
    assert [one["slug"] for one in said["practitioners"]] == ["maren"]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_takes_two_queries(api: Api, rows: int, django_assert_num_queries: Queries) -> None:
    for _ in range(rows):
        make_service(practitioners=[make_practitioner()])
    with django_assert_num_queries(2):
        assert api.get("services/").json()["count"] == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_a_service_takes_three_queries(api: Api, rows: int, django_assert_num_queries: Queries) -> None:
    service = make_service(slug="follow-up", practitioners=[make_practitioner() for _ in range(rows)])
    service.treatments.set(make_treatment() for _ in range(rows))
    with django_assert_num_queries(3):
        assert len(api.get("services/follow-up/").json()["may_include"]) == rows
