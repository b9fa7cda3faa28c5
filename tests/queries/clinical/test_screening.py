"""Which questions a visit asks, and how it stands."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from booking.models import Appointment, AuditEntry, Screening
from booking.queries.clinical.screening import (
    SAW_TO_SCREENING,
    Stand,
    form_asked_by,
    instead_of,
    latest_screening,
    screenings_to_check,
    stands_of,
)
from booking.queries.clinical.today import knowing
from catalogue.models import Published, ScreeningForm, Service, Treatment
from tests.factories import (
    NOW,
    at,
    make_appointment,
    make_clinic,
    make_needling,
    make_patient,
    make_screening_form,
)

pytestmark = pytest.mark.django_db
TEN = at(2, "10:00")


@pytest.fixture
def service() -> Service:
    service = make_clinic(turnaround_minutes=0)
    service.treatments.add(make_needling())
    return service


@pytest.fixture
def form(service: Service) -> ScreeningForm:
    return make_screening_form(treatment=service.treatments.get())


def screening(form: ScreeningForm, **fields: Any) -> Screening:
    advice = {"green": "", "amber": "longer_visit", "red": "call_us"}[fields.get("colour", "green")]
    defaults = {
        "answers": {}, "colour": "green", "advice": advice, "answered_at": NOW,
        "expires_at": NOW + timedelta(days=90),
    }  # fmt: skip
    return Screening.objects.create(form=form, **defaults | fields)


def visit(service: Service, **fields: Any) -> Appointment:
    return make_appointment(service=service, **{"starts_at": TEN} | fields)


def to_check() -> list[Appointment]:
    return list(screenings_to_check(now=NOW))


def test_a_service_asks_the_form_in_force_of_its_treatment(service: Service, form: ScreeningForm) -> None:
    assert form_asked_by(service) == form
    assert form_asked_by(make_clinic()) is None


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_a_form_that_is_not_in_force_is_not_asked(service: Service, state: str) -> None:
    make_screening_form(treatment=service.treatments.get(), state=state)
    assert form_asked_by(service) is None


def test_nor_is_one_of_a_treatment_that_is_not_offered(service: Service, form: ScreeningForm) -> None:
    service.treatments.update(state=Published.State.DRAFT)
    assert form_asked_by(service) is None


def test_the_latest_answers_count(form: ScreeningForm) -> None:
    patient = make_patient()
    screening(form, patient=patient, answered_at=NOW - timedelta(days=9))
    last = screening(form, patient=patient)
    screening(form, patient=make_patient(), answered_at=NOW + timedelta(hours=1))
    assert latest_screening(patient_id=patient.pk, form=form) == last


def test_a_visit_that_cannot_be_booked_online_is_not_led_to(service: Service) -> None:
    longer = make_clinic(online=False)
    form = make_screening_form(treatment=service.treatments.get(), longer_visit=longer)
    assert instead_of(screening(form, colour="amber")) is None


def test_how_visits_stand(service: Service, form: ScreeningForm) -> None:
    rows = {
        Stand.NOT_ASKED: visit(service),
        Stand.GREEN: visit(service, starts_at=at(2, "11:00"), screening=screening(form)),
        Stand.AMBER: visit(service, starts_at=at(2, "12:00"), screening=screening(form, colour="amber")),
        Stand.RED: visit(service, starts_at=at(2, "13:00"), screening=screening(form, colour="red")),
    }
    asks_nothing = visit(make_clinic())
    assert stands_of([*rows.values(), asks_nothing]) == {row.pk: stand for stand, row in rows.items()}


def test_answers_that_end_before_the_visit_count_as_none(service: Service, form: ScreeningForm) -> None:
    row = visit(service, screening=screening(form, expires_at=NOW + timedelta(days=1)))
    assert stands_of([row]) == {row.pk: Stand.NOT_ASKED}


@pytest.mark.parametrize("rows", [1, 30])
def test_how_they_stand_is_one_query(
    service: Service, form: ScreeningForm, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visits = [visit(service, starts_at=at(2 + n // 8, f"{9 + n % 8}:00")) for n in range(rows)]
    with django_assert_num_queries(1):
        assert len(stands_of(visits)) == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_what_is_to_be_checked_is_one_query(
    service: Service, form: ScreeningForm, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(rows):
        visit(service, starts_at=at(2 + n // 8, f"{9 + n % 8}:00"), screening=screening(form, colour="amber"))
    with django_assert_num_queries(1):
        assert len([row.patient.name for row in screenings_to_check(now=NOW) if row.patient]) == rows


class TestToBeChecked:
    @pytest.mark.parametrize("colour", ["amber", "red"])
    def test_what_stands_out_is_listed_however_far_ahead(
        self, service: Service, form: ScreeningForm, colour: str
    ) -> None:
        row = visit(service, starts_at=at(30, "10:00"), screening=screening(form, colour=colour))
        assert to_check() == [row]

    def test_until_somebody_has_seen_to_it(self, service: Service, form: ScreeningForm) -> None:
        visit(service, screening=screening(form, colour="red", seen_at=NOW))
        assert to_check() == []

    def test_green_is_not(self, service: Service, form: ScreeningForm) -> None:
        visit(service, screening=screening(form))
        assert to_check() == []

    def test_not_asked_is_listed_three_days_before(self, service: Service, form: ScreeningForm) -> None:
        near = visit(service)
        visit(service, starts_at=at(8, "10:00"))
        assert to_check() == [near]
        AuditEntry.objects.create(at=NOW, actor_kind="staff", verb=SAW_TO_SCREENING, appointment_id=near.pk)
        assert to_check() == []

    def test_a_visit_that_asks_nothing_is_not(self, form: ScreeningForm) -> None:
        visit(make_clinic())
        assert to_check() == []

    @pytest.mark.parametrize("status", ["cancelled", "held", "completed"])
    def test_nor_one_that_is_not_coming(self, service: Service, form: ScreeningForm, status: str) -> None:
        visit(service, status=status, screening=screening(form, colour="red"))
        assert to_check() == []


@pytest.mark.parametrize(("state", "asks"), [("published", True), ("draft", False)])
def test_a_physios_day_and_the_desk_agree_on_what_asks_questions(
    service: Service, state: str, asks: bool
) -> None:
    treatment = service.treatments.get()
    make_screening_form(treatment=treatment)
    Treatment.objects.filter(pk=treatment.pk).update(state=state)
    visit = make_appointment(service=service, starts_at=TEN)
    assert (visit.pk in stands_of([visit])) is asks
    assert knowing(Appointment.objects.all()).get().asks_screening is asks
