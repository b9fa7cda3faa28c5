"""GET /api/v1/appointments/{id}/record/ and consent/"""

import uuid

import pytest

from booking.actions.clinical.records import sign_record
from booking.models import Appointment, AuditEntry
from booking.queries.links import token_for
from tests.api.client import Api, bearer, problem
from tests.api.test_schema import Schema, fits
from tests.api.test_schema import schema as schema
from tests.factories import NOW, at, make_user
from tests.needling import another_physio, make_needled_visit, needled, physio_of, sign

pytestmark = pytest.mark.django_db
PAGES = ["record", "consent"]


@pytest.fixture
def visit() -> Appointment:
    visit = make_needled_visit(starts_at=at(30, "10:00", month=11))
    sign(visit, now=NOW)
    sign_record(
        appointment_id=visit.pk,
        practitioner=visit.practitioner,
        written=needled(),
        by=physio_of(visit),
        now=NOW,
    )
    return visit


def test_the_treating_physio_reads_the_record(api: Api, schema: Schema, visit: Appointment) -> None:
    api.client.force_login(physio_of(visit))
    answer = api.get(f"appointments/{visit.pk}/record/")
    [used] = answer.json()["techniques"]
    assert (used["treatment"], used["needles_in"], used["regions"]) == ("dry-needling", 4, ["neck"])
    fits(schema, "GET appointments/{appointment_id}/record/", answer)


def test_the_treating_physio_reads_how_consent_stands(api: Api, schema: Schema, visit: Appointment) -> None:
    api.client.force_login(physio_of(visit))
    answer = api.get(f"appointments/{visit.pk}/consent/")
    [text] = answer.json()["texts"]
    assert (text["state"], text["consent"]["signed_name"]) == ("signed", "Elena Marsh")
    fits(schema, "GET appointments/{appointment_id}/consent/", answer)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["reception", "manager", "patient"])
def test_everybody_else_is_refused(api: Api, visit: Appointment, page: str, role: str) -> None:
    user = make_user(role=role)
    visit.patient.holder = user if role == "patient" else None  # type: ignore[union-attr]
    visit.patient.save()  # type: ignore[union-attr]
    api.client.force_login(user)
    answer = api.get(f"appointments/{visit.pk}/{page}/")
    assert (answer.status_code, problem(answer)) == (403, "not-allowed")


@pytest.mark.parametrize("page", PAGES)
def test_another_physio_learns_nothing(api: Api, visit: Appointment, page: str) -> None:
    user = another_physio().user
    assert user is not None
    api.client.force_login(user)
    here, nowhere = (api.get(f"appointments/{key}/{page}/") for key in (visit.pk, uuid.uuid4()))
    assert here.status_code == 403
    assert (here.status_code, here.json()) == (nowhere.status_code, nowhere.json())


@pytest.mark.parametrize("page", PAGES)
def test_the_token_of_the_visit_does_not_open_it(api: Api, visit: Appointment, page: str) -> None:
    answer = api.get(f"appointments/{visit.pk}/{page}/", **bearer(token_for(visit)))
    assert answer.status_code in (401, 403)


@pytest.mark.parametrize("page", PAGES)
def test_reading_it_is_noted(api: Api, visit: Appointment, page: str) -> None:
    api.client.force_login(physio_of(visit))
    api.get(f"appointments/{visit.pk}/{page}/")
    assert AuditEntry.objects.filter(verb="opened record", actor=physio_of(visit)).exists()
