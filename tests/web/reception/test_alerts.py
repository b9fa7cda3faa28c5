"""Alerts at the desk: in sight everywhere, taken by one, and gone once somebody says what came of it."""

import pytest
from django.test import Client

from accounts.models import User
from booking.models import SafetyAlert
from tests.factories import make_patient, make_user
from tests.needled import make_alert, make_check, needled_visit
from tests.web.reception.desk import get, post, text


@pytest.fixture
def alert(db: None) -> SafetyAlert:
    return make_alert(needled_visit(patient=make_patient(name="Elena Marsh")))


@pytest.mark.parametrize("page", ["urgent", "diary", "patients", "lists", "takings", "day-sheet", "absences"])
def test_it_stands_on_every_page(desk: Client, alert: SafetyAlert, page: str) -> None:
    assert "Ring Elena Marsh now" in text(get(desk, page))


def test_the_emergency_comes_before_who_can_wait(desk: Client, alert: SafetyAlert) -> None:
    early = alert.raised_at.replace(year=2025)
    make_alert(
        needled_visit(patient=make_patient(name="Tom Hale"), service=alert.appointment.service, room=None,
                      starts_at=alert.appointment.starts_at.replace(hour=14)),
        kind="call_back", raised_at=early,
    )  # fmt: skip
    html = text(get(desk, "urgent"))
    assert html.index("Ring Elena Marsh now") < html.index("Ring Tom Hale today")


def test_taking_it_shows_the_script_and_asks_what_came_of_it(
    desk: Client, clerk: User, alert: SafetyAlert
) -> None:
    html = text(post(desk, "safety-alert", alert.pk))
    assert "Are you short of breath?" in html
    assert 'name="outcome"' in html
    alert.refresh_from_db()
    assert alert.taken_by == clerk


def test_while_somebody_rings_the_others_see_who(desk: Client, alert: SafetyAlert) -> None:
    post(desk, "safety-alert", alert.pk)
    assert "Ana is ringing them" in text(get(desk, "urgent"))


def test_with_what_came_of_it_it_is_gone(desk: Client, alert: SafetyAlert) -> None:
    post(desk, "safety-alert", alert.pk, outcome="Rang, ambulance on its way")
    assert "Elena Marsh" not in text(get(desk, "urgent"))


def test_the_second_of_two_is_told_who_was_quicker(desk: Client, client: Client, alert: SafetyAlert) -> None:
    post(desk, "safety-alert", alert.pk)
    client.force_login(make_user(role="reception", name="Ivy Sharpe"))
    response = post(client, "safety-alert", alert.pk)
    assert response.status_code == 409
    assert "Ana was quicker" in text(response)


@pytest.mark.parametrize("outcome", ["", "  ", "x" * 301, "a\x00b"])
def test_an_outcome_that_says_nothing_leaves_it_open(desk: Client, alert: SafetyAlert, outcome: str) -> None:
    assert post(desk, "safety-alert", alert.pk, outcome=outcome).status_code == 422
    assert "Ring Elena Marsh now" in text(get(desk, "urgent"))


def test_it_counts_among_what_needs_a_hand(desk: Client, alert: SafetyAlert) -> None:
    assert "Ring them now" in text(get(desk, "lists"))


@pytest.mark.parametrize("role", ["physio", "patient"])
def test_nobody_else_gets_in(client: Client, alert: SafetyAlert, role: str) -> None:
    client.force_login(make_user(role=role))
    assert get(client, "safety-alert", alert.pk).status_code == 403


def test_somebody_no_mail_reaches_is_rung_and_asked_the_same_questions(desk: Client, db: None) -> None:
    visit = needled_visit(patient=make_patient(name="Elena Marsh", email=""))
    make_check(visit, due_at=visit.ends_at)
    html = text(get(desk, "lists"))
    assert "Ring to ask how they are" in html
    assert "/after/" in html
    post(desk, "see-to", "rang", visit.pk)
    assert "Ring to ask how they are" not in text(get(desk, "lists"))
