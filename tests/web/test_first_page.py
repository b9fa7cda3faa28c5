"""Where people begin who sign in."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_practitioner, make_user

PASSWORD = "a long enough sentence"


def sign_in(client: Client, role: str, **more: str) -> str:
    from allauth.account.models import EmailAddress

    user = make_user(role=role, password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if role == "physio":
        make_practitioner(user=user)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, **more})
    return str(answer["Location"])


@pytest.mark.parametrize(
    ("role", "page"),
    [("patient", "/"), ("physio", "/physio/"), ("reception", "/reception/"), ("manager", "/reception/")],
)
def test_each_begins_at_their_own_page(client: Client, db: None, role: str, page: str) -> None:
    assert sign_in(client, role) == page


@pytest.mark.parametrize(
    ("role", "later"),
    [("patient", "/treatments/"), ("physio", "/physio/week/"), ("reception", "/reception/takings/")],
)
def test_who_signed_in_is_said_there_and_not_on_a_later_page(
    client: Client, db: None, role: str, later: str
) -> None:
    first = client.get(sign_in(client, role)).content.decode()
    assert "You are signed in as" in first
    assert "You are signed in as" not in client.get(later).content.decode()


def test_a_page_that_was_asked_for_comes_first(client: Client, db: None) -> None:
    assert sign_in(client, "physio", next="/physio/week/") == "/physio/week/"


@pytest.mark.parametrize(("role", "page"), [("physio", "/physio/"), ("reception", "/reception/")])
def test_the_public_pages_offer_the_way_there(client: Client, db: None, role: str, page: str) -> None:
    client.force_login(make_user(role=role))
    assert f'href="{page}"' in client.get("/treatments/").content.decode()


def test_patients_are_offered_no_such_way(client: Client, db: None) -> None:
    client.force_login(make_user())
    html = client.get("/treatments/").content.decode()
    assert 'href="/physio/"' not in html
    assert 'href="/reception/"' not in html
