"""A first visit on a phone stays under 120 kB over the wire, fonts included."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories import make_clinic, make_condition, make_treatment

LIMIT = 120_000
COMPRESSED_ALREADY = {".woff2", ".png"}

pytestmark = pytest.mark.django_db


def weight(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix in COMPRESSED_ALREADY else len(gzip.compress(content, 6))


def fetched(html: str) -> set[Path]:
    """What a browser asks for at once: styles, scripts, preloaded fonts, drawings."""
    tags = re.findall(r"<(?:link|script|use)\s[^>]*>", html)
    wanted = [tag for tag in tags if not re.search(r'rel="(?:icon|apple-touch-icon|canonical)"', tag)]
    asked = re.findall(r'(?:href|src)="([^"#]+)', " ".join(wanted))
    paths = {finders.find(address.removeprefix("/static/")) for address in asked}
    assert None not in paths
    return {Path(path) for path in paths if path}


@pytest.mark.parametrize("address", ["/", "/treatments/dry-needling/", "/book/", "/accounts/login/"])
def test_a_first_visit_is_light(client: Client, address: str) -> None:
    treatment = make_treatment(slug="dry-needling", what_it_is="A long explanation. " * 400)
    make_clinic().treatments.add(treatment)
    make_condition(treatments=[treatment])

    response = client.get(address)

    files = fetched(response.content.decode())
    assert {path.suffix for path in files} >= {".css", ".js", ".woff2", ".svg"}
    assert len(response.content) + sum(map(weight, files)) < LIMIT
