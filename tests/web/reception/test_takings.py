"""/reception/takings/: the day's money by the way it came."""

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
from booking.models import Appointment, Payment, Receipt
from catalogue.models import Service
from tests.factories import at, make_appointment, make_user
from tests.web.patient.scene import NAUGHTY
from tests.web.reception.desk import text

PAGE = "/reception/takings/"


def take(visit: Appointment, clerk: User, **fields: Any) -> Receipt:
    defaults = {"method": "cash", "amount_minor": 6400, "currency": "GBP", "taken_at": at(3, "8:30")}
    return Receipt.objects.create(appointment=visit, taken_by=clerk, **defaults | fields)


def shown(desk: Client, **asked: str) -> str:
    answer = desk.get(PAGE, asked)
    assert answer.status_code == 200
    return text(answer)


def line(html: str, means: str) -> str:
    """One row of the sums."""
    return html.split(f'<th scope="row">{means}</th>')[1].split("</tr>")[0]


def void(desk: Client, receipt: Receipt, reason: str = "Wrong patient") -> HttpResponse:
    answer: Any = desk.post(reverse("reception:void-one", args=[receipt.pk]), {"reason": reason})
    return answer


def test_each_way_has_its_count_and_its_sum(desk: Client, clerk: User, visit: Appointment) -> None:
    take(visit, clerk, amount_minor=2400)
    take(visit, clerk, amount_minor=3000, method="terminal")
    html = shown(desk)
    assert all(part in line(html, "Cash") for part in (">1<", "£24"))
    assert all(part in line(html, "Card terminal") for part in (">1<", "£30"))
    assert "£54" in line(html, "Together")


def test_money_that_went_back_counts_below_nought(desk: Client, visit: Appointment) -> None:
    payment = Payment.objects.create(
        appointment=visit, state="paid", amount_minor=6400, currency="GBP", idempotency_key="k",
        created_at=at(3, "8:00"), paid_at=at(3, "8:00"),
    )  # fmt: skip
    payment.refunds.create(
        amount_minor=1000, currency="GBP", reason="goodwill", created_at=at(3, "8:10"), state="succeeded",
        settled_at=at(3, "8:20"),
    )  # fmt: skip
    html = shown(desk)
    assert "£64" in line(html, "Card, online")
    assert "−£10" in line(html, "Gone back to cards")
    assert "£54" in line(html, "Together")


def test_a_receipt_says_who_paid_how_and_who_took_it(desk: Client, clerk: User, visit: Appointment) -> None:
    take(visit, clerk)
    html = shown(desk)
    assert "Tom Hale" in html
    assert "Cash, taken by Ana Duarte" in html


def test_another_day_has_its_own_money(desk: Client, clerk: User, visit: Appointment) -> None:
    take(visit, clerk, taken_at=at(2, "8:30"))
    assert "Nothing was taken at the desk" in shown(desk)
    assert "Tom Hale" in shown(desk, day="2026-12-02")


def test_the_days_before_and_after_are_one_press_away(desk: Client) -> None:
    html = shown(desk)
    assert "?day=2026-12-02" in html
    assert "?day=2026-12-04" in html


def test_a_receipt_is_reversed_by_a_second_row(desk: Client, clerk: User, visit: Appointment) -> None:
    receipt = take(visit, clerk)
    assert void(desk, receipt)["Location"] == f"{PAGE}?day=2026-12-03"
    second = Receipt.objects.get(reverses=receipt)
    assert (second.amount_minor, second.reason, second.taken_by) == (-6400, "Wrong patient", clerk)


def test_what_was_reversed_is_struck_through_with_the_reason(
    desk: Client, clerk: User, visit: Appointment
) -> None:
    void(desk, take(visit, clerk))
    html = shown(desk)
    assert "<s>£64</s>" in html
    assert "Reverses another: Wrong patient" in html
    assert "£0" in line(html, "Together")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201, "a\x00b"])
def test_without_a_reason_that_can_be_kept_nothing_is_reversed(
    desk: Client, clerk: User, visit: Appointment, reason: str
) -> None:
    answer = void(desk, take(visit, clerk), reason)
    assert answer.status_code == 422
    assert "Say why the receipt is reversed. Nothing was changed." in text(answer)
    assert Receipt.objects.count() == 1


def test_a_receipt_is_reversed_once(desk: Client, clerk: User, visit: Appointment) -> None:
    receipt = take(visit, clerk)
    void(desk, receipt)
    assert void(desk, receipt).status_code == 409
    assert Receipt.objects.count() == 2


def test_a_reversing_row_is_not_reversed(desk: Client, clerk: User, visit: Appointment) -> None:
    receipt = take(visit, clerk)
    void(desk, receipt)
    assert void(desk, Receipt.objects.get(reverses=receipt)).status_code == 409


def test_a_receipt_that_is_none_is_not_found(desk: Client) -> None:
    assert desk.post(f"{PAGE}{uuid.uuid4()}/void/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("day", ["2026-02-30", "0001-01-01", "9999-12-31", *NAUGHTY])
def test_what_is_no_day_is_a_bad_request(desk: Client, day: str) -> None:
    assert desk.get(PAGE, {"day": day}).status_code == 400


@pytest.mark.parametrize(("role", "status"), [("patient", 403), ("physio", 403), ("manager", 200)])
def test_only_the_desk_and_managers_get_in(client: Client, db: None, role: str, status: int) -> None:
    client.force_login(make_user(role=role))
    assert client.get(PAGE).status_code == status


def test_a_stranger_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")


def test_no_cache_keeps_it(desk: Client) -> None:
    assert "no-store" in desk.get(PAGE)["Cache-Control"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_a_fixed_number_of_queries(
    desk: Client, clerk: User, service: Service, number: int
) -> None:
    for index in range(number):
        visit = make_appointment(service=service, starts_at=at(4, "10:00") + timedelta(days=index))
        take(visit, clerk, amount_minor=100, taken_at=at(3, "8:00") + timedelta(minutes=index))
    with CaptureQueriesContext(connection) as queries:
        shown(desk)
    assert len(queries) == 10
