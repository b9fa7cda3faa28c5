"""/physio/visits/<id>/record/ and addition/: what was done."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from booking.models import AdverseEvent, Appointment, RecordAddition, VisitRecord
from tests.factories import make_user
from tests.needling import another_physio, make_needled_visit, needling, physio_of, sign
from tests.web.physio.test_consent import this_morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client: Client) -> Appointment:
    visit = make_needled_visit(starts_at=this_morning())
    sign(visit, now=timezone.now())
    client.force_login(physio_of(visit))
    return visit


def url(visit: Appointment, page: str = "record") -> str:
    return f"/physio/visits/{visit.pk}/{page}/"


def post(client: Client, visit: Appointment, do: str = "sign", **changes: Any) -> HttpResponse:
    key = f"t{needling().pk}"
    typed = {
        "pain": "6", "function": "4", "note": "Softer.", key: "on", f"{key}_regions": ["neck"],
        f"{key}_in": "4", f"{key}_out": "4", f"{key}_missing": "", "do": do,
    }  # fmt: skip
    changes = {f"{key}_{name}": value for name, value in changes.items()}
    response: Any = client.post(url(visit), {**typed, **changes})
    return response


def test_it_asks_for_what_the_service_may_include(client: Client, visit: Appointment) -> None:
    html = client.get(url(visit)).content.decode()
    assert "Dry needling" in html
    assert "Needles in" in html


def test_a_draft_comes_back_as_it_was_typed(client: Client, visit: Appointment) -> None:
    assert post(client, visit, do="save").status_code == 302
    html = client.get(url(visit)).content.decode()
    assert "Softer." in html
    assert 'value="4"' in html


def test_signing_locks_it(client: Client, visit: Appointment) -> None:
    post(client, visit)
    html = client.get(url(visit)).content.decode()
    assert "Signed and locked" in html
    assert "4 needles in, 4 out" in html
    assert "Sign and lock" not in html


def test_a_missing_needle_is_said_and_nothing_typed_is_lost(client: Client, visit: Appointment) -> None:
    response = post(client, visit, out="3")
    html = response.content.decode()
    assert response.status_code == 409
    assert "4 went in, 3 came out. Look for the other" in html
    assert "Softer." in html
    assert not VisitRecord.objects.exists()


def test_with_a_reason_it_is_signed_and_reported(client: Client, visit: Appointment) -> None:
    assert post(client, visit, out="3", missing="It broke.").status_code == 302
    assert AdverseEvent.objects.get().severity == "major"


@pytest.mark.parametrize(
    "changes", [{"in": "-1"}, {"in": "many"}, {"in": "1e9"}, {"regions": ["moon"]}, {"in": "\x00"}]
)
def test_bad_input_is_refused(client: Client, visit: Appointment, changes: dict[str, Any]) -> None:
    assert post(client, visit, **changes).status_code == 422


def test_what_is_signed_is_not_written_again(client: Client, visit: Appointment) -> None:
    post(client, visit)
    assert post(client, visit, out="2").status_code == 302
    assert VisitRecord.objects.get().techniques.get().needles_out == 4


def test_an_addition_stands_below(client: Client, visit: Appointment) -> None:
    post(client, visit)
    client.post(url(visit, "addition"), {"text": "The right side."})
    html = client.get(url(visit)).content.decode()
    assert "The right side." in html
    assert "Maren Holt" in html


def test_an_empty_addition_is_refused(client: Client, visit: Appointment) -> None:
    post(client, visit)
    assert client.post(url(visit, "addition"), {"text": ""}).status_code == 422
    assert not RecordAddition.objects.exists()


def test_nothing_is_written_before_the_patient_is_here(client: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="confirmed")
    assert client.get(url(visit)).status_code == 409


def test_an_adverse_event_is_reported(client: Client, visit: Appointment) -> None:
    day = visit.starts_at.date().isoformat()
    sent = {"kind": "bruise", "severity": "minor", "occurred_on": day, "description": "Small."}
    assert client.post(url(visit, "adverse-event"), sent).status_code == 302
    assert AdverseEvent.objects.get().kind == "bruise"


@pytest.mark.parametrize("day", ["2020-01-01", "2999-01-01", "yesterday", ""])
def test_an_adverse_event_has_a_day_that_can_be(client: Client, visit: Appointment, day: str) -> None:
    sent = {"kind": "bruise", "severity": "minor", "occurred_on": day}
    assert client.post(url(visit, "adverse-event"), sent).status_code == 422


@pytest.mark.parametrize("page", ["record", "adverse-event"])
@pytest.mark.parametrize("role", ["reception", "manager", "patient", "physio"])
def test_nobody_else_gets_in(client: Client, visit: Appointment, role: str, page: str) -> None:
    user = another_physio().user if role == "physio" else make_user(role=role)
    assert user is not None
    client.force_login(user)
    assert client.get(url(visit, page)).status_code == 403


def test_a_stranger_signs_in_first(client: Client, visit: Appointment) -> None:
    client.logout()
    assert client.get(url(visit))["Location"].startswith("/accounts/login/")


def test_the_card_shows_consent_and_notes(client: Client, visit: Appointment) -> None:
    post(client, visit)
    html = client.get(f"/physio/visits/{visit.pk}/").content.decode()
    assert "Consent signed" in html
    assert "4 needles in, 4 out" in html
