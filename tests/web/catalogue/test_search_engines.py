"""Canonical addresses, cards for social media, the sitemap, and what robots may read."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Practitioner
from catalogue.models import Condition, Published, Treatment
from tests.factories import make_condition, make_practitioner, make_treatment

pytestmark = pytest.mark.django_db


def test_a_page_names_one_address_for_itself(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://clinic.example"
    make_treatment(slug="dry-needling")

    html = client.get("/treatments/dry-needling/?utm_source=letter").content.decode()

    assert '<link rel="canonical" href="https://clinic.example/treatments/dry-needling/">' in html


def test_a_page_brings_its_own_card(client: Client) -> None:
    make_treatment(slug="dry-needling", name="Dry needling", summary="A thin needle.")

    html = client.get("/treatments/dry-needling/").content.decode()

    card = dict(re.findall(r'<meta property="og:(\w+)"\s+content="(.*?)"', html))
    assert (card["title"], card["description"]) == ("Dry needling", "A thin needle.")


def test_the_sitemap_lists_what_is_published(client: Client) -> None:
    rows: list[Treatment | Condition | Practitioner] = [
        make_treatment(),
        make_condition(),
        make_practitioner(),
    ]

    sitemap = client.get("/sitemap.xml").content.decode()

    assert [row for row in rows if f"{row.get_absolute_url()}</loc>" not in sitemap] == []


def test_the_sitemap_keeps_drafts_to_itself(client: Client) -> None:
    draft = make_treatment(state=Published.State.DRAFT)

    assert draft.slug not in client.get("/sitemap.xml").content.decode()


def test_robots_are_told_where_the_sitemap_is(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://clinic.example"

    assert "Sitemap: https://clinic.example/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_a_public_page_sets_no_cookie(client: Client) -> None:
    make_treatment(slug="dry-needling")

    response = client.get("/treatments/dry-needling/")

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", ["/admin/", "/reception/", "/physio/", "/appointments/"])
def test_robots_are_kept_out_of_what_is_nobody_elses_business(client: Client, path: str) -> None:
    assert f"Disallow: {path}\n" in client.get("/robots.txt").content.decode()
