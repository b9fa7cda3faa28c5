"""/book/: choose a visit."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import Service
from tests.factories import make_condition, make_practitioner, make_service, make_treatment
from tests.web.patient.scene import NAUGHTY

pytestmark = pytest.mark.django_db


def start(client: Client, query: str = "") -> str:
    response = client.get(f"/book/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_visit_is_shown_with_its_price_and_its_length(client: Client) -> None:
    make_service(name="First assessment", price_minor=7250, duration_minutes=60)

    html = start(client)

    assert "First assessment" in html
    assert "£72.50" in html
    assert "60 min" in html


def test_what_is_not_shown_online_is_not_offered(client: Client) -> None:
    make_service(name="Only by telephone", online=False)

    assert "Only by telephone" not in start(client)


def test_what_a_visit_may_include_is_said_and_not_promised(client: Client) -> None:
    make_service().treatments.add(make_treatment(name="Dry needling"), make_treatment(name="Manual therapy"))

    assert "May include dry needling or manual therapy." in start(client)


def test_first_visits_and_follow_ups_are_explained(client: Client) -> None:
    make_service(visit_kind=Service.VisitKind.FIRST)
    make_service(visit_kind=Service.VisitKind.FOLLOW_UP)

    html = start(client)

    assert "New here, or with something new" in html
    assert "You have been here about this before" in html


def test_a_chosen_treatment_puts_its_visits_first(client: Client) -> None:
    needling = make_treatment(slug="dry-needling", name="Dry needling")
    make_service(name="Other visit", position=1)
    make_service(name="Needling visit", position=2).treatments.add(needling)

    html = start(client, "?treatment=dry-needling")

    assert html.index("Needling visit") < html.index("Everything else") < html.index("Other visit")


def test_a_chosen_condition_puts_the_visits_that_may_help_first(client: Client) -> None:
    helpful = make_treatment()
    make_condition(slug="neck-pain", name="Neck pain", treatments=[helpful])
    make_service(name="Other visit", position=1)
    make_service(name="Helpful visit", position=2).treatments.add(helpful)

    html = start(client, "?condition=neck-pain")

    assert "may help with neck pain" in html
    assert html.index("Helpful visit") < html.index("Everything else") < html.index("Other visit")


def test_the_choice_is_carried_to_the_next_page(client: Client) -> None:
    maren = make_practitioner(slug="maren-holt")
    needling = make_treatment(slug="dry-needling")
    make_service(slug="follow-up", practitioners=[maren]).treatments.add(needling)

    html = start(client, "?treatment=dry-needling&practitioner=maren-holt")

    assert "/book/follow-up/?treatment=dry-needling&amp;practitioner=maren-holt" in html


def test_a_physio_is_not_carried_to_a_visit_they_do_not_give(client: Client) -> None:
    make_practitioner(slug="maren-holt")
    make_service(slug="gym")

    assert 'href="/book/gym/"' in start(client, "?practitioner=maren-holt")


def test_a_choice_that_nothing_fits_is_no_dead_end(client: Client) -> None:
    make_treatment(slug="new", name="New treatment")
    make_service(name="Follow-up")

    html = start(client, "?treatment=new")

    assert "Follow-up" in html
    assert "Everything else" not in html


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_choice_that_does_not_exist_is_passed_over(client: Client, text: str) -> None:
    make_service(name="Follow-up")

    assert "Follow-up" in start(client, f"?treatment={quote(text)}&practitioner={quote(text)}")


def test_it_takes_no_post(client: Client) -> None:
    response = client.post("/book/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_more_visits_ask_no_more_questions(client: Client) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            start(client)
        return len(asked)

    make_service(practitioners=[make_practitioner()]).treatments.add(make_treatment())
    few = questions()
    for _ in range(10):
        make_service(practitioners=[make_practitioner()]).treatments.add(make_treatment())

    assert questions() == few
