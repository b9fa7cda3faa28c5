"""/booked/<token>/: it is done, and one last thing: the proof of the address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import Patient, User
from booking.models import Appointment
from booking.queries.links import token_for
from booking.web.patient.new_visit.booked import booked_url
from catalogue.models import Service
from tests.factories import make_clinic, make_user
from tests.web.patient.scene import book, booked, working_day

pytestmark = pytest.mark.django_db
ADDRESS = "elena.marsh@mail.example"


@pytest.fixture
def service() -> Service:
    return make_clinic(slug="follow-up", name="Follow-up", visit_kind="first", horizon_days=40)


@pytest.fixture
def mine(client: Client, service: Service) -> Appointment:
    return booked(client, service, working_day(3, "10:00"))


def done(client: Client, appointment: Appointment) -> str:
    response = client.get(booked_url(appointment))
    assert response.status_code == 200
    return response.content.decode()


def code_in_mail() -> str:
    found = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None, mail.outbox[-1].body
    return found.group()


def type_code(client: Client, appointment: Appointment, code: str) -> str:
    return client.post(booked_url(appointment), {"code": code}, follow=True).content.decode()


def test_it_says_what_when_and_where(client: Client, mine: Appointment) -> None:
    html = done(client, mine)

    assert "10:00" in html
    assert f"Follow-up with {mine.practitioner.name}" in html
    assert mine.location.address in html


def test_a_first_visit_says_what_to_wear_and_bring(client: Client, mine: Appointment) -> None:
    assert "What to wear" in done(client, mine)


def test_the_calendar_and_the_way_to_change_it_are_there(client: Client, mine: Appointment) -> None:
    html = done(client, mine)

    assert f"/appointments/{token_for(mine)}/calendar.ics" in html
    assert f'href="/appointments/{token_for(mine)}/"' in html


def test_a_code_is_sent_once_however_often_the_page_is_opened(client: Client, mine: Appointment) -> None:
    done(client, mine)
    done(client, mine)

    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert "Type the code we sent to" in done(client, mine)


def test_the_code_opens_my_appointments(client: Client, mine: Appointment) -> None:
    done(client, mine)

    html = type_code(client, mine, code_in_mail())

    assert "One visit ahead." in html
    assert "Elena" in html


def test_the_code_ties_the_patient_to_the_sign_in(client: Client, mine: Appointment) -> None:
    done(client, mine)
    type_code(client, mine, code_in_mail())

    patient, user = Patient.objects.get(), User.objects.get()
    assert patient.holder == user
    assert patient.email_proved_at is not None
    assert EmailAddress.objects.get(user=user).verified


def test_the_sign_in_has_no_password(client: Client, mine: Appointment) -> None:
    done(client, mine)

    assert not User.objects.get().has_usable_password()


def test_without_the_code_nobody_is_signed_in_and_nothing_is_tied(client: Client, mine: Appointment) -> None:
    done(client, mine)

    type_code(client, mine, "AAAA-AAAA")

    assert Patient.objects.get().holder is None
    assert client.get("/appointments/").status_code == 302


def test_the_page_is_the_same_whether_an_account_exists_or_not(client: Client, service: Service) -> None:
    other = Client()
    new = booked(client, service, working_day(3, "10:00"), email="new@mail.example")
    make_user(email="known@mail.example")
    known = booked(other, service, working_day(3, "11:00"), email="known@mail.example")

    pages = [
        re.sub(r'value="[^"]{20,}"|new@|known@|1[01]:00|1[01]:45|/[0-9a-f]{32}:[-\w]+/', "", done(who, visit))
        for who, visit in ((client, new), (other, known))
    ]

    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_an_account_that_was_closed_gets_no_code_and_nobody_can_tell(
    client: Client, service: Service
) -> None:
    make_user(email=ADDRESS, is_active=False)
    mine = booked(client, service, working_day(3, "10:00"))

    html = done(client, mine)

    assert "Type the code we sent to" in html
    assert User.objects.count() == 1
    assert not re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", str(mail.outbox[-1].body), re.MULTILINE)


def test_somebody_who_signs_in_by_password_later_finds_the_visit_too(
    client: Client, mine: Appointment
) -> None:
    user = make_user(email=ADDRESS, password="a-long-password")
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)

    Client().post("/accounts/login/", {"login": ADDRESS, "password": "a-long-password"})

    assert Patient.objects.get().holder == user


def test_an_unproved_address_finds_nothing(client: Client, mine: Appointment) -> None:
    user = make_user(email=ADDRESS, password="a-long-password")
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=False, primary=True)

    Client().post("/accounts/login/", {"login": ADDRESS, "password": "a-long-password"})

    assert Patient.objects.get().holder is None


def test_somebody_signed_in_is_asked_for_no_code(client: Client, service: Service) -> None:
    client.force_login(make_user(email=ADDRESS))
    mine = booked(client, service, working_day(3, "10:00"))

    assert "Type the code" not in done(client, mine)
    assert not mail.outbox


def test_a_mail_server_that_is_away_breaks_nothing(
    client: Client, mine: Appointment, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert "Type the code" not in done(client, mine)


def test_somebody_else_with_the_link_sees_no_address(client: Client, mine: Appointment) -> None:
    response = Client().get(booked_url(mine), follow=True)

    assert response.redirect_chain == [(f"/appointments/{token_for(mine)}/", 302)]
    assert ADDRESS not in response.content.decode()


@pytest.mark.parametrize("token", ["x", "x:y", "00000000000000000000000000000000:forged"])
def test_a_forged_link_opens_nothing(client: Client, token: str) -> None:
    assert client.get(f"/booked/{token}/").status_code == 404


def test_a_wrong_code_leaves_the_visit_on_the_page(client: Client, mine: Appointment) -> None:
    done(client, mine)

    answer = client.post(booked_url(mine), {"code": "AAAA-AAAA"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not the code in our newest mail to you." in html
    assert f"Follow-up with {mine.practitioner.name}" in html
    assert "10:00" in html


def test_after_a_wrong_code_the_right_one_still_works(client: Client, mine: Appointment) -> None:
    done(client, mine)
    type_code(client, mine, "AAAA-AAAA")

    assert "One visit ahead." in type_code(client, mine, code_in_mail())


def test_one_wrong_code_too_many_ends_it_and_offers_another(client: Client, mine: Appointment) -> None:
    done(client, mine)
    old = code_in_mail()
    for _ in range(3):
        html = type_code(client, mine, "AAAA-AAAA")

    assert "That code no longer works." in html
    assert "Send a code" in html
    assert "That code no longer works." in type_code(client, mine, old)


def test_another_code_is_sent_from_the_same_page(client: Client, mine: Appointment) -> None:
    done(client, mine)

    html = client.post(booked_url(mine), {"action": "resend"}, follow=True).content.decode()

    assert "Another code is on its way" in html
    assert f"Follow-up with {mine.practitioner.name}" in html
    assert "One visit ahead." in type_code(client, mine, code_in_mail())


def test_the_mail_says_what_the_code_confirms(client: Client, mine: Appointment) -> None:
    done(client, mine)
    client.post(booked_url(mine), {"action": "resend"})

    assert [message.subject for message in mail.outbox] == ["Your code to confirm your e-mail address"] * 2


def test_who_signs_in_elsewhere_gets_a_mail_about_signing_in(client: Client, mine: Appointment) -> None:
    make_user(email=ADDRESS)
    client.post("/accounts/login/code/", {"email": ADDRESS})

    assert mail.outbox[-1].subject == "Your code to sign in"


def test_somebody_else_with_the_link_proves_nothing(client: Client, mine: Appointment) -> None:
    done(client, mine)

    answer = Client().post(booked_url(mine), {"code": code_in_mail()})

    assert answer.headers["Location"] == f"/appointments/{token_for(mine)}/"
    assert Patient.objects.get().holder is None


def test_no_copy_of_the_page_is_kept(client: Client, mine: Appointment) -> None:
    assert "no-store" in client.get(booked_url(mine))["Cache-Control"]


def test_what_was_typed_is_forgotten_once_it_is_booked(client: Client, service: Service) -> None:
    book(client, service, working_day(3, "10:00"))

    assert "booking.typed" not in client.session


@pytest.mark.parametrize(("kind", "said"), [("first", True), ("follow_up", False)])
def test_only_who_comes_for_the_first_time_is_asked_to_come_early(
    client: Client, kind: str, said: bool
) -> None:
    """As in the letter."""
    service = make_clinic(slug="another", start_grid_minutes=60, horizon_days=40, visit_kind=kind)
    response = book(client, service, working_day(3, "10:00"))
    assert ("Come five minutes early." in client.get(response["Location"]).content.decode()) is said
