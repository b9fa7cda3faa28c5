"""Who read whose record, once a person, record and day."""

from datetime import datetime

import pytest

from accounts.models import Patient, User
from booking.actions.reading import note_opened
from booking.models import AuditEntry
from tests.factories import at, make_patient, make_user

pytestmark = pytest.mark.django_db
TEN = at(3, "10:00")


@pytest.fixture
def maren() -> User:
    return make_user(role="physio")


@pytest.fixture
def tom() -> Patient:
    return make_patient()


def looked(by: User, whose: Patient, *moments: datetime) -> int:
    for moment in moments:
        note_opened(patient_id=whose.pk, by=by, now=moment)
    return AuditEntry.objects.filter(verb="opened record").count()


def test_it_says_who_looked_when_and_at_whom(maren: User, tom: Patient) -> None:
    looked(maren, tom, TEN)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.actor_kind, entry.patient_id, entry.at) == (maren, "staff", tom.pk, TEN)


def test_two_looks_on_one_day_are_one_entry(maren: User, tom: Patient) -> None:
    assert looked(maren, tom, at(3, "0:00"), TEN, at(3, "23:55")) == 1


def test_the_day_is_the_clinics(maren: User, tom: Patient) -> None:
    """In summer its midnight is eleven in the evening of UTC."""
    assert looked(maren, tom, at(3, "23:55", month=7), at(4, "0:05", month=7)) == 2


def test_a_second_person_makes_another(maren: User, tom: Patient) -> None:
    looked(maren, tom, TEN)
    assert looked(make_user(role="physio"), tom, TEN) == 2


def test_another_record_makes_another(maren: User, tom: Patient) -> None:
    looked(maren, tom, TEN)
    assert looked(maren, make_patient(), TEN) == 2
