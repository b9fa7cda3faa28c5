"""/reception/lists/: what wants somebody's hand, and what clears it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from booking.models import Appointment, AuditEntry, Leave, Message, Payment, Refund
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_patient, make_user, make_wait
from tests.web.reception.desk import text


def shown(desk: Client) -> str:
    answer = desk.get(reverse("reception:lists"))
    assert answer.status_code == 200
    return text(answer)


def see_to(desk: Client, what: str, row: Any, **sent: str) -> HttpResponse:
    answer: Any = desk.post(reverse("reception:see-to", args=[what, row.pk]), sent)
    return answer


def later(service: Service, **fields: Any) -> Appointment:
    """Elena Marsh, Friday 4 December, 10:00."""
    return make_appointment(service=service, **{"starts_at": at(4, "10:00")} | fields)


def undelivered(visit: Appointment) -> Message:
    return Message.objects.create(
        appointment=visit, patient=visit.patient, occasion="confirmed", due_at=NOW, state="failed",
        problem="No such mailbox.",
    )  # fmt: skip


def payment(visit: Appointment, **fields: Any) -> Payment:
    defaults = {
        "state": "paid",
        "amount_minor": 6400,
        "currency": "GBP",
        "idempotency_key": str(uuid.uuid4()),
    }
    return Payment.objects.create(appointment=visit, created_at=NOW, paid_at=NOW, **defaults | fields)


def failed_refund(visit: Appointment) -> Refund:
    return payment(visit).refunds.create(
        amount_minor=6400, currency="GBP", reason="cancelled", created_at=NOW, state="failed",
        problem="The money did not go back: card closed.",
    )  # fmt: skip


def away(visit: Appointment) -> None:
    Leave.objects.create(
        practitioner=visit.practitioner,
        starts_at=visit.starts_at - timedelta(hours=2),
        ends_at=visit.ends_at + timedelta(hours=2),
    )


def test_on_a_good_day_it_says_so(desk: Client) -> None:
    assert "every message arrived" in shown(desk)


def test_a_displaced_visit_leads_to_its_move_and_to_cancelling(desk: Client, service: Service) -> None:
    visit = later(service)
    away(visit)
    html = shown(desk)
    assert reverse("reception:move", args=[visit.pk]) in html
    assert reverse("reception:cancel", args=[visit.pk]) in html


def test_a_number_to_ring_stands_on_each_line(desk: Client, service: Service) -> None:
    away(later(service))
    assert 'href="tel:+447700900142"' in shown(desk)


def test_who_was_rung_is_off_the_list(desk: Client, service: Service) -> None:
    visit = later(service, pays_at_clinic=True)
    assert "Not confirmed" in shown(desk)
    assert see_to(desk, "rung", visit)["Location"] == reverse("reception:lists")
    assert "Not confirmed" not in shown(desk)


def test_who_rang_is_written_down(desk: Client, clerk: User, service: Service) -> None:
    visit = later(service, pays_at_clinic=True)
    see_to(desk, "rung", visit)
    assert AuditEntry.objects.get(verb="confirmed by telephone", appointment_id=visit.pk).actor == clerk


def test_what_a_message_says_can_be_read_out(desk: Client, service: Service) -> None:
    undelivered(later(service))
    html = shown(desk)
    assert "No such mailbox." in html
    assert "Friday 4 December, 10:00" in html


def test_a_message_is_sent_again(desk: Client, service: Service) -> None:
    message = undelivered(later(service))
    see_to(desk, "send-again", message)
    message.refresh_from_db()
    assert message.state == "due"


def test_without_an_address_it_asks_for_one(desk: Client, service: Service) -> None:
    message = undelivered(later(service, patient=make_patient(email="")))
    answer = see_to(desk, "send-again", message)
    assert answer.status_code == 409
    assert "no e-mail address" in text(answer)


def test_told_by_telephone_it_is_off_the_list(desk: Client, service: Service) -> None:
    message = undelivered(later(service))
    see_to(desk, "told", message)
    assert "did not arrive" not in shown(desk)


def test_the_second_of_two_clerks_is_told(desk: Client, service: Service) -> None:
    message = undelivered(later(service))
    see_to(desk, "told", message)
    answer = see_to(desk, "send-again", message)
    assert answer.status_code == 409
    assert "Somebody else has seen to it already" in text(answer)


def test_an_unpaid_visit_leads_to_its_payment(desk: Client, service: Service) -> None:
    visit = later(service, starts_at=at(1, "10:00"), status="completed")
    html = shown(desk)
    assert reverse("reception:visit", args=[visit.pk]) in html
    assert "Take £64" in html


def test_a_payment_is_seen_to_with_a_note(desk: Client, service: Service) -> None:
    row = payment(later(service), problem="The amount differs.")
    see_to(desk, "payment-seen", row, note="Put right at Stripe.")
    row.refresh_from_db()
    assert row.problem == ""
    assert AuditEntry.objects.get(verb="saw to payment").detail["note"] == "Put right at Stripe."


@pytest.mark.parametrize("note", ["", "   ", "x" * 201, "a\x00b"])
def test_without_a_note_that_can_be_kept_nothing_is_seen_to(
    desk: Client, service: Service, note: str
) -> None:
    row = payment(later(service), problem="The amount differs.")
    assert see_to(desk, "payment-seen", row, note=note).status_code == 422
    row.refresh_from_db()
    assert row.problem == "The amount differs."


def test_a_failed_refund_is_asked_for_again(desk: Client, service: Service) -> None:
    failed = failed_refund(later(service))
    see_to(desk, "refund-again", failed)
    assert Refund.objects.filter(state="requested", payment=failed.payment).count() == 1
    assert "Refunds that failed" not in shown(desk)


def test_more_than_is_left_is_not_sent_back(desk: Client, service: Service) -> None:
    failed = failed_refund(later(service))
    failed.payment.refunds.create(amount_minor=100, currency="GBP", reason="goodwill", created_at=NOW)
    assert see_to(desk, "refund-again", failed).status_code == 409


def test_a_refund_given_back_another_way_is_noted(desk: Client, service: Service) -> None:
    see_to(desk, "refund-seen", failed_refund(later(service)), note="Cash at the desk.")
    assert "Refunds that failed" not in shown(desk)


def test_the_way_here_counts_what_waits(desk: Client, service: Service) -> None:
    undelivered(later(service, pays_at_clinic=True))
    assert '<span class="visually-hidden">, </span>2</span>' in text(desk.get(reverse("reception:patients")))


@pytest.mark.parametrize("what", ["nothing", "rung", "told", "payment-seen", "refund-again"])
def test_what_is_not_there_is_not_found(desk: Client, what: str) -> None:
    assert desk.post(reverse("reception:see-to", args=[what, uuid.uuid4()])).status_code == 404


def test_nothing_is_seen_to_by_following_a_link(desk: Client, visit: Appointment) -> None:
    assert desk.get(reverse("reception:see-to", args=["rung", visit.pk])).status_code == 405


@pytest.mark.parametrize(("role", "status"), [("patient", 403), ("physio", 403), ("manager", 200)])
def test_only_the_desk_and_managers_get_in(client: Client, db: None, role: str, status: int) -> None:
    client.force_login(make_user(role=role))
    assert client.get(reverse("reception:lists")).status_code == status


def test_a_stranger_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("reception:lists"))["Location"].startswith("/accounts/login/")


def test_no_cache_keeps_the_lists(desk: Client) -> None:
    assert "no-store" in desk.get(reverse("reception:lists"))["Cache-Control"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_a_fixed_number_of_queries(desk: Client, service: Service, number: int) -> None:
    for index in range(number):
        for month, fields in ((2, {"pays_at_clinic": True}), (3, {"status": "cancelled"})):
            visit = later(service, starts_at=at(4, "10:00", year=2027 + index, month=month), **fields)
            undelivered(visit)
            failed_refund(visit)
            payment(visit, problem="The amount differs.")
        away(visit)
    done = at(3, "8:00")
    for index in range(number):
        later(service, starts_at=done - timedelta(hours=index), status="completed", room=None)
        make_wait(service=service)
    shown(desk)
    with CaptureQueriesContext(connection) as queries:
        shown(desk)
    assert len(queries) == 29


def test_a_long_list_says_that_it_goes_on_and_all_are_counted(desk: Client, service: Service) -> None:
    patient = make_patient(name="Tom Hale")
    for number in range(52):
        starts_at = at(3, "8:00") - timedelta(hours=number)
        later(service, starts_at=starts_at, status="completed", room=None, patient=patient)
    html = shown(desk)
    assert "52 things need a hand" in html
    assert "These are the first 50: others may follow" in html


def test_a_short_list_does_not(desk: Client, service: Service) -> None:
    later(service, starts_at=at(3, "8:00"), status="completed")
    assert "These are the first" not in shown(desk)


def test_only_the_first_line_of_a_list_is_pressed_in_ink(desk: Client, service: Service) -> None:
    for clock in ("9:00", "10:00", "11:00"):
        later(service, starts_at=at(4, clock), source="online", pays_at_clinic=True)
    listed = shown(desk).split('id="unconfirmed"')[1]
    assert (listed.count("btn-ink"), listed.count("/rung/")) == (1, 3)
