"""What the pages say to search engines, read back as JSON."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from catalogue.models import TreatmentQuestion
from tests.factories import make_condition, make_practitioner, make_treatment

pytestmark = pytest.mark.django_db


def graph(client: Client, address: str) -> dict[str, dict[str, Any]]:
    html = client.get(address).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found
    data = json.loads(found[1])
    assert data["@context"] == "https://schema.org"
    return {str(thing["@type"]): thing for thing in data["@graph"]}


def test_a_treatment_is_a_medical_therapy(client: Client) -> None:
    treatment = make_treatment(name="Dry needling", who_should_not="Not on **blood thinners**.")

    therapy = graph(client, treatment.get_absolute_url())["MedicalTherapy"]

    assert (therapy["name"], therapy["contraindication"]) == ("Dry needling", "Not on blood thinners.")


def test_questions_are_an_faq(client: Client) -> None:
    treatment = make_treatment()
    TreatmentQuestion.objects.create(treatment=treatment, question="Does it hurt?", answer="A little.")

    question = graph(client, treatment.get_absolute_url())["FAQPage"]["mainEntity"][0]

    assert (question["name"], question["acceptedAnswer"]["text"]) == ("Does it hurt?", "A little.")


def test_without_questions_there_is_no_faq(client: Client) -> None:
    assert "FAQPage" not in graph(client, make_treatment().get_absolute_url())


def test_a_condition_names_its_possible_treatments(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://clinic.example"
    treatment = make_treatment(slug="exercise", name="Exercise")

    condition = graph(client, make_condition(treatments=[treatment]).get_absolute_url())["MedicalCondition"]

    assert condition["possibleTreatment"] == [
        {
            "@type": "MedicalTherapy",
            "name": "Exercise",
            "url": "https://clinic.example/treatments/exercise/",
        }
    ]


def test_a_physio_is_a_person_with_languages(client: Client) -> None:
    physio = make_practitioner(languages="English, Welsh")

    assert graph(client, physio.get_absolute_url())["Person"]["knowsLanguage"] == ["English", "Welsh"]


def test_a_text_cannot_end_the_script_it_stands_in(client: Client) -> None:
    treatment = make_treatment(name="</script><script>alert(1)</script>")

    html = client.get(treatment.get_absolute_url()).content.decode()

    assert "<script>alert(1)" not in html
    assert graph(client, treatment.get_absolute_url())["MedicalTherapy"]["name"] == treatment.name
