"""/search/: everything the clinic has written, forgiving of typing errors."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from catalogue.models import Published
from catalogue.web.search import search
from tests.factories import make_condition, make_practitioner, make_service, make_treatment

pytestmark = pytest.mark.django_db


def names(typed: str) -> list[str]:
    return [found.name for found in search(typed)]


@pytest.mark.parametrize("typed", ["dry needling", "Neddling", "dry-nedling", "needle", "NEEDLING "])
def test_a_typing_error_is_forgiven(typed: str) -> None:
    make_treatment(name="Dry needling")
    make_treatment(name="Manual therapy")

    assert names(typed)[0] == "Dry needling"


def test_a_word_in_a_text_is_found() -> None:
    make_condition(name="Overuse injury", description="Achilles, kneecap, elbow.")
    make_condition(name="Jaw pain")

    assert names("achiles") == ["Overuse injury"]


def test_a_word_in_a_name_counts_for_more_than_in_a_text() -> None:
    make_condition(name="Overuse injury", description="Sometimes of the neck.")
    make_condition(name="Neck pain", description="Stiff.")

    assert names("neck") == ["Neck pain", "Overuse injury"]


def test_a_long_text_that_is_a_little_alike_does_not_come_first() -> None:
    make_condition(
        name="After an operation", description="Getting back what was needed, by riding, wedding or kneeling."
    )
    make_treatment(name="Dry needling")

    assert names("neddling")[0] == "Dry needling"


def test_physios_and_visits_are_found_too() -> None:
    make_practitioner(name="Catrin Owusu", title="Physiotherapist")
    make_service(name="Gym session")

    assert names("katrin owusu") == ["Catrin Owusu"]
    assert names("gym sesion") == ["Gym session"]


def test_what_nobody_may_read_is_not_found() -> None:
    make_treatment(name="Dry needling", state=Published.State.DRAFT)
    make_service(name="Needling for staff", online=False)
    make_practitioner(name="Needling Ned", active=False)

    assert names("needling") == []


def test_something_else_is_not_found() -> None:
    make_treatment(name="Dry needling")

    assert names("plumbing") == []


@pytest.mark.parametrize("typed", ["", "ab", "\x00\x00\x00", "   ", "%__"])
def test_too_little_finds_nothing(typed: str) -> None:
    make_treatment(name="Dry needling")

    assert names(typed) == []


def test_the_page_shows_what_was_found(client: Client) -> None:
    treatment = make_treatment(name="Dry needling")

    assert treatment.get_absolute_url() in client.get("/search/?q=neddling").content.decode()


def test_nothing_found_says_what_to_do(client: Client) -> None:
    html = client.get("/search/?q=plumbing").content.decode()

    assert "Nothing about “plumbing”" in html
    assert 'href="/conditions/"' in html


def test_what_was_typed_is_only_text(client: Client) -> None:
    assert "<script>alert" not in client.get("/search/?q=<script>alert(1)</script>").content.decode()


def test_who_searches_too_often_waits(client: Client, settings: Settings, valkey_url: str) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"search": "2/m/ip"}

    answers = [client.get("/search/?q=needling").status_code for _ in range(3)]

    assert answers == [200, 200, 429]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_treatment()
        make_condition()

    with django_assert_num_queries(4):
        search("treatment")
