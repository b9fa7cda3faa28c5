"""/physio/patients/<id>/plan/: made and ended by the physio who treats, and shown on the card."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from accounts.models import Patient, Practitioner
from booking.models import Appointment, CarePlan, EarlierPlan
from booking.web.physio.card.plan import section
from tests.factories import at, make_appointment, make_clinic, make_patient, make_practitioner, make_user
from tests.web.patient.scene import NAUGHTY

pytestmark = pytest.mark.django_db
GOAL = "Run ten kilometres again"


@pytest.fixture
def seen() -> Appointment:
    """Tom Hale was here with Maren."""
    service = make_clinic(name="Follow-up")
    maren = service.practitioners.get()
    maren.name, maren.user = "Maren Holt", make_user(role="physio")
    maren.save()
    return make_appointment(
        service=service, starts_at=at(2, "10:00", year=2025), status="completed",
        patient=make_patient(name="Tom Hale"),
    )  # fmt: skip


@pytest.fixture
def physio(client: Client, seen: Appointment) -> Client:
    client.force_login(seen.practitioner.user)
    return client


def url(patient: Patient) -> str:
    return f"/physio/patients/{patient.pk}/plan/"


def make(client: Client, seen: Appointment, **changes: Any) -> HttpResponse:
    typed = {"service": seen.service.pk, "visits": 6, "every_days": 7, "reassess_after": 3, "goal": GOAL}
    answer: Any = client.post(url(seen.patient), typed | changes)
    return answer


def test_a_plan_is_made(physio: Client, seen: Appointment) -> None:
    assert make(physio, seen).status_code == 302
    plan = CarePlan.objects.get()
    assert (plan.patient, plan.practitioner) == (seen.patient, seen.practitioner)
    assert (plan.visits, plan.every_days, plan.reassess_after, plan.goal) == (6, 7, 3, GOAL)


def test_it_is_shown_in_words_and_marks(physio: Client, seen: Appointment) -> None:
    make(physio, seen)
    page = physio.get(url(seen.patient)).content.decode()
    assert "0 of 6 done" in page
    assert GOAL in page
    assert page.count('data-mark="open"') == 6
    assert page.count('data-mark="gate"') == 1


def test_it_can_be_ended(physio: Client, seen: Appointment) -> None:
    make(physio, seen)
    assert physio.post(url(seen.patient), {"end": "1"}).status_code == 302
    assert CarePlan.objects.get().state == "ended"


def test_a_second_is_refused_while_one_runs(physio: Client, seen: Appointment) -> None:
    make(physio, seen)
    assert make(physio, seen).status_code == 409
    assert CarePlan.objects.count() == 1


def test_what_has_ended_cannot_be_ended_again(physio: Client, seen: Appointment) -> None:
    assert physio.post(url(seen.patient), {"end": "1"}).status_code == 409


def change(client: Client, seen: Appointment, **changes: Any) -> HttpResponse:
    typed = {"visits": 6, "every_days": 7, "reassess_after": 3, "goal": GOAL, "change": "1"}
    answer: Any = client.post(url(seen.patient), typed | changes)
    return answer


def test_it_can_be_changed_and_says_how_it_was(physio: Client, seen: Appointment) -> None:
    make(physio, seen)
    assert change(physio, seen, visits=8, goal="Walk the dog").status_code == 302
    page = physio.get(url(seen.patient)).content.decode()
    assert "0 of 8 done" in page
    assert "6 visits. Every 7 days, reassess after 3." in page
    assert "changed by" in page


def test_the_form_that_changes_it_holds_what_stands(physio: Client, seen: Appointment) -> None:
    make(physio, seen, visits=9)
    page = physio.get(url(seen.patient)).content.decode()
    assert 'name="visits" value="9"' in page


@pytest.mark.parametrize("changes", [{"visits": 0}, {"reassess_after": 7}, {"goal": "x" * 201}])
def test_a_change_that_makes_no_plan_is_asked_again_in_the_open(
    physio: Client, seen: Appointment, changes: dict[str, Any]
) -> None:
    make(physio, seen)
    answer = change(physio, seen, **changes)
    assert answer.status_code == 422
    assert '<details class="o-more" open>' in answer.content.decode()
    assert not EarlierPlan.objects.exists()


def test_fewer_visits_than_are_done_is_refused_with_the_number(physio: Client, seen: Appointment) -> None:
    make(physio, seen)
    Appointment.objects.update(plan=CarePlan.objects.get())
    make_appointment(
        service=seen.service, patient=seen.patient, starts_at=at(9, "10:00"), plan=CarePlan.objects.get()
    )
    answer = change(physio, seen, visits=1, reassess_after=1)
    assert answer.status_code == 409
    assert "2 visits are done or booked already." in answer.content.decode()


def test_nothing_is_changed_where_no_plan_runs(physio: Client, seen: Appointment) -> None:
    assert change(physio, seen).status_code == 409


def test_the_plan_of_a_colleague_is_not_mine_to_change(physio: Client, seen: Appointment) -> None:
    theirs = CarePlan.objects.create(
        patient=seen.patient, practitioner=make_practitioner(), service=seen.service, visits=6,
        reassess_after=3, made_at=timezone.now(),
    )  # fmt: skip
    assert change(physio, seen, visits=8).status_code == 409
    theirs.refresh_from_db()
    assert theirs.visits == 6


@pytest.mark.parametrize(
    "changes",
    [
        {"visits": 0}, {"visits": 41}, {"reassess_after": 7}, {"reassess_after": ""}, {"every_days": -1},
        {"goal": "x" * 201}, {"service": 0},
    ],
)  # fmt: skip
def test_what_makes_no_plan_is_asked_again(
    physio: Client, seen: Appointment, changes: dict[str, Any]
) -> None:
    answer = make(physio, seen, **changes)
    assert answer.status_code == 422
    assert not CarePlan.objects.exists()


@pytest.mark.parametrize("name", ["service", "visits", "every_days", "reassess_after"])
@pytest.mark.parametrize("naughty", NAUGHTY)
def test_nothing_odd_makes_a_plan(physio: Client, seen: Appointment, name: str, naughty: str) -> None:
    assert make(physio, seen, **{name: naughty}).status_code in (400, 422)


def test_a_first_visit_is_no_plan(physio: Client, seen: Appointment) -> None:
    first = make_clinic(visit_kind="first")
    first.practitioners.add(seen.practitioner)
    assert make(physio, seen, service=first.pk).status_code == 422


def test_a_service_of_somebody_else_cannot_be_planned(physio: Client, seen: Appointment) -> None:
    assert make(physio, seen, service=make_clinic().pk).status_code == 422


def test_the_patient_of_somebody_else_is_refused(client: Client, seen: Appointment) -> None:
    make_practitioner(user=(other := make_user(role="physio")))
    client.force_login(other)
    assert client.get(url(seen.patient)).status_code == 403
    assert make(client, seen).status_code == 403


@pytest.mark.parametrize("role", ["patient", "reception"])
def test_only_physios_get_in(client: Client, seen: Appointment, role: str) -> None:
    client.force_login(make_user(role=role))
    assert client.get(url(seen.patient)).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client: Client, seen: Appointment) -> None:
    assert client.get(url(seen.patient))["Location"].startswith("/accounts/login/")


def drawn(patient: Patient, me: Practitioner) -> str:
    found = section(patient=patient, me=me, visit=None, now=timezone.now())
    assert found is not None
    return render_to_string(f"physio/card/{found.template}", {"facts": found.facts})


def test_the_card_offers_to_make_one(seen: Appointment) -> None:
    assert "Make a plan" in drawn(seen.patient, seen.practitioner)


def test_the_card_says_when_a_reassessment_is_due(physio: Client, seen: Appointment) -> None:
    make(physio, seen, reassess_after=1)
    assert "Reassessment due" not in drawn(seen.patient, seen.practitioner)
    Appointment.objects.update(plan=CarePlan.objects.get())
    page = drawn(seen.patient, seen.practitioner)
    assert "Reassessment due" in page
    assert "1 of 6 done" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_card_costs_two_queries(
    physio: Client, seen: Appointment, count: int, django_assert_num_queries: Any
) -> None:
    make(physio, seen, visits=40)
    for number in range(count):
        make_appointment(
            service=seen.service, patient=seen.patient, plan=CarePlan.objects.get(),
            starts_at=at(1, "9:00", year=2026 + number),
        )  # fmt: skip
    with django_assert_num_queries(2):
        assert f"{count} booked" in drawn(seen.patient, seen.practitioner)
