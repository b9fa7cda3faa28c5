"""Two people at the desk, or twenty, who do the same thing at the same moment."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import Patient, Practitioner, User
from booking.actions.audit import Actor
from booking.actions.cancellations import cancel
from booking.actions.clinical.plans import end_plan
from booking.actions.desk.bookings import book_at_desk
from booking.actions.desk.moves import move_at_desk
from booking.actions.desk.payments import take_payment
from booking.actions.desk.records import merge
from booking.actions.moves import move
from booking.models import Appointment, CarePlan, Location, Receipt
from tests.factories import NOW, at, make_appointment, make_clinic, make_patient, make_user
from tests.faults.together import behind, together

pytestmark = pytest.mark.django_db(transaction=True)

TEN, NOON = at(10, "10:00"), at(10, "12:00")


@pytest.fixture
def clerk() -> User:
    return make_user(role="reception")


def drag(
    visit: Appointment, clerk: User, starts_at: datetime, *, to: Practitioner | None = None
) -> Callable[[], Appointment]:
    location = Location.objects.get()
    return lambda: move_at_desk(
        appointment_id=visit.pk,
        practitioner=to or visit.practitioner,
        location=location,
        starts_at=starts_at,
        seen_sequence=visit.sequence,
        by=clerk,
        now=NOW,
    )


def test_of_two_who_drag_one_visit_one_wins_and_the_other_is_told(clerk: User) -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    ends = together([drag(visit, clerk, NOON), drag(visit, clerk, at(10, "14:00"))])
    assert ends == {"won": 1, "ChangedMeanwhile": 1}


def test_whoever_comes_second_is_told_also_when_the_visit_went_to_another_physio(clerk: User) -> None:
    visit = make_appointment(service=make_clinic(practitioners=2), starts_at=TEN)
    other = Practitioner.objects.exclude(pk=visit.practitioner_id).get()
    ended = behind(drag(visit, clerk, TEN, to=other), drag(visit, clerk, NOON))
    assert ended == "ChangedMeanwhile"


def test_a_plan_is_ended_while_its_patient_becomes_another_record(clerk: User) -> None:
    service, kept = make_clinic(), make_patient()
    plan = CarePlan.objects.create(
        patient=make_patient(),
        practitioner=service.practitioners.get(),
        service=service,
        visits=6,
        every_days=7,
        reassess_after=3,
        made_at=NOW,
    )
    ended = behind(
        lambda: merge(kept_id=kept.pk, other_id=plan.patient_id, by=clerk, now=NOW),
        lambda: end_plan(plan_id=plan.pk, by=clerk, now=NOW),
    )
    assert ended == "won"


def test_of_twenty_who_book_one_time_at_the_desk_one_wins(clerk: User) -> None:
    service = make_clinic()
    location, person = Location.objects.get(), service.practitioners.get()
    callers = [make_patient() for _ in range(20)]

    def book(caller: Patient) -> Callable[[], Appointment]:
        return lambda: book_at_desk(
            service=service,
            patient=caller,
            practitioner=person,
            location=location,
            starts_at=TEN,
            by=clerk,
            now=NOW,
        )

    assert together(map(book, callers))["won"] == 1
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("round_", range(5))
def test_visits_dragged_onto_each_other_neither_swap_nor_wait_in_a_circle(clerk: User, round_: int) -> None:
    service = make_clinic()
    one = make_appointment(service=service, starts_at=TEN)
    other = make_appointment(service=service, starts_at=NOON)
    ends = together([drag(one, clerk, NOON), drag(other, clerk, TEN)])
    assert ends == {"Clashes": 2}


def test_a_patient_and_the_desk_who_move_one_visit_leave_it_in_one_place(clerk: User) -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    patient = Actor.patient()
    ends = together(
        [
            drag(visit, clerk, NOON),
            lambda: move(appointment_id=visit.pk, starts_at=at(10, "15:00"), by=patient, now=NOW),
        ]
    )
    assert ends["won"] >= 1
    assert Appointment.objects.count() == 1


def test_cancelled_twice_at_once_it_is_cancelled_once(clerk: User) -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    staff = Actor.staff(clerk)
    ends = together([lambda: cancel(appointment_id=visit.pk, by=staff, now=NOW, code="ill")] * 2)
    assert ends == {"won": 1, "NotComing": 1}


def test_two_who_take_the_same_payment_take_it_once(clerk: User) -> None:
    visit = make_appointment(service=make_clinic(), starts_at=TEN)
    ends = together(
        [lambda: take_payment(appointment_id=visit.pk, amount_minor=6400, method="cash", by=clerk, now=NOW)]
        * 2
    )
    assert ends == {"won": 1, "MoreThanDue": 1}
    assert Receipt.objects.count() == 1


def test_records_merged_crosswise_end_in_one(clerk: User) -> None:
    one, other = make_patient(), make_patient()
    ends = together(
        [
            lambda: merge(kept_id=one.pk, other_id=other.pk, by=clerk, now=NOW),
            lambda: merge(kept_id=other.pk, other_id=one.pk, by=clerk, now=NOW),
        ]
    )
    assert ends == {"won": 1, "SamePatient": 1}
    assert Patient.objects.filter(merged_into=None).count() == 1


@pytest.mark.parametrize("round_", range(5))
def test_a_record_merged_while_its_visit_is_moved_waits_for_nobody_in_a_circle(
    clerk: User, round_: int
) -> None:
    visit, kept = make_appointment(service=make_clinic(), starts_at=TEN), make_patient()
    assert visit.patient_id is not None
    other_id = visit.patient_id
    ends = together(
        [
            drag(visit, clerk, NOON),
            lambda: merge(kept_id=kept.pk, other_id=other_id, by=clerk, now=NOW),
        ]
    )
    visit.refresh_from_db()
    assert (ends, visit.starts_at, visit.patient) == ({"won": 2}, NOON, kept)
    assert visit.messages.filter(occasion="moved", patient=kept).count() == 1
