"""/appointments/<token>/consent/ and /signed/<token>/: read, taken back, and the copy."""

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from booking.actions.messages.delivery import mail_of
from booking.actions.messages.outbox import read
from booking.models import Appointment, Consent, Message
from booking.queries.links import copy_token_for, letter_token_for, token_for
from tests.actions.messages.post import make_message
from tests.factories import make_appointment, make_clinic, make_user
from tests.needling import make_needled_visit, put_a_new_text_in_force, sign
from tests.web.patient.scene import working_day
from tests.web.patient.test_appointment import FORGED
from tests.web.physio.test_consent import this_morning

pytestmark = pytest.mark.django_db
CANARY = "canary-7319"


@pytest.fixture
def visit() -> Appointment:
    return make_needled_visit(starts_at=this_morning())


def url(visit: Appointment, rest: str = "") -> str:
    return f"/appointments/{token_for(visit)}/consent/{rest}"


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def birthday(client: Client, visit: Appointment, year: str = "1984") -> HttpResponse:
    response: Any = client.post(
        f"/signed/{copy_token_for(visit)}/",
        {"date_of_birth_0": "3", "date_of_birth_1": "8", "date_of_birth_2": year,
         "date_of_birth_day": "3", "date_of_birth_month": "8", "date_of_birth_year": year},
    )  # fmt: skip
    return response


def test_opening_it_is_kept_once(client: Client, visit: Appointment) -> None:
    html(client, url(visit))
    first = Consent.objects.get().opened_at
    html(client, url(visit))
    assert Consent.objects.get().opened_at == first


def test_it_shows_a_first_name_and_that_it_is_signed_in_the_room(client: Client, visit: Appointment) -> None:
    page = html(client, url(visit))
    assert "For Elena" in page
    assert "Marsh" not in page
    assert "You sign in the room" in page


