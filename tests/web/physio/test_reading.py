"""Reading a patient's pages leaves one trace a day, whichever pages they are."""

import pytest
from django.test import Client

from accounts.models import User
from booking.models import AuditEntry
from tests.factories import make_appointment, make_practitioner, make_user
from tests.needling import physio_of
from tests.web.physio.everybody import Confidence, make_confidence
from tests.web.physio.test_who_gets_in import ABOUT_SOMEBODY, PAGES, address

pytestmark = pytest.mark.django_db
READ = [name for name in ABOUT_SOMEBODY if PAGES[name].get == 200 and name != "take-alert"]
"""An alert is a telephone number and what to ask: who takes it is written down by itself."""


@pytest.fixture
def confidence() -> Confidence:
    return make_confidence()


def readers(confidence: Confidence) -> list[User | None]:
    entries = AuditEntry.objects.filter(verb="opened record", patient_id=confidence.visit.patient_id)
    return [entry.actor for entry in entries.order_by("id")]


@pytest.mark.parametrize("name", READ)
def test_each_page_leaves_a_trace(client: Client, confidence: Confidence, name: str) -> None:
    me = physio_of(confidence.visit)
    client.force_login(me)
    assert client.get(address(name, confidence)).status_code == 200
    assert readers(confidence) == [me]


def test_all_of_them_twice_leave_one(client: Client, confidence: Confidence) -> None:
    me = physio_of(confidence.visit)
    client.force_login(me)
    for name in [*READ, "today", *READ]:
        assert client.get(address(name, confidence)).status_code == 200
    assert readers(confidence) == [me]


def test_a_colleague_who_treats_too_leaves_another(client: Client, confidence: Confidence) -> None:
    colleague = make_practitioner(user=make_user(role="physio"))
    make_appointment(
        service=confidence.visit.service, starts_at=confidence.visit.starts_at.replace(hour=15),
        patient=confidence.visit.patient, practitioner=colleague, location=confidence.visit.location,
    )  # fmt: skip
    for user in (physio_of(confidence.visit), colleague.user):
        assert user is not None
        client.force_login(user)
        assert client.get(address("patient", confidence)).status_code == 200
    assert readers(confidence) == [physio_of(confidence.visit), colleague.user]
