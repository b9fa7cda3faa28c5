"""/treatments/<slug>/: what it is, what it feels like, whom it suits, and the way to book."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models.user import Role
from catalogue.models import Published, Treatment, TreatmentQuestion, TreatmentSource
from tests.factories import make_clinic, make_condition, make_treatment, make_user

pytestmark = pytest.mark.django_db


def page(client: Client, treatment: Treatment, query: str = "") -> str:
    response = client.get(treatment.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def test_every_part_of_the_treatment_is_on_its_page(client: Client) -> None:
    texts = {
        "what_it_is": "A needle thin as hair.",
        "how_it_differs": "Not acupuncture.",
        "how_it_helps": "The knot lets go.",
        "what_it_feels_like": "A twitch.",
        "what_to_expect_after": "Sore for a day.",
        "who_it_suits": "Stiff necks.",
        "who_should_not": "Not on blood thinners.",
        "evidence": "Short trials.",
    }

    html = page(client, make_treatment(**texts))

    assert [text for text in texts.values() if text not in html] == []


def test_the_evidence_is_named_in_a_word(client: Client) -> None:
    assert "Mixed" in page(client, make_treatment(evidence_level=Treatment.Evidence.MIXED))


def test_questions_come_with_their_answers(client: Client) -> None:
    treatment = make_treatment()
    TreatmentQuestion.objects.create(treatment=treatment, question="Does it hurt?", answer="A *little*.")

    html = page(client, treatment)

    assert "Does it hurt?" in html
    assert "A <em>little</em>." in html


def test_sources_can_be_followed(client: Client) -> None:
    treatment = make_treatment()
    TreatmentSource.objects.create(
        treatment=treatment, citation="Chys M. A review.", year=2023, url="https://doi.example/1"
    )

    assert 'href="https://doi.example/1"' in page(client, treatment)


def test_the_way_to_book_carries_the_treatment_along(client: Client) -> None:
    treatment = make_treatment(slug="dry-needling")

    assert 'href="/book/?treatment=dry-needling"' in page(client, treatment)


def test_a_visit_that_may_include_it_leads_to_its_times(client: Client) -> None:
    treatment = make_treatment(slug="dry-needling")
    make_clinic(slug="follow-up").treatments.add(treatment)

    assert 'href="/book/follow-up/?treatment=dry-needling"' in page(client, treatment)


def test_a_visit_hidden_online_is_not_offered(client: Client) -> None:
    treatment = make_treatment()
    make_clinic(slug="staff-only", online=False).treatments.add(treatment)

    assert "staff-only" not in page(client, treatment)


def test_what_people_come_with_is_linked(client: Client) -> None:
    treatment = make_treatment()
    condition = make_condition(treatments=[treatment])

    assert f'href="{condition.get_absolute_url()}"' in page(client, treatment)


def test_a_condition_still_in_draft_is_not_linked(client: Client) -> None:
    treatment = make_treatment()
    condition = make_condition(treatments=[treatment], state=Published.State.DRAFT)

    assert condition.get_absolute_url() not in page(client, treatment)


def test_a_draft_is_not_found(client: Client) -> None:
    draft = make_treatment(state=Published.State.DRAFT)

    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_draft_is_not_found_by_asking_for_a_preview(client: Client) -> None:
    draft = make_treatment(state=Published.State.DRAFT)
    client.force_login(make_user(role=Role.PATIENT))

    assert client.get(draft.get_absolute_url() + "?preview").status_code == 404


def test_a_manager_previews_a_draft(client: Client) -> None:
    draft = make_treatment(state=Published.State.DRAFT)
    client.force_login(make_user(role=Role.MANAGER))

    assert "A draft" in page(client, draft, "?preview")


def test_a_manager_sees_what_the_public_sees_unless_they_ask(client: Client) -> None:
    draft = make_treatment(state=Published.State.DRAFT)
    client.force_login(make_user(role=Role.MANAGER))

    assert client.get(draft.get_absolute_url()).status_code == 404


def test_the_page_only_answers_reading(client: Client) -> None:
    assert client.post(make_treatment().get_absolute_url()).status_code == 405


@pytest.mark.parametrize("conditions", [1, 30])
def test_the_number_of_queries_does_not_grow(
    client: Client, conditions: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    treatment = make_treatment()
    for number in range(conditions):
        make_condition(treatments=[treatment])
        make_clinic(slug=f"visit-{number}").treatments.add(treatment)
        TreatmentQuestion.objects.create(treatment=treatment, question="Why?", answer="Because.")
    client.get(treatment.get_absolute_url())

    with django_assert_num_queries(11):  # row 4, visits 3, open times 3, footer 1
        client.get(treatment.get_absolute_url())
