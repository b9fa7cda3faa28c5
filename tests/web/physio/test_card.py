"""/physio/patients/<id>/ and /physio/visits/<id>/: one patient's card."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Practitioner
from booking.models import Appointment, AuditEntry, Screening
from catalogue.models import Service
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_needling,
    make_patient,
    make_practitioner,
    make_screening_form,
    make_user,
)
from tests.needled import record_needles


def card(client: Client, visit: Appointment) -> HttpResponse:
    """Opened for the visit."""
    answer: Any = client.get(reverse("physio:visit", args=[visit.pk]))
    return answer


def shown(client: Client, visit: Appointment) -> str:
    answer = card(client, visit)
    assert answer.status_code == 200
    return answer.content.decode()


def answered(visit: Appointment, **fields: Any) -> Screening:
    """Yes to one question, with a note."""
    defaults = {
        "patient": visit.patient,
        "answers": {"pregnant": "yes", "epilepsy": "no", "phobia": "unsure"},
        "colour": "amber",
        "advice": "longer_visit",
        "answered_at": NOW,
        "expires_at": NOW + timedelta(days=90),
    }
    form = make_screening_form(treatment=make_needling())
    screening = Screening.objects.create(form=form, **defaults | fields)
    visit.screening = screening
    visit.save()
    return screening


def test_a_card_opened_for_a_visit_says_when_and_where(physio: Client, visit: Appointment) -> None:
    html = shown(physio, visit)
    assert "Tom Hale" in html
    assert "10:00 to 10:45" in html
    assert "Start with Tom" in html


def test_a_card_opened_by_itself_speaks_of_no_visit(physio: Client, visit: Appointment) -> None:
    html = physio.get(reverse("physio:patient", args=[visit.patient_id])).content.decode()
    assert "Tom Hale" in html
    assert "Start with Tom" not in html


def test_the_telephone_is_a_link_and_the_age_is_said(physio: Client, visit: Appointment) -> None:
    html = shown(physio, visit)
    assert 'href="tel:+447700900142"' in html
    assert "Born 3 August 1984, 42" in html


def test_the_alert_stands_at_the_top(physio: Client, visit: Appointment) -> None:
    assert visit.patient is not None
    visit.patient.alert = "Faints at the sight of blood."
    visit.patient.save()
    assert "Faints at the sight of blood." in shown(physio, visit)


def test_whoever_shares_the_sign_in_is_named(physio: Client, visit: Appointment) -> None:
    assert visit.patient is not None
    visit.patient.holder = make_user()
    visit.patient.save()
    make_patient(name="Mary Hale", holder=visit.patient.holder)
    assert "One sign-in with Mary Hale" in shown(physio, visit)


def test_opening_it_is_noted(physio: Client, maren: Practitioner, visit: Appointment) -> None:
    card(physio, visit)
    entry = AuditEntry.objects.get(verb="opened record")
    assert (entry.actor, entry.patient_id) == (maren.user, visit.patient_id)


def test_another_physios_visit_is_refused(physio: Client, service: Service) -> None:
    other = make_practitioner()
    theirs = make_appointment(
        service=service,
        starts_at=at(3, "10:00"),
        practitioner=other,
        location=service.practitioners.get().working_hours.first().location,
    )
    assert card(physio, theirs).status_code == 403
    assert physio.get(reverse("physio:patient", args=[theirs.patient_id])).status_code == 403


def test_a_cancelled_visit_makes_nobody_a_patient_of_mine(physio: Client, visit: Appointment) -> None:
    Appointment.objects.update(status="cancelled")
    assert card(physio, visit).status_code == 403
    assert physio.get(reverse("physio:patient", args=[visit.patient_id])).status_code == 403


def test_a_merged_record_leads_to_the_one_that_carries_on(physio: Client, visit: Appointment) -> None:
    other = make_patient(merged_into=visit.patient)
    answer: Any = physio.get(reverse("physio:patient", args=[other.pk]))
    assert answer["Location"] == reverse("physio:patient", args=[visit.patient_id])


@pytest.mark.parametrize("address", ["/physio/patients/nobody/", "/physio/visits/7/"])
def test_what_is_no_id_is_not_found(physio: Client, address: str) -> None:
    assert physio.get(address).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_card_costs_a_fixed_number_of_queries(
    physio: Client, visit: Appointment, number: int, django_assert_num_queries: Any
) -> None:
    for day in range(number):
        past = make_appointment(
            service=visit.service, starts_at=at(1, "10:00") - timedelta(days=day), patient=visit.patient,
            status="completed",
        )  # fmt: skip
        record_needles(past)
    shown(physio, visit)
    with django_assert_num_queries(17):
        shown(physio, visit)
