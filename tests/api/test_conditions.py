"""GET /api/v1/conditions/ and /api/v1/conditions/{slug}/"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.api.client import Api, problem, wrong_fields
from tests.factories import make_condition, make_practitioner, make_treatment

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


def slugs(api: Api, **query: str) -> list[str]:
    return [one["slug"] for one in api.get("conditions/", query).json()["results"]]


def test_published_conditions_are_listed(api: Api) -> None:
    make_condition(slug="neck-pain")
    make_condition(slug="draft", state="draft")
    assert slugs(api) == ["neck-pain"]


def test_conditions_are_narrowed_by_where_it_hurts(api: Api) -> None:
    make_condition(slug="neck-pain")
    make_condition(slug="jaw-pain", area="head-jaw")
    assert slugs(api, area="head-jaw") == ["jaw-pain"]


def test_an_area_that_does_not_exist_is_refused(api: Api) -> None:
    assert wrong_fields(api.get("conditions/", {"area": "elsewhere"})) == {"area"}


def test_conditions_are_narrowed_by_what_helps(api: Api) -> None:
    make_condition(slug="neck-pain", treatments=[make_treatment(slug="needling")])
    make_condition(slug="jaw-pain")
    assert slugs(api, treatment="needling") == ["neck-pain"]


def test_a_draft_treatment_leads_to_nothing(api: Api) -> None:
    make_condition(slug="neck-pain", treatments=[make_treatment(slug="new", state="draft")])
    assert slugs(api, treatment="new") == []


def test_a_condition_names_the_likeliest_treatment_first(api: Api) -> None:
    manual, needling = make_treatment(slug="manual", position=1), make_treatment(slug="needling", position=2)
    make_condition(slug="neck-pain", treatments=[needling, manual])
    said = api.get("conditions/neck-pain/").json()
    assert [one["slug"] for one in said["treatments"]] == ["needling", "manual"]


def test_a_condition_does_not_name_drafts(api: Api) -> None:
    make_condition(slug="neck-pain", treatments=[make_treatment(state="draft")])
    assert api.get("conditions/neck-pain/").json()["treatments"] == []


def test_a_condition_names_who_treats_it_now(api: Api) -> None:
    condition = make_condition(slug="neck-pain")
    condition.practitioners.add(make_practitioner(slug="maren"), make_practitioner(active=False))
    said = api.get("conditions/neck-pain/").json()
    assert [one["slug"] for one in said["practitioners"]] == ["maren"]


def test_a_condition_that_is_not_there_is_not_found(api: Api) -> None:
    assert problem(api.get("conditions/nothing/")) == "not-found"


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_takes_two_queries(api: Api, rows: int, django_assert_num_queries: Queries) -> None:
    for _ in range(rows):
        make_condition(treatments=[make_treatment()])
    with django_assert_num_queries(2):
        assert api.get("conditions/").json()["count"] == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_a_condition_takes_three_queries(api: Api, rows: int, django_assert_num_queries: Queries) -> None:
    condition = make_condition(slug="neck-pain", treatments=[make_treatment() for _ in range(rows)])
    condition.practitioners.set(make_practitioner() for _ in range(rows))
    with django_assert_num_queries(3):
        assert len(api.get("conditions/neck-pain/").json()["treatments"]) == rows
