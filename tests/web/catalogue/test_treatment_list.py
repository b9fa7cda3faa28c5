"""/treatments/"""

import pytest
from django.test import Client

from catalogue.models import Published
from tests.factories import make_treatment

pytestmark = pytest.mark.django_db


def test_every_published_treatment_is_listed_in_the_clinics_order(client: Client) -> None:
    make_treatment(name="Rehabilitation", position=2)
    make_treatment(name="Dry needling", position=1)

    html = client.get("/treatments/").content.decode()

    assert 0 < html.index("Dry needling") < html.index("Rehabilitation")


def test_drafts_are_not_listed(client: Client) -> None:
    make_treatment(name="Not yet", state=Published.State.DRAFT)

    assert "Not yet" not in client.get("/treatments/").content.decode()


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "Nothing here yet" in client.get("/treatments/").content.decode()
