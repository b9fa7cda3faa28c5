"""/conditions/ and /conditions/<slug>/: where it hurts, when not to wait, what helps."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from catalogue.models import Condition, Published
from tests.factories import make_clinic, make_condition, make_practitioner, make_treatment

pytestmark = pytest.mark.django_db


def page(client: Client, condition: Condition) -> str:
    response = client.get(condition.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_conditions_stand_under_the_place_where_it_hurts(client: Client) -> None:
    make_condition(name="Tension headache", area=Condition.Area.HEAD_JAW)
    make_condition(name="Low back pain", area=Condition.Area.BACK_NECK)

    html = client.get("/conditions/").content.decode()

    places = [
        html.index(text) for text in ('id="back-neck"', "Low back pain", 'id="head-jaw"', "Tension headache")
    ]
    assert places == sorted(places)


def test_an_area_without_conditions_is_left_out(client: Client) -> None:
    make_condition(area=Condition.Area.SPORT)

    assert 'id="head-jaw"' not in client.get("/conditions/").content.decode()


def test_the_list_says_first_when_not_to_book(client: Client, settings: Settings) -> None:
    settings.EMERGENCY_NUMBER = "112"
    make_condition(name="Neck pain")

    html = client.get("/conditions/").content.decode()

    assert html.index("Ring 112") < html.index("Neck pain")


def test_when_not_to_wait_stands_above_what_helps_and_what_can_be_booked(client: Client) -> None:
    treatment = make_treatment()
    make_clinic().treatments.add(treatment)
    condition = make_condition(treatments=[treatment], see_someone_first="Numb between the legs.")

    html = page(client, condition)

    places = [html.index(text) for text in ("Numb between the legs.", 'id="what-helps"', 'id="visits"')]
    assert places == sorted(places)


def test_treatments_stand_the_likeliest_first(client: Client) -> None:
    second = make_treatment(name="Needling", position=1)
    first = make_treatment(name="Exercise", position=2)

    html = page(client, make_condition(treatments=[first, second]))

    assert html.index("Exercise") < html.index("Needling")


def test_a_treatment_still_in_draft_is_not_named(client: Client) -> None:
    draft = make_treatment(name="Not yet", state=Published.State.DRAFT)

    assert "Not yet" not in page(client, make_condition(treatments=[draft]))


def test_only_visits_that_may_include_what_helps_are_offered(client: Client) -> None:
    helpful, other = make_treatment(), make_treatment()
    make_clinic(slug="fits").treatments.add(helpful)
    make_clinic(slug="fits-not").treatments.add(other)

    html = page(client, make_condition(slug="neck-pain", treatments=[helpful]))

    assert "/book/fits/?condition=neck-pain" in html
    assert "fits-not" not in html


def test_who_treats_it_is_named_while_they_work_here(client: Client) -> None:
    condition = make_condition()
    condition.practitioners.add(
        make_practitioner(name="Maren Holt"), make_practitioner(name="Gone Away", active=False)
    )

    html = page(client, condition)

    assert "Maren Holt" in html
    assert "Gone Away" not in html


def test_a_draft_is_not_found(client: Client) -> None:
    draft = make_condition(state=Published.State.DRAFT)

    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("treatments", [1, 30])
def test_the_number_of_queries_does_not_grow(
    client: Client, treatments: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [make_treatment() for _ in range(treatments)]
    for number, row in enumerate(rows):
        make_clinic(slug=f"visit-{number}").treatments.add(row)
    condition = make_condition(treatments=rows)
    client.get(condition.get_absolute_url())

    with django_assert_num_queries(10):  # row 3, visits 3, open times 3, footer 1
        client.get(condition.get_absolute_url())
