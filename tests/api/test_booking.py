"""POST /api/v1/holds/{id}/book/"""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import Patient
from booking.api.views.base import ApiView
from booking.models import Appointment, Message, Payment
from catalogue.models import Service
from config.demo.stripe import StandIn
from tests.api.client import Api, bearer, problem, wrong_fields
from tests.api.steps import book, book_request, booked, hold
from tests.factories import NOW, make_clinic, make_patient, make_user

pytestmark = pytest.mark.django_db
PATIENT = book_request({"secret": ""})["patient"]


@pytest.fixture
def stripe(stand_in: StandIn) -> StandIn:
    stand_in.set_clock(NOW)
    return stand_in


def status() -> str:
    return Appointment.objects.get().status


# --- At the clinic ---------------------------------------------------------------------------------------


def test_paid_at_the_clinic_it_is_booked_at_once(api: Api, service: Service) -> None:
    assert booked(api)["status"] == "confirmed"
    assert status() == "confirmed"


def test_nothing_waits_to_be_paid_online(api: Api, service: Service) -> None:
    appointment = booked(api)
    assert (appointment["pay_url"], appointment["held_until"]) == (None, None)
    assert appointment["due"]["amount_minor"] == 6400


def test_the_confirmation_is_planned(api: Api, service: Service) -> None:
    booked(api)
    assert Message.objects.filter(occasion="confirmed").exists()


def test_the_patient_is_written_down(api: Api, service: Service) -> None:
    booked(api)
    patient = Patient.objects.get()
    assert (patient.name, patient.phone, str(patient.date_of_birth)) == (
        "Elena Marsh",
        "+447400123456",
        "1984-08-03",
    )


def test_the_note_reaches_the_physio(api: Api, service: Service) -> None:
    booked(api, note="I fell from a ladder.\nMy left shoulder.")
    assert Appointment.objects.get().patient_note == "I fell from a ladder.\nMy left shoulder."


def test_the_answer_tells_a_first_name_only(api: Api, service: Service) -> None:
    appointment = booked(api)
    assert appointment["patient"] == {"first_name": "Elena"}
    assert "Marsh" not in str(appointment)


def test_the_token_opens_the_appointment(api: Api, service: Service) -> None:
    appointment = booked(api)
    opened = api.get(f"appointments/{appointment['id']}/", **bearer(appointment["token"]))
    assert opened.json()["id"] == appointment["id"]


def test_a_proved_address_ties_the_visit_to_the_sign_in(api: Api, service: Service) -> None:
    user = make_user(email="elena@mail.example")
    api.client.force_login(user)
    booked(api)
    assert Patient.objects.get().holder == user


def test_it_is_booked_once(api: Api, service: Service) -> None:
    held = hold(api)
    book(api, held)
    assert problem(book(api, held)) == "hold-settled"


def test_a_hold_that_ran_out_is_gone(api: Api, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    held = hold(api)
    monkeypatch.setattr(ApiView, "clock", staticmethod(lambda: NOW + timedelta(minutes=10)))
    answer = book(api, held)
    assert (answer.status_code, problem(answer)) == (410, "hold-gone")


def test_nobody_books_another_ones_hold(api: Api, service: Service) -> None:
    assert problem(book(api, hold(api), secret="guess")) == "not-found"
    assert status() == "held"


def test_a_hold_that_never_was_is_not_there(api: Api, service: Service) -> None:
    assert problem(book(api, {"id": uuid.uuid4(), "secret": "x"})) == "not-found"


def test_nothing_is_booked_without_a_yes_to_the_policy(api: Api, service: Service) -> None:
    answer = book(api, hold(api), accepts_policy=False)
    assert (answer.status_code, problem(answer), status()) == (400, "policy-not-accepted", "held")


@pytest.mark.parametrize("word", ["true", "yes", 1, None])
def test_a_yes_is_said_as_true(api: Api, service: Service, word: Any) -> None:
    assert wrong_fields(book(api, hold(api), accepts_policy=word)) == {"/accepts_policy"}


@pytest.mark.parametrize(("pays", "way"), [("online", "at_clinic"), ("at_clinic", "online")])
def test_a_service_is_paid_as_it_says(api: Api, stripe: StandIn, pays: str, way: str) -> None:
    make_clinic(slug="follow-up", pays=pays)
    answer = book(api, hold(api), pay=way)
    assert (answer.status_code, problem(answer), status()) == (422, "payment-not-allowed", "held")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "   "), ("name", "x" * 151), ("name", "Elena\nBcc: all@mail.example"),
        ("name", None), ("name", 7), ("name", "Elena\u2028Marsh"),
        ("name", "\u202e\u200b"), ("name", "Elena \u202eMarsh"), ("name", "🙂"),
        ("email", "elena"), ("email", "elena@mail.example\nBcc: all@mail.example"),
        ("email", "x" * 250 + "@a.example"),
        ("phone", "12"), ("phone", "call me"), ("phone", "07700"), ("phone", "9" * 5000),
        ("date_of_birth", "0000-00-00"), ("date_of_birth", "1984-02-30"), ("date_of_birth", "1884-08-03"),
        ("date_of_birth", "2026-12-01"), ("date_of_birth", "3.8.1984"), ("date_of_birth", 19840803),
    ],
)  # fmt: skip
def test_details_that_cannot_be_are_refused(api: Api, service: Service, field: str, value: Any) -> None:
    answer = book(api, hold(api), patient=PATIENT | {field: value})
    assert wrong_fields(answer) == {f"/patient/{field}"}
    assert not Patient.objects.exists()


