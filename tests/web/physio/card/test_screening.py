"""The screening on a patient's card."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from booking.models import Appointment, Screening
from booking.web.physio.card.screening import section
from catalogue.models import ScreeningForm
from tests.factories import NOW, at, make_appointment, make_clinic, make_needling, make_screening_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Appointment:
    service = make_clinic()
    service.treatments.add(make_needling())
    return make_appointment(service=service, starts_at=at(3, "10:00"))


@pytest.fixture
def form(visit: Appointment) -> ScreeningForm:
    return make_screening_form(treatment=visit.service.treatments.get())


def screened(visit: Appointment, form: ScreeningForm, **fields: Any) -> Screening:
    answers = {"pregnant": "yes", "epilepsy": "no", "phobia": "no", "clotting": "unsure", "numb": "no"}
    return Screening.objects.create(
        **{
            "form": form, "patient": visit.patient, "answers": answers, "note": "In week 20.",
            "colour": "amber", "advice": "assessment_first", "answered_at": NOW,
            "expires_at": NOW + timedelta(days=90),
        }
        | fields
    )  # fmt: skip


def card(visit: Appointment, *, for_visit: bool = True) -> str:
    found = drawn(visit, for_visit=for_visit)
    return render_to_string("physio/card/screening.html", {"facts": found.facts}) if found else ""


def drawn(visit: Appointment, *, for_visit: bool = True) -> Any:
    assert visit.patient is not None
    return section(patient=visit.patient, me=visit.practitioner, visit=visit if for_visit else None, now=NOW)


def test_every_yes_and_not_sure_is_read_with_its_question(visit: Appointment, form: ScreeningForm) -> None:
    screened(visit, form)
    html = card(visit)
    assert "Are you pregnant?" in html
    assert "Do you bleed easily?" in html
    assert "Do needles frighten you?" not in html
    assert all(word in html for word in ("Check first", "Not sure", "In week 20.", "30 November 2026"))


def test_what_was_not_asked_is_said(visit: Appointment, form: ScreeningForm) -> None:
    assert "Not asked" in card(visit)


def test_the_answers_of_the_visit_come_before_later_ones(visit: Appointment, form: ScreeningForm) -> None:
    visit.screening = screened(visit, form)
    visit.save()
    screened(visit, form, note="Later.", answered_at=NOW + timedelta(hours=1))
    assert "In week 20." in card(visit)
    assert "Later." in card(visit, for_visit=False)


def test_answers_of_long_ago_are_called_that(visit: Appointment, form: ScreeningForm) -> None:
    screened(visit, form, answered_at=NOW - timedelta(days=99), expires_at=NOW - timedelta(days=9))
    assert "too long ago" in card(visit)


def test_nothing_is_drawn_where_nothing_was_asked() -> None:
    assert drawn(make_appointment(service=make_clinic(), starts_at=at(3, "10:00"))) is None


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_three_queries(
    visit: Appointment, form: ScreeningForm, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        screened(visit, form, answered_at=NOW - timedelta(days=number))
    with django_assert_num_queries(3):
        card(visit)
