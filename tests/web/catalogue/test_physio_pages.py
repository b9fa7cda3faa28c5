"""/physios/ and /physios/<slug>/: who treats, what they treat, when they are free next."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from booking.models import Leave
from tests.factories import make_clinic, make_condition, make_practitioner

pytestmark = pytest.mark.django_db


def test_everybody_who_treats_here_is_listed(client: Client) -> None:
    make_practitioner(name="Maren Holt")

    assert "Maren Holt" in client.get("/physios/").content.decode()


def test_who_has_left_is_not_listed(client: Client) -> None:
    make_practitioner(name="Gone Away", active=False)

    assert "Gone Away" not in client.get("/physios/").content.decode()


def test_who_has_left_has_no_page(client: Client) -> None:
    gone = make_practitioner(active=False)

    assert client.get(gone.get_absolute_url()).status_code == 404


def test_a_physio_with_hours_has_a_next_free_time(client: Client) -> None:
    physio = make_clinic(horizon_days=14).practitioners.get()

    assert f"/book/?practitioner={physio.slug}" in client.get("/physios/").content.decode()


def test_a_physio_on_leave_has_none(client: Client) -> None:
    physio = make_clinic(horizon_days=14).practitioners.get()
    now = timezone.now()
    Leave.objects.create(
        practitioner=physio, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=30)
    )

    assert "Nothing free online" in client.get("/physios/").content.decode()


def test_visits_carry_the_physio_along(client: Client) -> None:
    physio = make_clinic(slug="follow-up").practitioners.get()

    html = client.get(physio.get_absolute_url()).content.decode()

    assert f"/book/follow-up/?practitioner={physio.slug}" in html


def test_what_they_treat_is_linked(client: Client) -> None:
    physio = make_practitioner()
    condition = make_condition()
    condition.practitioners.add(physio)

    assert condition.get_absolute_url() in client.get(physio.get_absolute_url()).content.decode()


@pytest.mark.parametrize("physios", [1, 30])
def test_the_number_of_queries_does_not_grow(
    client: Client, physios: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    condition = make_condition()
    condition.practitioners.set(make_clinic(practitioners=physios).practitioners.all())
    client.get("/physios/")

    with django_assert_num_queries(9):  # physios 2, visits 3, open times 3, footer 1
        client.get("/physios/")
