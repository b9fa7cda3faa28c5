"""/prices/"""

import pytest
from django.test import Client

from catalogue.models import Published
from tests.factories import make_policy, make_service

pytestmark = pytest.mark.django_db


def prices(client: Client) -> str:
    return client.get("/prices/").content.decode()


def test_every_visit_stands_with_its_minutes_and_price(client: Client) -> None:
    make_service(name="Follow-up", duration_minutes=45, price_minor=5850)

    assert "45 min, £58.50" in prices(client)


def test_what_is_not_sold_online_has_no_price_here(client: Client) -> None:
    make_service(name="Staff only", online=False)
    make_service(name="Draft", state=Published.State.DRAFT)

    assert "Staff only" not in prices(client)
    assert "No prices here yet" in prices(client)


def test_the_terms_are_printed_once_however_many_visits_share_them(client: Client) -> None:
    policy = make_policy(text="Free until the day before.")
    make_service(policy=policy)
    make_service(policy=policy)

    assert prices(client).count("Free until the day before.") == 1
