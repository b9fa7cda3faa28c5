"""A plan at the desk: how far it is, and the next visits booked from it up to the gate."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Patient
from booking.models import Appointment, CarePlan, VisitRecord
from tests.factories import NOW, at, make_patient
from tests.web.reception.desk import get, post, text

GOAL = "Run ten kilometres again"


@pytest.fixture
def plan(visit: Appointment) -> CarePlan:
    """Six visits for Tom Hale, a gate after three; he is here this Thursday for the first."""
    plan = CarePlan.objects.create(
        patient=visit.patient, practitioner=visit.practitioner, service=visit.service, visits=6,
        every_days=7, reassess_after=3, goal=GOAL, made_at=NOW,
    )  # fmt: skip
    Appointment.objects.filter(pk=visit.pk).update(plan=plan)
    return plan


def book(desk: Client, plan: CarePlan, *, repeat: int = 2, **changes: Any) -> HttpResponse:
    typed = {
        "patient": plan.patient_id, "service": plan.service_id, "practitioner": "maren",
        "day": "2026-12-10", "time": "10:00", "repeat": repeat, "care_plan": plan.pk,
    }  # fmt: skip
    return post(desk, "book", **typed | changes)


def record(desk: Client, patient: Patient) -> str:
    return text(desk.get(reverse("reception:record", args=[patient.pk])))


def test_the_record_and_the_visit_say_how_far_it_is(desk: Client, plan: CarePlan, visit: Appointment) -> None:
    for page in (record(desk, plan.patient), text(get(desk, "visit", visit.pk))):
        assert "Plan: 0 of 6, next reassessment after 3" in page
        assert "Book the next 2 visits" in page


def test_the_goal_is_not_for_the_desk(desk: Client, plan: CarePlan, visit: Appointment) -> None:
    pages = [record(desk, plan.patient), text(get(desk, "visit", visit.pk)), text(book(desk, plan))]
    assert not any(GOAL in page for page in pages)


def test_booking_is_filled_in(desk: Client, plan: CarePlan) -> None:
    page = text(get(desk, "book", patient=plan.patient_id, care_plan=plan.pk, practitioner="maren"))
    assert "Visits 2 to 3 of the plan’s 6, every 7 days." in page
    assert str(plan.pk) in page


def test_the_link_names_the_day_after_so_many_days_at_the_same_time(desk: Client, plan: CarePlan) -> None:
    assert "day=2026-12-10&amp;time=10%3A00" in record(desk, plan.patient)


def test_before_its_first_visit_the_link_counts_from_the_last_one_with_this_physio(
    desk: Client, plan: CarePlan
) -> None:
    Appointment.objects.update(plan=None)
    assert "day=2026-12-10&amp;time=10%3A00" in record(desk, plan.patient)


def test_the_visits_are_booked_as_far_apart_as_the_plan_says(desk: Client, plan: CarePlan) -> None:
    CarePlan.objects.update(every_days=5)
    assert "2 of 2 booked" in text(book(desk, plan))
    days = plan.appointments.order_by("starts_at").values_list("starts_at", flat=True)
    assert list(days) == [at(3, "10:00"), at(10, "10:00"), at(15, "10:00")]


def test_what_lies_beyond_the_gate_is_refused_with_the_reason(desk: Client, plan: CarePlan) -> None:
    page = text(book(desk, plan, repeat=3))
    assert "2 of 3 booked" in page
    assert "Maren reassesses after visit 3. Until then nothing more is booked." in page
    assert plan.appointments.count() == 3


def test_a_clash_in_one_week_can_be_put_right_within_the_plan(desk: Client, plan: CarePlan) -> None:
    Appointment.objects.filter(plan=plan).update(starts_at=at(17, "10:00"), ends_at=at(17, "10:45"),
                                                 occupied_until=at(17, "10:45"))  # fmt: skip
    page = text(book(desk, plan))
    assert "1 of 2 booked" in page
    assert f'name="care_plan" value="{plan.pk}"' in " ".join(page.split())


def test_the_desk_is_told_for_whom_it_waits(desk: Client, plan: CarePlan) -> None:
    CarePlan.objects.update(reassess_after=1)
    Appointment.objects.update(status="completed")
    page = record(desk, plan.patient)
    assert "Reassessment due: waits for Maren" in page
    assert "Book the next" not in page


def test_after_a_signed_reassessment_the_next_can_be_booked(
    desk: Client, plan: CarePlan, visit: Appointment
) -> None:
    CarePlan.objects.update(reassess_after=1)
    VisitRecord.objects.create(
        appointment=visit,
        practitioner=visit.practitioner,
        is_reassessment=True,
        written_at=NOW,
        signed_at=NOW,
    )
    assert "Book the next visit" in record(desk, plan.patient)


def test_a_plan_that_ended_books_nothing(desk: Client, plan: CarePlan) -> None:
    CarePlan.objects.update(state="ended")
    assert "has ended the plan" in text(book(desk, plan, repeat=1))
    assert plan.appointments.count() == 1


def test_the_plan_of_somebody_else_books_nothing(desk: Client, plan: CarePlan) -> None:
    assert book(desk, plan, patient=make_patient().pk).status_code == 422
    assert plan.appointments.count() == 1


def test_what_is_no_plan_is_asked_again(desk: Client, plan: CarePlan) -> None:
    assert book(desk, plan, care_plan="<script>").status_code == 422


def test_without_a_plan_nothing_is_said_of_one(desk: Client, visit: Appointment) -> None:
    assert "Plan:" not in record(desk, visit.patient)
