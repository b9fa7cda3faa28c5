"""Alerts on the physio's pages."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from booking.models import SafetyAlert
from tests.factories import make_practitioner, make_user
from tests.needled import make_alert, needled_visit, sign_in_as_physio

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert() -> SafetyAlert:
    return make_alert(needled_visit())


@pytest.fixture
def me(client: Client, alert: SafetyAlert) -> User:
    user: User = sign_in_as_physio(alert.appointment.practitioner)
    client.force_login(user)
    return user


def url(alert: SafetyAlert) -> str:
    return reverse("physio:take-alert", args=[alert.pk])


def test_an_alert_about_my_patient_stands_on_my_pages(client: Client, me: User) -> None:
    assert "Ring Elena Marsh now" in client.get(reverse("physio:events")).content.decode()


def test_i_take_it_and_say_what_came_of_it(client: Client, me: User, alert: SafetyAlert) -> None:
    assert "Are you short of breath?" in client.post(url(alert)).content.decode()
    assert client.post(url(alert), {"outcome": "Rang, well"}).status_code == 302
    alert.refresh_from_db()
    assert (alert.taken_by, alert.outcome) == (me, "Rang, well")


def test_an_outcome_that_says_nothing_is_refused(client: Client, me: User, alert: SafetyAlert) -> None:
    assert client.post(url(alert), {"outcome": " "}).status_code == 422


def test_who_was_slower_is_told(client: Client, me: User, alert: SafetyAlert) -> None:
    SafetyAlert.objects.update(taken_at=alert.raised_at, taken_by=make_user(name="Ana Duarte"))
    response = client.post(url(alert))
    assert response.status_code == 409
    assert "Ana was quicker" in response.content.decode()


def test_another_physio_neither_sees_nor_takes_it(client: Client, alert: SafetyAlert) -> None:
    client.force_login(sign_in_as_physio(make_practitioner()))
    assert client.post(url(alert)).status_code == 403
    assert "Elena Marsh" not in client.get(reverse("physio:events")).content.decode()


def test_a_stranger_is_asked_to_sign_in(client: Client, alert: SafetyAlert) -> None:
    assert client.get(url(alert)).status_code == 302


@pytest.mark.parametrize("role", ["reception", "patient"])
def test_who_does_not_treat_is_refused(client: Client, alert: SafetyAlert, role: str) -> None:
    client.force_login(make_user(role=role))
    assert client.get(url(alert)).status_code == 403
