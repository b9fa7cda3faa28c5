"""/appointments/<token>/move/: the same visit at another time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking.models import Appointment, AuditEntry
from booking.queries.links import token_for
from booking.words import say_moment
from tests.factories import make_appointment, make_clinic, make_patient, make_user
from tests.web.patient.scene import NAUGHTY, slot, working_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Appointment:
    service = make_clinic(slug="follow-up", practitioners=2, start_grid_minutes=60, horizon_days=40)
    return make_appointment(service=service, starts_at=working_day(3, "10:00"), patient=make_patient())


@pytest.fixture
def address(visit: Appointment) -> str:
    return f"/appointments/{token_for(visit)}/move/"


def same_physio(visit: Appointment, clock: str, days: int = 3) -> str:
    return slot(visit.service, working_day(days, clock), visit.practitioner.slug)


def test_the_same_physio_is_shown_first(client: Client, visit: Appointment, address: str) -> None:
    html = client.get(address).content.decode()

    assert same_physio(visit, "11:00", days=3).split(".", 1)[1] in html
    assert "2 physios" not in html


def test_the_time_it_has_is_not_offered_as_a_new_one(
    client: Client, visit: Appointment, address: str
) -> None:
    html = client.get(address, {"day": f"{visit.starts_at:%Y-%m-%d}"}).content.decode()
    assert same_physio(visit, "10:00") not in html
    assert same_physio(visit, "11:00") in html


def test_the_same_time_with_somebody_else_is_offered(
    client: Client, visit: Appointment, address: str
) -> None:
    somebody = visit.service.practitioners.exclude(pk=visit.practitioner_id).get()
    html = client.get(address, {"day": f"{visit.starts_at:%Y-%m-%d}", "practitioner": somebody.slug})
    assert slot(visit.service, visit.starts_at, somebody.slug) in html.content.decode()


def test_anyone_can_be_asked_for(client: Client, visit: Appointment, address: str) -> None:
    assert "2 physios" in client.get(address, {"practitioner": "anyone"}).content.decode()


def test_a_time_is_asked_about_before_anything_moves(
    client: Client, visit: Appointment, address: str
) -> None:
    html = client.get(address, {"to": same_physio(visit, "11:00")}).content.decode()

    visit.refresh_from_db()
    assert "Move it here?" in html
    assert visit.starts_at == working_day(3, "10:00")


def test_saying_yes_moves_it(client: Client, visit: Appointment, address: str) -> None:
    response = client.post(address, {"to": same_physio(visit, "11:00")}, follow=True)

    visit.refresh_from_db()
    assert visit.starts_at == working_day(3, "11:00")
    assert f"Moved to {say_moment(visit.starts_at)}." in response.content.decode()


def test_it_is_written_down_that_the_patient_did_it(client: Client, visit: Appointment, address: str) -> None:
    user = make_user()
    client.force_login(user)

    client.post(address, {"to": same_physio(visit, "11:00")})

    entry = AuditEntry.objects.get(verb="moved")
    assert (entry.actor_kind, entry.actor) == ("patient", user)


def test_moving_where_it_would_be_too_late_to_change_again_is_said(client: Client) -> None:
    service = make_clinic(start_grid_minutes=60, minimum_notice_minutes=0)
    service.policy.free_until_hours = 24 * 20
    visit = make_appointment(
        service=service, starts_at=working_day(30, "10:00"), policy_free_until_hours=24 * 20
    )

    html = client.get(
        f"/appointments/{token_for(visit)}/move/", {"to": same_physio(visit, "11:00")}
    ).content.decode()

    assert "at the new time it can no longer be moved or cancelled for nothing" in html


def test_a_time_taken_meanwhile_leaves_the_visit_where_it_is(
    client: Client, visit: Appointment, address: str
) -> None:
    make_appointment(service=visit.service, starts_at=working_day(3, "11:00"))

    response = client.post(address, {"to": same_physio(visit, "11:00")})

    visit.refresh_from_db()
    assert response.status_code == 409
    assert f"Your visit stays on {say_moment(visit.starts_at)}." in response.content.decode()
    assert visit.starts_at == working_day(3, "10:00")


def test_after_a_lost_race_the_time_that_it_has_is_not_offered(
    client: Client, visit: Appointment, address: str
) -> None:
    make_appointment(service=visit.service, starts_at=working_day(3, "11:00"))
    html = client.post(address, {"to": same_physio(visit, "11:00")}).content.decode()
    assert f"{visit.practitioner.first_name} is free at 9:00, 12:00 and 13:00." in html


def test_after_a_lost_race_the_other_times_lead_back_to_the_question(
    client: Client, visit: Appointment, address: str
) -> None:
    make_appointment(service=visit.service, starts_at=working_day(3, "11:00"))

    html = client.post(address, {"to": same_physio(visit, "11:00")}).content.decode()

    assert f'<form method="get" action="{address}"' in html
    assert 'name="to"' in html


def test_too_late_says_whom_to_call(client: Client, visit: Appointment, address: str) -> None:
    Appointment.objects.update(policy_free_until_hours=24 * 30)

    response = client.get(address)
    html = response.content.decode()

    assert response.status_code == 409
    assert "Too late to move it here" in html
    assert f"Ring {visit.location.name} on 0117 496 0120" in html


def test_too_late_cannot_be_got_round_by_posting(client: Client, visit: Appointment, address: str) -> None:
    Appointment.objects.update(policy_free_until_hours=24 * 30)

    response = client.post(address, {"to": same_physio(visit, "11:00")})

    visit.refresh_from_db()
    assert response.status_code == 409
    assert visit.starts_at == working_day(3, "10:00")


@pytest.mark.parametrize("status", ["cancelled", "completed", "arrived", "no_show"])
def test_what_is_not_coming_cannot_be_moved(
    client: Client, visit: Appointment, address: str, status: str
) -> None:
    Appointment.objects.update(status=status)

    assert client.post(address, {"to": same_physio(visit, "11:00")}).status_code == 409


def test_a_visit_that_has_begun_cannot_be_moved(client: Client, visit: Appointment, address: str) -> None:
    past = working_day(-9, "10:00")
    Appointment.objects.update(
        starts_at=past, ends_at=past + timedelta(minutes=45), occupied_until=past + timedelta(minutes=45)
    )

    assert client.get(address).status_code == 409


@pytest.mark.parametrize("text", [*NAUGHTY, ""])
def test_a_button_we_did_not_make_is_refused(client: Client, address: str, text: str) -> None:
    assert client.post(address, {"to": text}).status_code == 400
    assert client.get(address, {"to": text}).status_code == 400


def test_a_day_that_no_calendar_has_is_refused(client: Client, address: str) -> None:
    assert client.get(address, {"day": "2026-02-31"}).status_code == 400


def test_moving_to_where_it_stands_is_no_move(client: Client, visit: Appointment, address: str) -> None:
    assert client.post(address, {"to": same_physio(visit, "10:00")}).status_code == 409


def test_no_copy_of_the_page_is_kept(client: Client, address: str) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


def test_it_takes_no_put(client: Client, address: str) -> None:
    assert client.put(address).status_code == 405


def test_a_fuller_diary_asks_no_more_questions(client: Client, visit: Appointment, address: str) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = questions()
    for hour in range(9, 17):
        make_appointment(service=visit.service, starts_at=working_day(10, f"{hour}:00"))

    assert questions() == few


def test_the_time_of_reading_does_not_matter_for_the_past(
    client: Client, visit: Appointment, address: str
) -> None:
    response = client.post(address, {"to": slot(visit.service, timezone.now().replace(year=2024, minute=0))})

    assert response.status_code == 409
