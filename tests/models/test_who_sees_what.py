"""Every list of visits that a person is shown goes through for_user."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Patient
from booking.models import Appointment
from tests.factories import at, make_appointment, make_clinic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def visits() -> dict[str, Appointment]:
    service = make_clinic(practitioners=2)
    mine, other = service.practitioners.order_by("pk")
    return {
        "elena's": make_appointment(service=service, practitioner=mine, starts_at=at(3, "10:00")),
        "tom's": make_appointment(
            service=service,
            practitioner=other,
            room=make_clinic().practitioners.get().working_hours.first().location.rooms.get(),
            starts_at=at(3, "10:00"),
        ),
    }


def test_a_patient_sees_just_their_own_visits(visits: dict[str, Appointment]) -> None:
    user = make_user()
    Patient.objects.filter(pk=visits["elena's"].patient_id).update(holder=user)
    assert list(Appointment.objects.for_user(user)) == [visits["elena's"]]


def test_a_stranger_sees_none(visits: dict[str, Appointment]) -> None:
    assert not Appointment.objects.for_user(AnonymousUser()).exists()


def test_a_physio_sees_their_own_column(visits: dict[str, Appointment]) -> None:
    user = make_user(role="physio")
    visits["tom's"].practitioner.user = user
    visits["tom's"].practitioner.save()
    assert list(Appointment.objects.for_user(user)) == [visits["tom's"]]


@pytest.mark.parametrize("role", ["reception", "manager"])
def test_the_front_desk_sees_all(visits: dict[str, Appointment], role: str) -> None:
    assert Appointment.objects.for_user(make_user(role=role)).count() == 2


def test_somebody_who_may_no_longer_sign_in_sees_none(visits: dict[str, Appointment]) -> None:
    gone = make_user(role="manager", is_active=False)
    assert not Appointment.objects.for_user(gone).exists()
