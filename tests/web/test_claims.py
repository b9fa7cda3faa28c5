"""What proving an address opens, and to whom."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Patient, User
from booking.models import AuditEntry
from booking.web.patient.new_visit.booked import booked_url
from tests.factories import make_clinic, make_patient, make_user
from tests.web.patient.scene import booked, working_day

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "elena.marsh@mail.example", "a long enough sentence"


@pytest.fixture
def stranger() -> Client:
    """Signs up with Elena's address, which they cannot prove."""
    client = Client()
    sign_up(client)
    return client


def sign_up(client: Client, password: str = PASSWORD) -> None:
    client.post("/accounts/signup/", {"email": ADDRESS, "password1": password})


def sign_in(client: Client, password: str = PASSWORD) -> None:
    client.post("/accounts/login/", {"login": ADDRESS, "password": password})


def code_in_mail() -> str:
    """The one in the newest mail that has one."""
    found = re.findall(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    return str(found[0])


def opens(password: str) -> bool:
    """Whether somebody signs in with it now, in a browser that remembers nothing."""
    client = Client()
    sign_in(client, password)
    return is_signed_in(client)


def is_signed_in(client: Client) -> bool:
    return client.get("/appointments/").status_code == 200


def prove_by_booking(client: Client) -> str:
    service = make_clinic(slug="follow-up", name="Follow-up", visit_kind="first", horizon_days=40)
    page = booked_url(booked(client, service, working_day(3, "10:00")))
    client.get(page)
    return client.post(page, {"code": code_in_mail()}, follow=True).content.decode()


def prove_by_signing_in(client: Client) -> str:
    client.post("/accounts/login/code/", {"email": ADDRESS})
    answer = client.post("/accounts/login/code/confirm/", {"code": code_in_mail()}, follow=True)
    return answer.content.decode()


def prove_by_forgetting_the_password(client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": ADDRESS})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in_mail()})


def prove_what_was_signed_up(client: Client) -> None:
    client.post("/accounts/confirm-email/", {"code": code_in_mail()})


def test_who_signed_up_with_anothers_address_is_kept_out_once_they_book(
    client: Client, stranger: Client
) -> None:
    prove_by_booking(client)

    assert Patient.objects.get().holder == User.objects.get()
    assert is_signed_in(client)
    assert not opens(PASSWORD)


def test_who_signed_up_with_anothers_address_is_kept_out_once_they_sign_in_by_code(
    client: Client, stranger: Client
) -> None:
    prove_by_signing_in(client)

    assert is_signed_in(client)
    assert not opens(PASSWORD)


def test_who_signed_up_with_anothers_address_is_kept_out_once_they_ask_for_a_new_password(
    client: Client, stranger: Client
) -> None:
    prove_by_forgetting_the_password(client)

    assert EmailAddress.objects.get().verified
    assert not opens(PASSWORD)


def test_a_sign_up_begun_elsewhere_does_not_go_on_after_the_proof(client: Client, stranger: Client) -> None:
    sign_up(stranger, password="another long sentence")
    sign_in(stranger)

    prove_by_signing_in(client)

    stranger.post("/accounts/confirm-email/", {"code": "AAAA-AAAA"})
    assert not is_signed_in(stranger)
    assert not opens(PASSWORD)
    assert not opens("another long sentence")


def test_who_proves_an_address_is_told_that_a_password_had_been_chosen(
    client: Client, stranger: Client
) -> None:
    assert "A password had been chosen for this address" in prove_by_booking(client)


def test_a_password_that_goes_is_written_down(client: Client, stranger: Client) -> None:
    prove_by_signing_in(client)

    assert AuditEntry.objects.get().verb == "password forgotten"


def test_who_signs_up_and_types_the_code_keeps_the_password(client: Client) -> None:
    sign_up(client)
    prove_what_was_signed_up(client)

    assert is_signed_in(client)
    assert opens(PASSWORD)


def test_who_signs_up_here_and_proves_it_elsewhere_by_password_keeps_it(client: Client) -> None:
    sign_up(client)

    cache.clear()  # some minutes later another code may be sent
    elsewhere = Client()
    sign_in(elsewhere)
    prove_what_was_signed_up(elsewhere)

    assert is_signed_in(elsewhere)
    assert User.objects.get().check_password(PASSWORD)


def test_a_second_address_proved_later_leaves_the_password(client: Client) -> None:
    user = make_user(email="elena@work.example", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=False)

    prove_by_signing_in(client)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_proved_address_brings_the_records_written_with_it(client: Client) -> None:
    patient = make_patient(email=ADDRESS)
    sign_up(client)

    prove_what_was_signed_up(client)

    patient.refresh_from_db()
    assert patient.holder == User.objects.get()
