"""/reception/patients/ and /reception/patients/<id>/: finding a patient, and the record."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Patient, User
from booking.models import AuditEntry, Message, Payment, Receipt
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_patient, make_user
from tests.web.patient.scene import NAUGHTY
from tests.web.reception.desk import text


@pytest.fixture
def elena(db: None) -> Patient:
    return make_patient(name="Elena Marsh", email="elena@mail.example")


def url(name: str, patient: Patient) -> str:
    return reverse(f"reception:{name}", args=[patient.pk])


def opened(desk: Client, patient: Patient) -> str:
    answer = desk.get(url("record", patient))
    assert answer.status_code == 200
    return text(answer)


def change(desk: Client, patient: Patient, **changes: str) -> HttpResponse:
    typed = {"name": patient.name, "email": patient.email, "phone": "07400 123456", "born": "3/8/1984"}
    answer: Any = desk.post(url("contact", patient), typed | changes)
    return answer


# --- Finding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Marsh", "elena", "mrsh elena", "900142", "3/8/84"])
def test_a_patient_is_found_by_name_number_or_birthday(desk: Client, elena: Patient, typed: str) -> None:
    assert url("record", elena) in text(desk.get("/reception/patients/", {"q": typed}))


def test_two_letters_find_nobody(desk: Client, elena: Patient) -> None:
    assert url("record", elena) not in text(desk.get("/reception/patients/", {"q": "el"}))


def test_a_merged_record_is_not_found(desk: Client, elena: Patient) -> None:
    old = make_patient(name="Elena Marsch", merged_into=elena)
    assert url("record", old) not in text(desk.get("/reception/patients/", {"q": "elena"}))


@pytest.mark.parametrize("typed", NAUGHTY)
def test_naughty_searches_find_nobody_and_break_nothing(desk: Client, typed: str) -> None:
    answer = desk.get("/reception/patients/", {"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in text(answer)


# --- The page ----------------------------------------------------------------------------------------------


def test_it_says_who_and_how_to_reach_them(desk: Client, elena: Patient) -> None:
    html = opened(desk, elena)
    assert "Elena Marsh" in html
    assert "Born 3 August 1984, 42." in html
    assert "tel:+447700900142" in html
    assert "elena@mail.example" in html


def test_visits_stand_under_coming_and_before(desk: Client, service: Service, elena: Patient) -> None:
    make_appointment(service=service, starts_at=at(4, "10:00"), patient=elena)
    make_appointment(service=service, starts_at=at(1, "11:00"), patient=elena, status="completed")
    coming, before = opened(desk, elena).split("Before", 1)
    assert "Fri 4 Dec, 10:00" in coming
    assert "Tue 1 Dec, 11:00" in before


def test_what_is_owed_for_past_visits_stands_beside_them(
    desk: Client, service: Service, elena: Patient
) -> None:
    make_appointment(service=service, starts_at=at(1, "11:00"), patient=elena, status="completed")
    assert "£64 to pay" in opened(desk, elena)


def test_why_a_visit_was_cancelled_is_said(desk: Client, service: Service, elena: Patient) -> None:
    make_appointment(
        service=service,
        starts_at=at(1, "11:00"),
        patient=elena,
        status="cancelled",
        cancel_code="ill",
        cancel_reason="a cold",
    )
    assert "Ill: a cold" in opened(desk, elena)


def test_money_shows_payments_receipts_and_refunds(
    desk: Client, clerk: User, service: Service, elena: Patient
) -> None:
    visit = make_appointment(service=service, starts_at=at(1, "11:00"), patient=elena, status="completed")
    payment = Payment.objects.create(
        appointment=visit, state="paid", amount_minor=4000, currency="GBP", idempotency_key="k",
        created_at=NOW, paid_at=NOW,
    )  # fmt: skip
    payment.refunds.create(
        amount_minor=1500, currency="GBP", reason="goodwill", created_at=NOW, state="succeeded"
    )
    Receipt.objects.create(
        appointment=visit, method="cash", amount_minor=2400, currency="GBP", taken_by=clerk, taken_at=NOW
    )
    html = opened(desk, elena)
    assert "Card, online: Follow-up" in html
    assert "Cash, taken by Ana Duarte: Follow-up" in html
    assert "−£15" in html


def test_a_receipt_and_what_reverses_it_are_both_struck_through(
    desk: Client, clerk: User, service: Service, elena: Patient
) -> None:
    visit = make_appointment(service=service, starts_at=at(1, "11:00"), patient=elena, status="completed")
    facts = {"appointment": visit, "method": "cash", "currency": "GBP", "taken_by": clerk, "taken_at": NOW}
    first = Receipt.objects.create(amount_minor=2400, **facts)
    Receipt.objects.create(amount_minor=-2400, reverses=first, reason="Wrong patient", **facts)
    html = opened(desk, elena)
    assert "<s>£24</s>" in html
    assert "<s>−£24</s>" in html


def test_a_message_is_shown_word_for_word_with_its_fate(
    desk: Client, service: Service, elena: Patient
) -> None:
    visit = make_appointment(service=service, starts_at=at(4, "10:00"), patient=elena)
    Message.objects.create(
        appointment=visit, patient=elena, occasion="confirmed", due_at=NOW, state="sent", sent_at=NOW,
        recipient="elena@mail.example", subject="Booked: Friday 10:00", text="See you on Friday.",
    )  # fmt: skip
    html = opened(desk, elena)
    for words in ("Booked: Friday 10:00", "See you on Friday.", "To elena@mail.example", "Sent"):
        assert words in html


def test_why_a_message_did_not_arrive_is_said(desk: Client, service: Service, elena: Patient) -> None:
    visit = make_appointment(service=service, starts_at=at(4, "10:00"), patient=elena)
    Message.objects.create(
        appointment=visit, patient=elena, occasion="confirmed", due_at=NOW, state="failed",
        problem="No such mailbox.",
    )  # fmt: skip
    html = opened(desk, elena)
    assert "Not delivered" in html
    assert "No such mailbox." in html


def test_everybody_under_the_same_sign_in_is_one_press_away(desk: Client) -> None:
    holder = make_user()
    elena, ada = make_patient(holder=holder), make_patient(name="Ada Marsh", holder=holder)
    assert url("record", ada) in opened(desk, elena)


def test_nothing_clinical_is_on_the_page(desk: Client, service: Service, elena: Patient) -> None:
    make_appointment(service=service, starts_at=at(4, "10:00"), patient=elena, patient_note="Numb left hand.")
    assert "Numb left hand." not in opened(desk, elena)


def test_a_name_is_shown_and_never_run(desk: Client) -> None:
    elena = make_patient(name="<script>alert(1)</script>", alert="<img src=x onerror=alert(1)>")
    html = opened(desk, elena)
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_who_opens_it_is_written_down_once_a_day(desk: Client, clerk: User, elena: Patient) -> None:
    opened(desk, elena)
    opened(desk, elena)
    entries = AuditEntry.objects.filter(patient_id=elena.pk, verb="opened record", actor=clerk)
    assert entries.count() == 1


def test_who_opened_it_is_shown(desk: Client, elena: Patient) -> None:
    assert "<b>Ana Duarte</b> opened the record" in opened(desk, elena)


def test_who_opened_a_record_merged_into_it_is_shown(desk: Client, elena: Patient) -> None:
    old = make_patient(merged_into=elena)
    AuditEntry.objects.create(
        at=NOW, actor=make_user(name="Bea Lock"), actor_kind="staff", verb="opened record", patient_id=old.pk
    )
    assert "Bea Lock" in opened(desk, elena)


def test_a_merged_record_leads_to_the_one_that_is_kept(desk: Client, elena: Patient) -> None:
    old = make_patient(merged_into=elena)
    assert desk.get(url("record", old))["Location"] == url("record", elena)


def test_nobody_is_not_found(desk: Client) -> None:
    assert desk.get(f"/reception/patients/{uuid.uuid4()}/").status_code == 404


def test_no_cache_keeps_a_record(desk: Client, elena: Patient) -> None:
    assert "no-store" in desk.get(url("record", elena))["Cache-Control"]


@pytest.mark.parametrize("name", ["record", "contact", "alert", "online", "merge"])
def test_a_physio_gets_to_no_record_from_here(client: Client, elena: Patient, name: str) -> None:
    client.force_login(make_user(role="physio"))
    assert client.get(url(name, elena)).status_code == 403


@pytest.mark.parametrize("name", ["record", "contact", "alert", "online", "merge"])
def test_a_stranger_is_asked_to_sign_in(client: Client, elena: Patient, name: str) -> None:
    assert client.get(url(name, elena))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_a_fixed_number_of_queries(
    desk: Client, clerk: User, service: Service, number: int
) -> None:
    holder = make_user()
    patient = make_patient(holder=holder)
    make_patient(name="Ada Marsh", merged_into=patient)
    for index in range(number):
        make_patient(name=f"Child {index}", holder=holder)
        for month, status in ((2, "confirmed"), (3, "cancelled")):
            visit = make_appointment(
                service=service, starts_at=at(4, "10:00", year=2027 + index, month=month), patient=patient,
                status=status,
            )  # fmt: skip
            Message.objects.create(appointment=visit, patient=patient, occasion="confirmed", due_at=NOW)
            payment = Payment.objects.create(
                appointment=visit, state="paid", amount_minor=6400, currency="GBP",
                idempotency_key=f"{index}-{month}", created_at=NOW, paid_at=NOW,
            )  # fmt: skip
            payment.refunds.create(amount_minor=1, currency="GBP", reason="goodwill", created_at=NOW)
            Receipt.objects.create(
                appointment=visit, method="cash", amount_minor=1, currency="GBP", taken_by=clerk, taken_at=NOW
            )
    opened(desk, patient)
    with CaptureQueriesContext(connection) as queries:
        opened(desk, patient)
    assert len(queries) == 28


# --- Changing it -------------------------------------------------------------------------------------------


def test_a_corrected_telephone_number_is_kept(desk: Client, elena: Patient) -> None:
    assert change(desk, elena)["Location"] == url("record", elena)
    elena.refresh_from_db()
    assert elena.phone == "+447400123456"


def test_a_form_that_stood_open_does_not_put_back_what_a_colleague_corrected(
    desk: Client, elena: Patient
) -> None:
    """The form brings along what it began with."""
    html = text(desk.get(url("contact", elena)))
    began = dict(re.findall(r'name="(initial-\w+)" value="([^"]*)"', html))
    shown = {name.removeprefix("initial-"): value for name, value in began.items()}
    assert set(shown) == {"name", "email", "phone", "born"}
    change(desk, elena, phone="07400 123456")
    desk.post(url("contact", elena), began | shown | {"name": "Elena Marsch"})
    elena.refresh_from_db()
    assert (elena.name, elena.phone) == ("Elena Marsch", "+447400123456")


@pytest.mark.parametrize("name", ["contact", "alert", "online", "merge"])
def test_what_was_to_change_on_a_record_merged_meanwhile_is_said_not_to_have_been(
    desk: Client, elena: Patient, name: str
) -> None:
    old = make_patient(name="Elena Marsch", merged_into=elena)
    html = text(desk.post(url(name, old), follow=True))
    assert "This record has been merged meanwhile, into the one below. Nothing was changed." in html


def test_the_form_begins_with_what_is_known(desk: Client, elena: Patient) -> None:
    html = text(desk.get(url("contact", elena)))
    assert 'value="Elena Marsh"' in html
    assert 'value="3/8/1984"' in html


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("phone", "07400 1234"),
        ("phone", "ring me"),
        ("born", "31/2/1984"),
        ("born", "3/8/2090"),
        ("name", ""),
        ("name", "123"),
        ("email", "nowhere"),
        ("name", "\x00"),
        ("name", "Elena " + "a" * 150),
        *(("email", naughty) for naughty in NAUGHTY),
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_changed(
    desk: Client, elena: Patient, field: str, typed: str
) -> None:
    answer = change(desk, elena, **{field: typed})
    assert answer.status_code == 422
    assert "Nothing you typed is lost" in text(answer)
    elena.refresh_from_db()
    assert (elena.name, elena.phone, elena.email) == ("Elena Marsh", "+447700900142", "elena@mail.example")


def test_an_alert_is_set(desk: Client, elena: Patient) -> None:
    desk.post(url("alert", elena), {"alert": "Latex allergy"})
    assert "Latex allergy" in opened(desk, elena)


def test_an_alert_is_taken_away(desk: Client) -> None:
    elena = make_patient(alert="Latex allergy")
    desk.post(url("alert", elena), {"alert": ""})
    elena.refresh_from_db()
    assert elena.alert == ""


@pytest.mark.parametrize("typed", ["x" * 501, "a\x00b"])
def test_an_alert_that_cannot_be_kept_is_refused(desk: Client, elena: Patient, typed: str) -> None:
    assert desk.post(url("alert", elena), {"alert": typed}).status_code == 422
    elena.refresh_from_db()
    assert elena.alert == ""


def test_online_booking_is_closed_and_opened_again(desk: Client, elena: Patient) -> None:
    desk.post(url("online", elena), {"blocked": "1"})
    assert "Books by telephone only." in opened(desk, elena)
    desk.post(url("online", elena), {"blocked": "0"})
    assert "Books by telephone only." not in opened(desk, elena)


@pytest.mark.parametrize("name", ["alert", "online"])
def test_nothing_is_changed_by_following_a_link(desk: Client, elena: Patient, name: str) -> None:
    assert desk.get(url(name, elena)).status_code == 405
