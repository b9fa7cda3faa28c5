"""GET /api/v1/treatments/ and /api/v1/treatments/{slug}/"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.api.client import Api, problem, wrong_fields
from tests.factories import make_condition, make_service, make_treatment

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


def test_published_treatments_are_listed_in_the_clinics_order(api: Api) -> None:
    make_treatment(slug="rehab", position=2)
    make_treatment(slug="needling", position=1)
    assert [one["slug"] for one in api.get("treatments/").json()["results"]] == ["needling", "rehab"]


def test_drafts_are_not_listed(api: Api) -> None:
    make_treatment(state="draft")
    assert api.get("treatments/").json()["count"] == 0


def test_a_draft_cannot_be_opened(api: Api) -> None:
    make_treatment(slug="secret", state="draft")
    assert problem(api.get("treatments/secret/")) == "not-found"


def test_every_word_of_a_search_must_be_found(api: Api) -> None:
    make_treatment(slug="needling", name="Dry needling", summary="Thin needles.")
    make_treatment(slug="manual", name="Manual therapy", summary="No needles.")
    found = api.get("treatments/", {"search": "NEEDL dry"}).json()["results"]
    assert [one["slug"] for one in found] == ["needling"]


def test_a_page_is_as_long_as_asked(api: Api) -> None:
    for number in range(3):
        make_treatment(slug=f"t{number}", position=number)
    page = api.get("treatments/", {"limit": 2, "offset": 1}).json()
    assert [one["slug"] for one in page["results"]] == ["t1", "t2"]


def test_a_page_leads_to_the_next(api: Api) -> None:
    for number in range(3):
        make_treatment(slug=f"t{number}", position=number)
    following = api.get("treatments/", {"limit": 2}).json()["next"]
    assert [one["slug"] for one in api.client.get(following).json()["results"]] == ["t2"]


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many", "1.5", "9" * 5000])
def test_a_page_is_never_longer_than_a_hundred(api: Api, limit: str) -> None:
    assert wrong_fields(api.get("treatments/", {"limit": limit})) == {"limit"}


def test_a_parameter_that_is_not_known_is_refused(api: Api) -> None:
    assert wrong_fields(api.get("treatments/", {"serach": "neck"})) == {"serach"}


def test_a_treatment_says_what_people_ask_and_where_it_is_from(api: Api) -> None:
    treatment = make_treatment(slug="needling")
    treatment.questions.create(question="Does it hurt?", answer="A little.")
    treatment.sources.create(citation="A trial", year=2024)
    said = api.get("treatments/needling/").json()
    assert said["questions"] == [{"question": "Does it hurt?", "answer": "A little."}]
    assert said["sources"] == [{"citation": "A trial", "year": 2024, "url": ""}]


def test_a_treatment_leads_to_what_it_helps_with(api: Api) -> None:
    treatment = make_treatment(slug="needling")
    make_condition(slug="neck-pain", treatments=[treatment])
    make_condition(slug="draft", treatments=[treatment], state="draft")
    said = api.get("treatments/needling/").json()
    assert [one["slug"] for one in said["conditions"]] == ["neck-pain"]


def test_a_treatment_leads_to_what_can_be_booked_online(api: Api) -> None:
    treatment = make_treatment(slug="needling")
    make_service(slug="follow-up").treatments.add(treatment)
    make_service(slug="by-phone", online=False).treatments.add(treatment)
    said = api.get("treatments/needling/").json()
    assert [one["slug"] for one in said["services"]] == ["follow-up"]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_takes_two_queries(api: Api, rows: int, django_assert_num_queries: Queries) -> None:
    for _ in range(rows):
        make_treatment()
    with django_assert_num_queries(2):
        assert api.get("treatments/").json()["count"] == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_a_treatment_takes_five_queries(api: Api, rows: int, django_assert_num_queries: Queries) -> None:
    treatment = make_treatment(slug="needling")
    for number in range(rows):
        treatment.questions.create(question=f"{number}?", answer="Yes.")
        make_condition(treatments=[treatment])
        make_service().treatments.add(treatment)
    with django_assert_num_queries(5):
        assert len(api.get("treatments/needling/").json()["services"]) == rows