@pytest.mark.parametrize(
    "name", ["Ðoàn Thị Điểm", "O’Brien-Smith", "محمد", "李小龍", "Zoë 🙂", "علی\u200cرضا"]
)
def test_names_are_written_as_people_write_them(api: Api, service: Service, name: str) -> None:
    booked(api, patient=PATIENT | {"name": name})
    assert Patient.objects.get().name == name


def test_everything_that_is_missing_is_told_at_once(api: Api, service: Service) -> None:
    answer = api.post(f"holds/{hold(api)['id']}/book/", {"patient": {}})
    assert wrong_fields(answer) == {
        "/secret", "/pay", "/accepts_policy",
        "/patient/name", "/patient/email", "/patient/phone", "/patient/date_of_birth",
    }  # fmt: skip


# --- Online ----------------------------------------------------------------------------------------------


def test_paid_online_it_waits_for_the_money(api: Api, service: Service, stripe: StandIn) -> None:
    appointment = booked(api, pay="online")
    assert (appointment["status"], appointment["held_until"]) == ("held", "2026-11-30T08:41:00+00:00")


def test_the_patient_is_sent_to_the_pay_page(api: Api, service: Service, stripe: StandIn) -> None:
    appointment = booked(api, pay="online")
    assert appointment["pay_url"] == stripe.objects("checkout.session")[0]["url"]


def test_the_pay_page_leads_back_to_us(api: Api, service: Service, stripe: StandIn) -> None:
    booked(api, pay="online")
    assert stripe.objects("checkout.session")[0]["success_url"].startswith("http://localhost:8000/")


def test_its_token_opens_it_while_it_waits(api: Api, service: Service, stripe: StandIn) -> None:
    appointment = booked(api, pay="online")
    opened = api.get(f"appointments/{appointment['id']}/", **bearer(appointment["token"])).json()
    assert (opened["status"], opened["pay_url"]) == ("held", appointment["pay_url"])


def test_booked_again_it_is_the_same_pay_page(api: Api, service: Service, stripe: StandIn) -> None:
    held = hold(api)
    first, second = book(api, held, pay="online").json(), book(api, held, pay="online").json()
    assert first["pay_url"] == second["pay_url"]
    assert Payment.objects.count() == 1


def test_who_changes_their_mind_pays_at_the_clinic(api: Api, service: Service, stripe: StandIn) -> None:
    held = hold(api)
    book(api, held, pay="online")
    assert book(api, held, pay="at_clinic").json()["status"] == "confirmed"
    assert [page["status"] for page in stripe.objects("checkout.session")] == ["expired"]


def test_who_has_paid_meanwhile_is_not_told_that_nothing_was_booked(
    api: Api, service: Service, stripe: StandIn
) -> None:
    held = hold(api)
    book(api, held, pay="online")
    stripe.pay(stripe.objects("checkout.session")[0]["id"])
    assert problem(book(api, held, pay="at_clinic")) == "hold-settled"
    assert status() == "confirmed"


def test_what_costs_nothing_is_booked_at_once(api: Api) -> None:
    make_clinic(slug="follow-up", price_minor=0)
    assert booked(api, pay="online")["status"] == "confirmed"


def test_when_the_pay_page_cannot_be_reached_the_time_stays_held(
    api: Api, service: Service, stripe: StandIn
) -> None:
    held = hold(api)
    stripe.stop_listening()
    answer = book(api, held, pay="online")
    assert (answer.status_code, problem(answer)) == (503, "payment-unreachable")
    assert answer.headers["Retry-After"]
    appointment = Appointment.objects.get()
    assert (appointment.status, appointment.hold_expires_at) == ("held", NOW + timedelta(minutes=41))


def test_a_clinic_that_takes_nothing_online_says_so_before_anything_is_written(
    api: Api, service: Service, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = ""
    assert problem(book(api, hold(api), pay="online")) == "payment-not-allowed"
    assert Appointment.objects.get().patient is None


def test_somebody_who_books_by_telephone_is_asked_to_ring(api: Api, service: Service) -> None:
    make_patient(email="elena@mail.example", online_blocked=True)
    answer = book(api, hold(api))
    assert (answer.status_code, problem(answer)) == (409, "books-by-telephone")
    assert "Ring the clinic" in answer.json()["detail"]
    assert status() == "held"
