"""/: what brings you in, and when somebody is free."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalogue.models import Condition, Service
from tests.factories import make_clinic, make_condition, make_practitioner, make_treatment

pytestmark = pytest.mark.django_db


def home(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_place_that_hurts_leads_to_its_conditions(client: Client) -> None:
    make_condition(area=Condition.Area.HEAD_JAW)

    assert 'href="/conditions/#head-jaw"' in home(client)


def test_who_is_not_sure_has_a_way_too(client: Client) -> None:
    assert 'href="/conditions/#not-sure"' in home(client)


def test_treatments_are_named(client: Client) -> None:
    treatment = make_treatment()

    assert treatment.get_absolute_url() in home(client)


def test_the_next_free_time_leads_to_its_day(client: Client) -> None:
    make_clinic(slug="first-assessment", visit_kind=Service.VisitKind.FIRST, horizon_days=14)

    assert "/book/first-assessment/?day=" in home(client)


def test_somebody_new_is_offered_a_first_visit_even_if_a_follow_up_is_sooner(client: Client) -> None:
    make_clinic(slug="follow-up", visit_kind=Service.VisitKind.FOLLOW_UP, horizon_days=14)
    make_clinic(
        slug="first-assessment",
        visit_kind=Service.VisitKind.FIRST,
        horizon_days=28,
        minimum_notice_minutes=7 * 24 * 60,
    )

    html = home(client)

    assert html.index("/book/first-assessment/?day=") < html.index("/book/follow-up/?day=")


def test_when_nothing_is_free_people_are_asked_to_ring(client: Client) -> None:
    assert "Nothing is free online just now" in home(client)


def test_who_has_left_is_not_met(client: Client) -> None:
    make_practitioner(name="Gone Away", active=False)

    assert "Gone Away" not in home(client)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_clinic(practitioners=rows)
    for _ in range(rows):
        make_condition(treatments=[make_treatment()])
    client.get("/")

    with django_assert_num_queries(12):
        # Conditions 1, treatments 1, physios 2, visits 3, open times 3, places for machines and for people 2.
        client.get("/")