def test_what_was_signed_is_taken_back_after_one_more_question(client: Client, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    assert "Take it back" in html(client, url(visit))
    html(client, url(visit, "withdraw/"))
    assert Consent.objects.get().withdrawn_at is None
    client.post(url(visit, "withdraw/"))
    assert Consent.objects.get().withdrawn_by == "patient"


def test_it_is_taken_back_once(client: Client, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    client.post(url(visit, "withdraw/"))
    assert client.post(url(visit, "withdraw/")).status_code == 409


def test_a_visit_without_needles_has_nothing_to_read(client: Client) -> None:
    plain = make_appointment(service=make_clinic(), starts_at=working_day(3, "10:00"))
    assert client.get(url(plain)).status_code == 404
    assert "Something to read" not in html(client, f"/appointments/{token_for(plain)}/")


def test_the_page_of_the_visit_offers_it(client: Client, visit: Appointment) -> None:
    assert "Something to read before you come" in html(client, f"/appointments/{token_for(visit)}/")


@pytest.mark.parametrize("token", FORGED)
def test_a_forged_link_opens_nothing(client: Client, visit: Appointment, token: str) -> None:
    assert client.get(f"/appointments/{token}/consent/").status_code == 404
    assert client.get(f"/signed/{token}/").status_code == 404


def test_the_link_to_the_visit_does_not_open_the_copy(client: Client, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    assert client.get(f"/signed/{token_for(visit)}/").status_code == 404


def test_the_copy_asks_for_the_date_of_birth(client: Client, visit: Appointment) -> None:
    sign(visit, now=timezone.now(), remarks=CANARY)
    page = html(client, f"/signed/{copy_token_for(visit)}/")
    assert "Elena" not in page
    assert CANARY not in page
    assert birthday(client, visit).content.startswith(b"%PDF")


def test_a_wrong_date_of_birth_and_none_known_are_refused_alike(client: Client, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    wrong = birthday(client, visit, "1985")
    visit.patient.date_of_birth = None  # type: ignore[union-attr]
    visit.patient.save()  # type: ignore[union-attr]
    unknown = birthday(client, visit)
    assert (wrong.status_code, unknown.status_code) == (403, 403)
    assert "That is not the date of birth we have." in unknown.content.decode()


def test_after_five_tries_the_link_rests(client: Client, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    assert [birthday(client, visit, "1985").status_code for _ in range(6)] == [403] * 5 + [429]
    assert birthday(client, visit).status_code == 429


def test_whoever_holds_the_patient_gets_it_straight(client: Client, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    user = make_user()
    visit.patient.holder = user  # type: ignore[union-attr]
    visit.patient.save()  # type: ignore[union-attr]
    client.force_login(user)
    assert "Your copy of what you signed" in html(client, "/appointments/")
    assert client.get(f"/signed/{copy_token_for(visit)}/").content.startswith(b"%PDF")


def test_nobody_else_signed_in_does(client: Client, visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    client.force_login(make_user())
    assert "Type your date of birth" in html(client, f"/signed/{copy_token_for(visit)}/")


def test_without_a_signature_there_is_no_copy(client: Client, visit: Appointment) -> None:
    assert client.get(f"/signed/{copy_token_for(visit)}/").status_code == 404


def test_the_letter_names_nothing_clinical(visit: Appointment) -> None:
    sign(visit, now=timezone.now(), signed_name=CANARY, remarks=CANARY, signed_for=CANARY)
    (message,) = read([Message.objects.get(occasion="consent_copy").pk])
    mail = mail_of(message, now=timezone.now())
    whole = f"{mail.subject} {mail.text} {mail.html}".lower()
    assert CANARY not in whole
    assert "needl" not in whole
    assert f"/signed/{copy_token_for(visit)}/".lower() in whole


def test_the_confirmation_says_there_is_something_to_read(visit: Appointment) -> None:
    (message,) = read([make_message(visit).pk])
    mail = mail_of(message, now=timezone.now())
    assert "Something to read before you come: " in mail.text
    assert "needl" not in mail.text.lower()


def test_the_confirmation_says_nothing_of_it_once_it_is_signed(visit: Appointment) -> None:
    sign(visit, now=timezone.now())
    (message,) = read([make_message(visit).pk])
    assert "Something to read" not in mail_of(message, now=timezone.now()).text


def test_the_birthday_of_the_scene_is_the_factorys(visit: Appointment) -> None:
    assert visit.patient is not None
    assert visit.patient.date_of_birth == date(1984, 8, 3)


def test_who_signed_an_earlier_version_is_told_that_it_has_changed(
    client: Client, visit: Appointment
) -> None:
    sign(visit, now=timezone.now())
    put_a_new_text_in_force()
    page = html(client, url(visit))
    assert "You signed an earlier version on" in page
    assert Consent.objects.filter(opened_at__isnull=False, signed_at=None).count() == 1


class TestAGuestWhoTypedSomebodyElsesDetails:
    """They are shown the link to the visit that they booked; the patient signed at another."""

    @pytest.fixture
    def theirs(self, visit: Appointment) -> Appointment:
        sign(visit, now=timezone.now())
        return make_appointment(
            service=visit.service, patient=visit.patient, starts_at=working_day(3, "10:00")
        )

    def test_reads_the_text_and_not_that_it_was_signed(self, client: Client, theirs: Appointment) -> None:
        page = html(client, url(theirs))
        assert "You signed this on" not in page
        assert "You sign in the room" in page
        assert url(theirs, "withdraw/") not in page

    def test_takes_nothing_back(self, client: Client, theirs: Appointment) -> None:
        assert client.get(url(theirs, "withdraw/")).status_code == 403
        assert client.post(url(theirs, "withdraw/")).status_code == 403
        assert Consent.objects.get().withdrawn_at is None

    def test_does_not_read_it_in_the_patients_name(self, client: Client, theirs: Appointment) -> None:
        put_a_new_text_in_force()
        assert "You signed an earlier version" not in html(client, url(theirs))
        assert not Consent.objects.filter(opened_at__isnull=False).exists()

    def test_is_told_the_same_where_nothing_is_signed(self, client: Client, theirs: Appointment) -> None:
        signed = client.post(url(theirs, "withdraw/")).content
        Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_by="physio")
        assert client.post(url(theirs, "withdraw/")).content == signed

    def test_is_led_to_the_sign_in_and_back(self, client: Client, theirs: Appointment) -> None:
        assert f"/accounts/login/?next={quote(url(theirs))}" in html(client, url(theirs))

    def test_the_patient_takes_it_back_by_the_link_in_the_letter(
        self, client: Client, theirs: Appointment
    ) -> None:
        assert theirs.patient is not None
        link = f"/appointments/{letter_token_for(theirs, address=theirs.patient.email)}/consent/"
        assert "You signed this on" in html(client, link)
        client.post(f"{link}withdraw/")
        assert Consent.objects.get().withdrawn_by == "patient"

    def test_the_patient_takes_it_back_signed_in(self, client: Client, theirs: Appointment) -> None:
        user = make_user()
        theirs.patient.holder = user  # type: ignore[union-attr]
        theirs.patient.save()  # type: ignore[union-attr]
        client.force_login(user)
        client.post(url(theirs, "withdraw/"))
        assert Consent.objects.get().withdrawn_by == "patient"


def test_the_letter_leads_to_where_it_is_taken_back(client: Client, visit: Appointment) -> None:
    """Also by a button on the page of the visit."""
    sign(visit, now=timezone.now())
    make_appointment(service=visit.service, patient=visit.patient, starts_at=working_day(3, "10:00"))
    (message,) = read([Message.objects.get(occasion="consent_copy").pk])
    text = mail_of(message, now=timezone.now()).text
    link = next(word for word in text.split() if word.endswith("/consent/"))
    assert f"{link[link.index('/appointments/') :]}withdraw/" in html(client, link)
