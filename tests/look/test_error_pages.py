"""When something goes wrong: what happened, what was not lost, what to do, and the number to ring."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from config.errors import bad_request, server_error

NUMBER = "0117 496 0120"


@pytest.mark.django_db
def test_a_missing_page_says_whom_to_ring(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert NUMBER in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "409", "429"])
def test_every_error_page_says_whom_to_ring(rf: RequestFactory, status: str) -> None:
    assert NUMBER in render_to_string(f"{status}.html", request=rf.get("/"))


@pytest.mark.django_db
def test_a_broken_page_asks_the_database_nothing(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert NUMBER in response.content.decode()


def test_the_page_for_a_broken_site_needs_nothing_at_all() -> None:
    assert "Something broke on our side" in render_to_string("500.html")


@pytest.mark.django_db
def test_a_bad_request_asks_the_database_nothing(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = bad_request(rf.get("/"), ValueError())

    assert response.status_code == 400
