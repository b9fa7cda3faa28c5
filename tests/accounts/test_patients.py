"""A patient's name, and what it is found by."""

import pytest

from tests.factories import make_patient

pytestmark = pytest.mark.django_db


def test_a_name_that_is_longer_once_it_is_plain_is_kept_whole() -> None:
    patient = make_patient(name="ß" * 100)
    patient.refresh_from_db()
    assert (patient.name, patient.search_name) == ("ß" * 100, "s" * 150)
