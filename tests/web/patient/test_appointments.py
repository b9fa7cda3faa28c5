"""/appointments/: coming and past, of everybody under one sign-in."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Patient, User
from booking.models import Payment
from catalogue.models import Service
from tests.factories import NOW, make_appointment, make_clinic, make_patient, make_user
from tests.web.patient.scene import working_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return make_clinic(slug="follow-up", name="Follow-up", start_grid_minutes=60)


@pytest.fixture
def user(client: Client) -> User:
    user = make_user(email="elena@mail.example", name="Elena Marsh")
    client.force_login(user)
    return user


@pytest.fixture
def elena(user: User) -> Patient:
    return make_patient(name="Elena Marsh", email="elena@mail.example", holder=user)


def mine(client: Client) -> str:
    response = client.get("/appointments/")
    assert response.status_code == 200
    return response.content.decode()


def test_somebody_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get("/appointments/")["Location"] == "/accounts/login/?next=/appointments/"


def test_a_visit_ahead_is_shown_with_what_can_be_done(
    client: Client, service: Service, elena: Patient
) -> None:
    make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=elena)

    html = mine(client)

    assert "One visit ahead." in html
    assert "10:00, follow-up" in html
    assert "/move/" in html
    assert "/cancel/" in html


def test_a_visit_that_is_over_stands_under_before(client: Client, service: Service, elena: Patient) -> None:
    make_appointment(service=service, starts_at=working_day(-9, "10:00"), patient=elena, status="completed")

    html = mine(client)

    assert "No visit ahead." in html
    assert html.index('id="before"') < html.index("Done")
    assert "/move/" not in html


def test_a_cancelled_visit_is_not_ahead(client: Client, service: Service, elena: Patient) -> None:
    make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=elena, status="cancelled")

    html = mine(client)

    assert "No visit ahead." in html
    assert "Cancelled" in html


def test_a_hold_that_came_to_nothing_is_not_shown(client: Client, service: Service, elena: Patient) -> None:
    make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=elena, status="lapsed")

    assert "Nothing ahead" in mine(client)


def test_the_visits_of_others_are_not_shown(client: Client, service: Service, elena: Patient) -> None:
    stranger = make_patient(name="Not Mine", holder=make_user())
    make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=stranger)

    assert "No visit ahead." in mine(client)


def test_staff_see_their_own_visits_here_and_not_everybodys(client: Client, service: Service) -> None:
    client.force_login(make_user(role="reception"))
    make_appointment(service=service, starts_at=working_day(3, "10:00"))

    assert "No visit ahead." in mine(client)


def test_with_a_family_it_is_said_for_whom(
    client: Client, service: Service, user: User, elena: Patient
) -> None:
    child = make_patient(name="Tom Marsh", holder=user)
    make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=elena)
    make_appointment(service=service, starts_at=working_day(3, "12:00"), patient=child)

    html = mine(client)

    assert "For Elena." in html
    assert "For Tom." in html


def test_what_was_paid_is_said(client: Client, service: Service, elena: Patient) -> None:
    visit = make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=elena)
    Payment.objects.create(
        appointment=visit, state="paid", amount_minor=6400, currency="GBP", paid_at=NOW, created_at=NOW
    )

    html = mine(client)

    assert "Paid £64" in html
    assert "to pay at the clinic" not in html


def test_what_is_due_is_said(client: Client, service: Service, elena: Patient) -> None:
    make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=elena, pays_at_clinic=True)

    assert "£64 to pay at the clinic" in mine(client)


def test_who_chose_to_pay_online_is_not_told_to_pay_at_the_clinic(
    client: Client, service: Service, elena: Patient
) -> None:
    make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=elena)

    html = mine(client)

    assert "£64 to pay" in html
    assert "to pay at the clinic" not in html


def test_no_copy_of_the_page_is_kept(client: Client, elena: Patient) -> None:
    assert "no-store" in client.get("/appointments/")["Cache-Control"]


def test_it_takes_no_post(client: Client, elena: Patient) -> None:
    assert client.post("/appointments/").status_code == 405


def test_thirty_visits_ask_no_more_questions_than_one(
    client: Client, service: Service, elena: Patient
) -> None:
    def visit(days: int, hour: int) -> None:
        row = make_appointment(service=service, starts_at=working_day(days, f"{hour}:00"), patient=elena)
        Payment.objects.create(
            appointment=row,
            state="paid",
            amount_minor=6400,
            currency="GBP",
            paid_at=NOW,
            created_at=NOW,
            idempotency_key=str(row.pk),
        )

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            mine(client)
        return len(asked)

    visit(3, 9)
    visit(-30, 9)
    one = questions()
    for hour in range(9, 16):
        for days in (-16, -9, 10, 17):
            visit(days, hour)

    assert questions() == one
