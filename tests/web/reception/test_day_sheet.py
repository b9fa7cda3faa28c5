"""/reception/day-sheet/: one printed page for each physio."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from booking.models import Appointment
from booking.web.reception.sheet import age_on
from catalogue.models import Service
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_practitioner, make_user
from tests.web.patient.scene import NAUGHTY
from tests.web.reception.desk import text

PAGE = "/reception/day-sheet/"


def sheet(desk: Client, **asked: str) -> str:
    answer = desk.get(PAGE, asked)
    assert answer.status_code == 200
    return text(answer)


def test_it_opens_on_today(desk: Client, visit: Appointment) -> None:
    assert "Thursday 3 December 2026" in sheet(desk)


def test_a_line_says_when_who_how_old_what_for_where_and_how_to_ring(
    desk: Client, visit: Appointment
) -> None:
    html = sheet(desk)
    for words in ("10:00–10:45", "Tom Hale", ">42<", "Follow-up", visit.room.name, "07700 900142", "£64 due"):
        assert words in html


def test_a_first_visit_is_marked_in_words(desk: Client) -> None:
    service = make_clinic(visit_kind=Service.VisitKind.FIRST)
    make_appointment(service=service, starts_at=at(3, "11:00"))
    assert "First visit" in sheet(desk)


def test_an_alert_stands_beside_the_name(desk: Client, service: Service) -> None:
    make_appointment(service=service, starts_at=at(3, "11:00"), patient=make_patient(alert="Hard of hearing"))
    assert "Hard of hearing" in sheet(desk)


def test_what_is_paid_says_so(desk: Client, clerk: User, visit: Appointment) -> None:
    visit.receipts.create(
        method="cash", amount_minor=6400, currency="GBP", taken_by=clerk, taken_at=at(3, "9:00")
    )
    html = sheet(desk)
    assert "Paid" in html
    assert "£64 due" not in html


def test_every_physio_has_a_page_of_their_own(desk: Client, visit: Appointment) -> None:
    make_appointment(service=make_clinic(), starts_at=at(3, "11:00"))
    assert sheet(desk).count('class="r-sheet"') == 2


def test_one_physio_can_be_asked_for(desk: Client, visit: Appointment) -> None:
    make_appointment(service=make_clinic(), starts_at=at(3, "11:00"))
    html = sheet(desk, practitioner="maren")
    assert html.count('class="r-sheet"') == 1
    assert "Tom Hale" in html


def test_a_physio_without_visits_has_a_page_that_says_so(desk: Client) -> None:
    make_practitioner(slug="tomasz")
    assert "Nobody is booked." in sheet(desk, practitioner="tomasz")


def test_another_day_can_be_asked_for(desk: Client, visit: Appointment) -> None:
    assert "Tom Hale" not in sheet(desk, day="2026-12-04")


@pytest.mark.parametrize("status", ["cancelled", "held", "lapsed"])
def test_who_is_not_expected_is_not_on_paper(desk: Client, service: Service, status: str) -> None:
    make_appointment(
        service=service, starts_at=at(3, "10:00"), status=status, patient=make_patient(name="Tom Hale")
    )
    assert "Tom Hale" not in sheet(desk)


def test_whoever_did_not_come_is_struck_through_and_said(desk: Client, service: Service) -> None:
    patient = make_patient(name="Tom Hale")
    make_appointment(service=service, starts_at=at(3, "8:00"), status="no_show", patient=patient)
    html = sheet(desk)
    assert "<s>Tom Hale</s>" in html
    assert "did not come" in html


def test_when_it_was_printed_stands_on_it(desk: Client, visit: Appointment) -> None:
    assert "As it stood on Thursday 3 December, 9:00." in sheet(desk)


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "0001-01-01", "9999-12-31", *NAUGHTY])
def test_what_is_no_day_is_a_bad_request(desk: Client, day: str) -> None:
    assert desk.get(PAGE, {"day": day}).status_code == 400


@pytest.mark.parametrize("slug", ["nobody", *NAUGHTY])
def test_an_unknown_physio_is_not_found(desk: Client, slug: str) -> None:
    assert desk.get(PAGE, {"practitioner": slug}).status_code == 404


@pytest.mark.parametrize(("day", "age"), [(date(2026, 8, 2), 41), (date(2026, 8, 3), 42)])
def test_age_rises_on_the_birthday(day: date, age: int) -> None:
    assert age_on(day, born=date(1984, 8, 3)) == age


@pytest.mark.parametrize(("role", "status"), [("patient", 403), ("physio", 403), ("manager", 200)])
def test_only_the_desk_and_managers_get_in(client: Client, db: None, role: str, status: int) -> None:
    client.force_login(make_user(role=role))
    assert client.get(PAGE).status_code == status


def test_a_stranger_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")


def test_no_cache_keeps_it(desk: Client) -> None:
    assert "no-store" in desk.get(PAGE)["Cache-Control"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_a_fixed_number_of_queries(desk: Client, number: int) -> None:
    service = make_clinic(practitioners=3, duration_minutes=10)
    for index in range(number):
        visit = make_appointment(service=service, starts_at=at(3, "9:00") + timedelta(minutes=10 * index))
        visit.payments.create(
            state="paid", amount_minor=100, currency="GBP", idempotency_key=str(index), created_at=NOW,
            paid_at=NOW,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        sheet(desk)
    assert len(queries) == 10
