"""The physio’s day opens on a bad line: under 100 kB with its fonts; no script holds it up."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from booking.words import in_clinic_time
from tests.factories import make_appointment, make_clinic, make_patient, make_user
from tests.look.test_weight import fetched, weight

LIMIT = 100_000
FULL_DAY = 16

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> str:
    """A full day: sixteen visits, each with an alert and a note."""
    service = make_clinic(name="Follow-up, 45 min, may include dry needling")
    maren = service.practitioners.get()
    maren.user = make_user(role="physio")
    maren.save()
    client.force_login(maren.user)
    start = in_clinic_time(timezone.now()).replace(hour=6, minute=0, second=0, microsecond=0)
    for number in range(FULL_DAY):
        make_appointment(
            service=service,
            starts_at=start + timedelta(minutes=50 * number),
            patient=make_patient(name="Wilhelmina Featherstonehaugh", alert="Latex allergy. " * 5),
            patient_note="Left shoulder blade since June, worse at the desk. " * 4,
        )
    return client.get("/physio/").content.decode()


def fonts() -> set[Path]:
    """Both faces, which the styles ask for."""
    names = ("platypi-latin", "hanken-grotesk-latin")
    found = {finders.find(f"dist/fonts/{name}.woff2") for name in names}
    assert None not in found
    return {Path(path) for path in found if path}


def test_no_font_holds_up_the_words(page: str) -> None:
    assert 'rel="preload"' not in page
    assert 'rel="stylesheet"' in page


def test_it_is_light(page: str) -> None:
    files = fetched(page) | fonts()
    assert {path.suffix for path in files} >= {".css", ".js", ".woff2", ".svg"}
    assert len(page.encode()) + sum(map(weight, files)) < LIMIT


def test_no_script_holds_it_up(page: str) -> None:
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts
    assert all(re.search(r'\bdefer\b|type="module"', script) for script in scripts)
    assert page.count("Wilhelmina") >= FULL_DAY
