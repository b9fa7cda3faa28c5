"""/physio/visits/<id>/consent/: read and signed in the room."""

from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from booking.models import Appointment, Consent
from booking.words import in_clinic_time
from tests.factories import make_consent_text, make_user
from tests.needling import another_physio, make_needled_visit, needling, physio_of, sign, text

pytestmark = pytest.mark.django_db
SIGNED = {"was_explained": "on", "questions_answered": "on", "signed_name": "Elena Marsh"}


def this_morning() -> datetime:
    return in_clinic_time(timezone.now()).replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def visit(client: Client) -> Appointment:
    visit = make_needled_visit(starts_at=this_morning())
    client.force_login(physio_of(visit))
    return visit


def url(visit: Appointment, rest: str = "") -> str:
    return f"/physio/visits/{visit.pk}/consent/{rest}"


def post(client: Client, visit: Appointment, **changes: Any) -> HttpResponse:
    response: Any = client.post(url(visit), {"text": text().pk, **SIGNED, **changes})
    return response


def test_the_button_says_before_whom(client: Client, visit: Appointment) -> None:
    html = client.get(url(visit)).content.decode()
    assert "Sign with Maren" in html
    assert "What it is, and what can go wrong." in html


def test_signing_keeps_the_signature(client: Client, visit: Appointment) -> None:
    assert post(client, visit, signed_for="mother", remarks="The neck.").status_code == 302
    signed = Consent.objects.get()
    assert (signed.signed_name, signed.signed_for, signed.remarks) == ("Elena Marsh", "mother", "The neck.")


@pytest.mark.parametrize("missing", SIGNED)
def test_what_is_missing_is_said_and_nothing_is_signed(
    client: Client, visit: Appointment, missing: str
) -> None:
    assert post(client, visit, **{missing: ""}).status_code == 422
    assert not Consent.objects.exists()


def test_a_name_that_nobody_can_see_is_no_signature(client: Client, visit: Appointment) -> None:
    assert post(client, visit, signed_name="\u202e\u200b").status_code == 422
    assert not Consent.objects.exists()


def test_it_cannot_be_signed_before_the_patient_is_here(client: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="confirmed")
    assert "Sign with" not in client.get(url(visit)).content.decode()
    assert post(client, visit).status_code == 409


def test_signing_in_a_second_tab_is_refused_in_words(client: Client, visit: Appointment) -> None:
    post(client, visit)
    response = post(client, visit)
    assert response.status_code == 409
    assert "signed a moment ago" in response.content.decode()


def test_the_paper_opens(client: Client, visit: Appointment) -> None:
    consent = sign(visit, now=timezone.now())
    response = client.get(url(visit, f"{consent.pk}/"))
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]


def test_it_is_taken_back_after_one_more_question(client: Client, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    assert "Take back the consent" in client.get(url(visit, "withdraw/")).content.decode()
    client.post(url(visit, "withdraw/"))
    assert Consent.objects.get().withdrawn_by == "physio"


@pytest.mark.parametrize("rest", ["", "withdraw/"])
@pytest.mark.parametrize("role", ["reception", "patient"])
def test_nobody_else_gets_in(client: Client, visit: Appointment, role: str, rest: str) -> None:
    client.force_login(make_user(role=role))
    assert client.get(url(visit, rest)).status_code == 403


def test_another_physio_does_not_get_in(client: Client, visit: Appointment) -> None:
    consent = sign(visit, now=timezone.now())
    user = another_physio().user
    assert user is not None
    client.force_login(user)
    assert client.get(url(visit)).status_code == 403
    assert client.get(url(visit, f"{consent.pk}/")).status_code == 403


def test_a_stranger_signs_in_first(client: Client, visit: Appointment) -> None:
    client.logout()
    assert client.get(url(visit))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("forged", ["", "x", "-1", "999999999999999999999", "\x00"])
def test_a_forged_text_is_not_signed(client: Client, visit: Appointment, forged: str) -> None:
    assert post(client, visit, text=forged).status_code == 409
    assert not Consent.objects.exists()


@pytest.fixture
def read_before(visit: Appointment) -> int:
    """The text that the patient read; another is in force by now."""
    old = text()
    old.state = "retired"
    old.save()
    make_consent_text(treatment=needling(), version=2)
    return old.pk


def test_nobody_signs_a_text_they_have_not_read(client: Client, visit: Appointment, read_before: int) -> None:
    answer = post(client, visit, text=read_before)
    assert answer.status_code == 409
    assert "The text was replaced a moment ago." in answer.content.decode()
    assert not Consent.objects.exists()


def test_what_was_typed_under_the_old_text_is_kept_and_the_ticks_are_not(
    client: Client, visit: Appointment, read_before: int
) -> None:
    form = post(client, visit, text=read_before, remarks="The neck.").context["form"]
    kept = {name: form[name].value() for name in (*SIGNED, "remarks")}
    assert kept == {
        "was_explained": False, "questions_answered": False,
        "signed_name": "Elena Marsh", "remarks": "The neck.",
    }  # fmt: skip
